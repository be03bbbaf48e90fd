"""A value in another language, put into the words of English that the one grammar reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from factlog.parsing.languages import NUMERAL, Language, Token, tokens
from factlog.parsing.number_runs import Run, read_run
from factlog.parsing.numerals import times
from factlog.parsing.text import MONEY_SIGNS, NumberSigns, Text, refusal, two_ways
from factlog.patterns import Pattern
from factlog.wording import plain


class Piece(NamedTuple):
    """Words of the translation, and the place in the text that they stand for."""

    words: str
    start: int
    end: int
    kind: str = ""


class Translation(NamedTuple):
    """A text in English, and where each of its pieces comes from."""

    text: Text
    pieces: tuple[Piece, ...]

    def given(self, start: int, end: int, kind: str | None = None) -> tuple[int, int] | None:
        """The place in the given text that a place in the translation stands for."""
        at, spans = 0, []
        for piece in self.pieces:
            touched = at < end and at + len(piece.words) > start and piece.words.strip()
            if touched and kind in (None, piece.kind):
                spans.append((piece.start, piece.end))
            at += len(piece.words)
        if not spans:
            return None
        return min(first for first, _ in spans), max(last for _, last in spans)


_POINT = NumberSigns(".", ",", stated=True)
_HEDGES = {
    "about, leaning below": "nearly",
    "less than, leaning below": "not quite",
    "exact": "exactly",
}
_NUMBER = "number"
# What a number may stand behind, and what may stand between it and "to 400".
_OF_NUMBER = (_NUMBER, "sign", "unit", "percent", "counted", "counter", "vague", "hedge after")
NOUNS = ("fate", "counted", "counter")
# 10h30
CLOCK = Pattern(r"(?<![\w.,])(?:[01]?\d|2[0-4])\s?h\s?[0-5]\d(?!\w)")
_YEARS = range(1800, 2101)


def translate(text: Text, spoken: Language, *, guessed: bool = False) -> Translation:
    """The text in English."""
    if (clock := CLOCK.search(text.low)) is not None:
        raise refusal(text, "this looks like a time of day", *clock.span())
    words = list(tokens(text.low.rstrip(" .,;:!。"), spoken))
    runs = _runs(text, words, spoken, guessed=guessed)
    translator = _Translator(text, words, runs, spaced=spoken.spaced)
    translator.translate()
    written = "".join(piece.words for piece in translator.pieces)
    ready = Text(written, written, written.lower(), _POINT, text.column)
    return Translation(ready, tuple(translator.pieces))


def _runs(text: Text, words: Sequence[Token], spoken: Language, *, guessed: bool) -> dict[int, Run]:
    """The numbers in the text, by the token that they begin with."""
    runs: dict[int, Run] = {}
    at = 0
    while at < len(words):
        run = read_run(text, words, at, spoken, guessed=guessed)
        if run is None or not _stands_alone(words, run, spoken):
            at += 1
            continue
        runs[at] = run
        at = run.end
    return runs


def _stands_alone(words: Sequence[Token], run: Run, spoken: Language) -> bool:
    """Whether a number word is no part of another word, where words are not parted."""
    if spoken.spaced or words[run.start].said(NUMERAL) is not None:
        return True
    before = words[run.start - 1] if run.start else None
    if before is not None and before.said(NUMERAL, "number word") is not None:
        return False  # 40세 is no 40 and 3
    behind = words[run.end] if run.end < len(words) else None
    return not (_is_letter(before) or _is_letter(behind))


def _is_letter(token: Token | None) -> bool:
    return token is not None and token.letter


class _Translator:
    """Walks through the tokens of a text and writes each in English."""

    def __init__(
        self, text: Text, words: list[Token], runs: dict[int, Run], *, spaced: bool
    ) -> None:
        self.text = text
        self.spaced = spaced
        self.words = words
        self.runs = runs
        self.pieces: list[Piece] = []
        self._nouns: list[Piece] = []  # that stand before their number
        self._value = 0  # the piece that the value begins with
        self._last = ""  # the kind of the last word
        self._first: tuple[int, Run] | None = None  # the last number and its piece
        self._seen = False  # a number, or a vague word for one
        self._framed = self._joining = self._bracketed = False
        self._percent: int | None = None  # where a word for percent stands before its number

    def translate(self) -> None:
        """Write the pieces."""
        at = 0
        while at < len(self.words):
            run = self.runs.get(at)
            if run is not None:
                self._number(run)
                at = run.end
            else:
                self._word(at)
                at += 1
        self._end_segment()

    def _write(self, words: str, start: int, end: int, kind: str) -> None:
        self.pieces.append(Piece(words, start, end, kind))
        if kind:
            self._last = kind

    def _number(self, run: Run) -> None:
        self._refuse_article(run)
        start, end = self.words[run.start].start, self.words[run.end - 1].end
        if self._joining and self._first is not None:
            self._share_scale(*self._first, run)
        if self._last == "minus" and self.pieces[-1].words.isspace():
            self.pieces.pop()
        self._gap()
        self._first = (len(self.pieces), run)
        self._seen, self._joining = True, False
        if run.low is not None:
            self._write(plain(run.low), start, end, _NUMBER)
            self._write(" to ", end, end, "range joiner")
        self._write(plain(run.value), start, end, _NUMBER)
        if self.words[run.start].said("pair") is not None:
            self._write(" ", start, start, "")
            self._write(self.text.plain[start:end], start, end, "counted")
        for hedge in run.hedges:
            self._hedge_after(hedge, start, end)
        if self._percent is not None:
            self._write("%", self._percent, end, "percent")
            self._percent = None

    def _refuse_article(self, run: Run) -> None:
        """Refuse "une large majorité", which is not one of them."""
        first, behind = self.words[run.start], self.words[run.end : run.end + 2]
        if run.end - run.start > 1 or first.said("article") is None or len(behind) < 2:
            return
        if behind[1].letter:
            word = self.text.plain[first.start : first.end]
            reason = f'"{word}" may be no number'
            raise refusal(self.text, reason, first.start, first.end, remedy="write 1 if it is one")

    def _share_scale(self, place: int, first: Run, second: Run) -> None:
        """Give the first end of a range the scale of the second: 300-400 тыс."""
        if first.bare and second.bare:
            self._refuse_short_low(first, second)
        if first.scale == 1 < second.scale and first.value < second.value / second.scale:
            shared = plain(times(first.value, second.scale))
            self.pieces[place] = self.pieces[place]._replace(words=shared)

    def _refuse_short_low(self, first: Run, second: Run) -> None:
        """Ask about "300-400 000", which may mean 300 000 to 400 000."""
        (end,) = self.words[second.start : second.end]
        match = _THOUSANDS.fullmatch(self.text.low, end.start, end.end)
        if match is not None and 0 < first.value < int(match[1]):
            low = plain(first.value)
            ways = (f"{low}000", low)
            (start,) = self.words[first.start : first.end]
            reason = f"{low} could be {low} or {low}000"
            raise two_ways(self.text, reason, start.start, start.end, ways)

    def _gap(self) -> None:
        """Keep two words apart that stand without a space."""
        if self.pieces and self.pieces[-1].words[-1:].isalnum():
            self._write(" ", 0, 0, "")

    def _word(self, at: int) -> None:
        token = self.words[at]
        kind, said = self._chosen(at, token)
        start, end = token.start, token.end
        if kind == "fate" and self._seen and self._leads_on(at + 1):
            self._fate_between(said, start, end)
        elif not self._seen and (kind == "fate" or (kind in NOUNS and not self.spaced)):
            self._nouns.append(Piece(self.text.plain[start:end], start, end, kind))
        elif kind == "hedge after":
            self._hedge_after(said, start, end)
        elif kind == "percent before":
            self._percent = start
        elif kind == "connector":
            self._connector(said, start, end)
        elif kind and kind not in _DROPPED:
            self._refuse_year(token)
            self._translated(kind, said, start, end)
        elif not kind:
            self._untranslated(at, token)

    def _fate_between(self, said: str, start: int, end: int) -> None:
        """Write what befell those before, or those behind if a word stands before its number."""
        if any(noun.kind == "fate" for noun in self._nouns):
            self._connector(",", start, start)
            self._nouns.append(Piece(self.text.plain[start:end], start, end, "fate"))
        else:
            self._translated("fate", said, start, end)
            self._connector(",", end, end)

    def _translated(self, kind: str, said: str, start: int, end: int) -> None:
        words = self.text.plain[start:end] if kind in NOUNS else _english(kind, said)
        self._framed = self._framed or kind == "range opener"
        self._seen = self._seen or kind == "vague"
        if kind == "range joiner":
            self._join()
        if words != "%":
            self._gap()
        self._write(words, start, end, kind)

    def _join(self) -> None:
        """Begin the second end of a range; what both ends count stands behind the second."""
        self._joining = True
        while self._first is not None and self.pieces[-1].kind in ("", *NOUNS):
            self.pieces.pop()
        self._write(" ", 0, 0, "")

    def _refuse_year(self, token: Token) -> None:
        run = self._first[1] if self._first and self._last == _NUMBER else None
        if run is not None and token.said("year") and run.bare and run.value in _YEARS:
            remedy = "give dates with --as-of or --published"
            raise refusal(self.text, "this looks like a year", 0, token.end, remedy=remedy)

    def _untranslated(self, at: int, token: Token) -> None:
        words = self.text.plain[token.start : token.end]
        if token.said("part") is not None and self._last in _OF_PART:
            reason = f'"{words}" behind the number is not understood'
            raise refusal(self.text, reason, token.start, token.end)
        if words in _COMMAS and self._seen and self._leads_to_number(at + 1, *NOUNS):
            self._connector(",", token.start, token.end)
            return
        if words == "." and self._is_in_order(at):
            reason = "a number with a stop may be a place in an order"
            raise refusal(self.text, reason, 0, token.end)
        if words == "." and self._last in _SHORTENED and self.words[at - 1].meanings:
            return
        if words == ")" and self._bracketed:
            self._bracketed = False
            return
        if token.letter and not (self._last == "other" and self.pieces[-1].end == token.start):
            self._gap()
        elif words in _DASHES and self._last in _OF_NUMBER and self._leads_to_number(at + 1):
            self._join()
        kind = "sign" if words in _SIGNS and self._last == _NUMBER else "other"
        self._write(words, token.start, token.end, "" if words.isspace() else kind)

    def _is_in_order(self, at: int) -> bool:
        """Whether a stop stands between digits and a word: 300. Todestag."""
        behind = any(token.letter or token.meanings for token in self.words[at + 1 : at + 3])
        return behind and at > 0 and self.words[at - 1].said(NUMERAL) is not None

    def _hedge_after(self, said: str, start: int, end: int) -> None:
        words = _english("hedge after", said) + " "
        if self.pieces and self.pieces[-1].words == "(":
            self.pieces.pop()
            self._bracketed = True
        self.pieces.insert(self._value, Piece(words, start, end, "hedge after"))
        if self._first is not None:
            self._first = (self._first[0] + 1, self._first[1])
        self._last = "hedge after"

    def _connector(self, said: str, start: int, end: int) -> None:
        if self._framed:
            self._join()
        else:
            self._end_segment()
        self._gap()
        self._write(said, start, end, "connector")
        self._write(" ", end, end, "")
        if self._framed:
            self._framed = False
        else:
            self._value = len(self.pieces)

    def _end_segment(self) -> None:
        for noun in self._nouns:
            self._gap()
            self.pieces.append(noun)
        self._nouns.clear()
        self._first = None
        self._seen = False

    def _chosen(self, at: int, token: Token) -> tuple[str, str]:
        """What the token means where it stands."""
        for kind in self._fitting(at) if token.meanings else ():
            said = token.said(kind)
            if said is not None:
                return kind, said
        return "", ""

    def _fitting(self, at: int) -> tuple[str, ...]:
        """The kinds of words that may stand here, the likeliest first."""
        behind = self._seen and (self._last in _OF_NUMBER or self._framed)
        if self._leads_to_number(at + 1, *NOUNS):
            leading = ("connector", *_LEADING, *NOUNS, "unit")
            return ("range joiner", *leading) if behind else leading
        if behind and self._last in NOUNS:
            return ("hedge after", *NOUNS, *_DROPPED, "month")
        if behind:
            return ("hedge after", "unit", "percent", *NOUNS, *_DROPPED, "month")
        if self._seen:
            return ("hedge after", *NOUNS, "range closer", "month")
        return ("hedge after", "vague", "month", *NOUNS, *_LEADING)

    def _leads_on(self, at: int) -> bool:
        """Whether a number follows with no comma before it."""
        token = self.words[at] if at < len(self.words) else None
        comma = token is not None and self.text.plain[token.start : token.end] in _COMMAS
        return not comma and self._leads_to_number(at)

    def _leads_to_number(self, at: int, *over: str) -> bool:
        """Whether a number follows, with nothing but hedges and signs before it."""
        while at < len(self.words):
            token = self.words[at]
            if at in self.runs or token.said("vague") is not None:
                return True
            if token.letter or (token.meanings and token.said(*_LEADING, *over) is None):
                return False
            at += 1
        return False


_DROPPED = ("of", "article", "range closer")
_LEADING = (
    *("hedge before", "range opener", "vague", "percent before", "article", "minus", "hedge after"),
)
_OF_PART = (_NUMBER, "sign", "unit", "percent")
_SHORTENED = (*_OF_NUMBER, "hedge before")
_COMMAS = (",", ";", "、")
_THOUSANDS = Pattern(r"(\d{1,3})[., ']000")
_SIGNS = "%" + MONEY_SIGNS
_DASHES = ("-", "—", "~")


def _english(kind: str, said: str) -> str:
    if kind == "percent":
        return "%"
    if kind == "minus":
        return "-"
    return _HEDGES.get(said, said)
