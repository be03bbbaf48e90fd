"""Which of a file's columns fill which of ours: by name, by a name known for it, or as told."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from factlog import names, units
from factlog.claim import COLUMNS
from factlog.errors import ImportFailed
from factlog.importing.asides import headed, scale_of, words
from factlog.importing.columns import (
    NUMBERS,
    TAKEN,
    Columns,
    Flag,
    Layout,
    MissingColumns,
    Take,
    apart,
    key,
    listed,
    theirs,
    told,
)
from factlog.importing.dated_headers import formats, is_written, parted
from factlog.importing.header_words import (
    ENDS,
    VERY_LIKE,
    bare,
    end_and_name,
    end_of,
    known_names,
    name_of,
    nearest,
    plain,
    span,
    spellings_of,
)
from factlog.patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure

_SHOWN = 3  # names that a remedy shows
_WORDS = 20  # of a header that may be the name of a measure
_LONGEST = 2_000  # characters of a cell that may be the name of a known column
_UNGUESSED = {"plus", "minus", "coverage", "origin", "quote"}  # their words mean much else
_ASIDE = Pattern(r"\([^()]*\)")


def layout(
    header: Sequence[str],
    columns: Columns,
    measures: Iterable[Measure] = (),
) -> Layout:
    """Find our columns in a file's header; all that is missing is named at once.

    What is told in `columns` comes before a column of our name, and that before a column with
    another name that is known for it; without a column of values, those headed by a measure
    are taken. `measures` is the vocabulary these are known by.
    """
    sheet = _Header(header, columns, tuple(measures))
    sheet.check()
    return sheet.layout()


def guess(header: Sequence[str], columns: Columns, measures: Iterable[Measure] = ()) -> Columns:
    """The columns that are spelled much like one of ours which nothing fills yet."""
    return _Header(header, columns, tuple(measures)).guessed()


class _Header:
    """A header, and what is found in it."""

    def __init__(
        self, header: Sequence[str], columns: Columns, measures: tuple[Measure, ...]
    ) -> None:
        self._header = header
        self._keys = [key(column) for column in header]
        self._columns = columns
        self._measures = measures
        self._spellings = spellings_of(measures)
        self._units: dict[str, str] = {}
        self._overruled: dict[str, str] = {}
        self._several = bool(columns.measures or columns.dates_across)
        self._told = {key(its) for _option, its in told(columns)}
        self.places = self._named()
        self._ends = dict[str, Mapping[str, int]]()
        self._unnamed: dict[str, None] = {}  # what stands beside dates and is no measure
        self.dated = self._dated() if columns.dates_across else {}
        several = {} if columns.dates_across else columns.measures
        self.measured = {measure: self._place(key(theirs)) for measure, theirs in several.items()}
        filled = {*self.places, *columns.fixed, *columns.mapping}
        if not self._several and not filled & {*NUMBERS}:
            self.measured |= self._by_measure()
            for name, places in self._by_ends().items():
                self._ends[name] = {end: places[end] for end in ENDS}
                self.measured[name] = places.get("value")
            if not self.measured and not filled & {"as_of", "plus", "minus"}:
                self.dated = self._dated()
            self._several = bool(self.measured or self.dated)
        if not several:
            best = {name: place for name, place in self.measured.items() if place is not None}
            self._ends |= {name: self._ends_of(name, place) for name, place in best.items()}
        self.renamed = dict(self._by_alias())
        self.places |= self.renamed

    def check(self) -> None:
        """Refuse a header that lacks what is told of it or what a claim needs."""
        measures = self._columns.measures
        there = {*self._keys, *(key(measures.get(each, "")) for _day, each in self.dated.values())}
        absent = [
            (option, theirs) for option, theirs in told(self._columns) if key(theirs) not in there
        ]
        missing = [*self._missing()]
        if self._columns.dates_across and self._unnamed and not (self.dated or measures):
            beside = [*self._unnamed][:_SHOWN]
            like = (
                f"--measures {self._measure_like(plain(each)) or 'MEASURE'}={shlex.quote(each)}"
                for each in beside
            )
            raise ImportFailed(
                "Beside the dates that head its columns the file names no measure that is known: "
                f"{', '.join(beside)}.",
                f"Say which each is: {' '.join(like)}",
            )
        if not absent and not missing:
            self._check_flags()
            return
        problems = [f'no column "{theirs}" for {option}' for option, theirs in absent]
        if missing:
            *most, last = map(_quoted, missing)
            problems.append(f"no column {', '.join(most)}{' or ' * bool(most)}{last}")
        raise MissingColumns(
            f"The file has {' and '.join(problems)}; it has: {listed(self._header)}.",
            *self._remedy([option for option, _theirs in absent], missing),
            self._header,
        )

    def _check_flags(self) -> None:
        """Refuse a flag about a measure that has no column of its own."""
        for flag in self._columns.flags:
            if flag.measure and not any(self._is(each, flag.measure) for each in self.measured):
                raise ImportFailed(
                    f'{flag.option} is told about "{flag.measure}", of which no column is taken.',
                    f"Name its column: --measures {shlex.quote(f'{flag.measure}=COLUMN')}",
                )

    def layout(self) -> Layout:
        """What is made of the columns."""
        takes = tuple(self._takes())
        used = {place for take in takes for place in take.places.values()}
        used |= {place for take in takes for _flag, place in take.flags}
        others = {
            place: name.strip()
            for place, name in enumerate(self._header)
            if place not in used and name.strip()
        }
        renamed = {ours: self._header[place].strip() for ours, place in self.renamed.items()}
        if self.dated and not self._columns.dates_across:
            first, *_between, last = (self._header[place].strip() for place in self.dated)
            renamed["as_of"] = f"{len(self.dated)} columns, {first} to {last}"
        if not self._columns.measures:
            both = zip(self.measured, takes, strict=False)
            pairs = ((name, take.header) for name, take in both if take.header)
            renamed |= {name: header for name, header in pairs if key(header) != key(name)}
        ends = (
            (f"{measure} {end}", self._header[place].strip())
            for measure, places in self._ends.items()
            for end, place in places.items()
        )
        renamed |= {name: header for name, header in ends if key(header) != key(name)}
        left = (tuple(others.values()), tuple(others))
        return Layout(takes, *left, renamed, self._units, self._overruled)

    def _takes(self) -> Iterator[Take]:
        fixed, places = self._columns.fixed, self.places
        if not self._several:
            its = self._in_unit(fixed, [places[n] for n in NUMBERS if n in places])
            yield Take(places, its, flags=self._flags())
        for measure, place in self.measured.items():
            rest = {ours: at for ours, at in places.items() if ours != "measure"}
            numbers = {**({} if place is None else {"value": place}), **self._ends.get(measure, {})}
            its = self._in_unit({**fixed, "measure": measure}, [*numbers.values()])
            header = "" if place is None else self._header[place]
            yield Take(rest | numbers, its, header, self._flags(measure))
        for place, (day, measure) in self.dated.items():
            header = self._header[place].strip()
            its, rest = {**fixed, "as_of": day}, places
            if measure:
                rest = {ours: at for ours, at in places.items() if ours != "measure"}
                its = self._in_unit({**its, "measure": measure}, [place])
            yield Take(rest | {"value": place}, its, header, self._flags(measure))

    def _flags(self, measure: str = "") -> tuple[tuple[Flag, int], ...]:
        """The flags about a measure, and those about all, with their places."""
        return tuple(
            (flag, self._keys.index(key(flag.column)))
            for flag in self._columns.flags
            if not flag.measure or self._is(measure, flag.measure)
        )

    def _is(self, measure: str, said: str) -> bool:
        """Whether a measure is meant by a name, its own or another it is known by."""
        return measure in (said, self._spellings.get(names.fold(said)))

    def _in_unit(self, fixed: Mapping[str, str], numbers: Sequence[int]) -> Mapping[str, str]:
        """What is alike in every row, with the unit that the headers of its numbers name."""
        given = fixed.get("unit", self._columns.unit)
        named = {self._header[place].strip(): self._unit(place) for place in numbers}
        if given:
            self._overruled |= {name: its for name, its in named.items() if _differ(its, given)}
        if given or "unit" in self.places:
            return fixed
        if len({*named.values()}) > 1:
            several = " and ".join(f'"{name}"' for name in named)
            raise ImportFailed(
                f"The columns {several} are not in one unit, by their names.",
                "Say which is meant: --unit UNIT.",
            )
        named = {name: unit for name, unit in named.items() if unit}
        self._units |= named
        return {**fixed, **({"unit": next(iter(named.values()))} if named else {})}

    def _unit(self, place: int) -> str:
        """The unit a header names; the letter behind a known measure may be another thing."""
        found = headed(self._header[place])
        if found is None:
            return ""
        counted = names.fold(found.name) in self._spellings
        return "" if counted and len(found.unit) == 1 and found.unit.isalpha() else found.unit

    def _named(self) -> dict[str, int]:
        """The places of columns that are told, or have our own name."""
        numbers = (*NUMBERS, "plus", "minus") if self._several else ()
        left = {*self._columns.fixed, *numbers, *(("as_of",) if self._columns.dates_across else ())}
        found = {ours: self._place(self._theirs(ours)) for ours in TAKEN if ours not in left}
        for ours in NUMBERS:
            if ours not in left and found[ours] is None and ours not in self._columns.mapping:
                found[ours] = self._with_unit(ours)
        return {ours: place for ours, place in found.items() if place is not None}

    def _with_unit(self, ours: str) -> int | None:
        """The one column that has our name and a unit: "Value (USD million)"."""
        named = [key(bare(name)) for name in self._header]
        return named.index(ours) if named.count(ours) == 1 else None

    def _theirs(self, ours: str) -> str:
        return theirs(ours, self._columns.mapping)

    def _place(self, theirs: str) -> int | None:
        if theirs and self._keys.count(theirs) > 1:
            name = self._header[self._keys.index(theirs)].strip()
            raise ImportFailed(
                f'The file has two columns named "{name}".',
                "Rename one of them, so that it is clear which is meant.",
            )
        return self._keys.index(theirs) if theirs and theirs in self._keys else None

    def _free(self) -> Iterator[tuple[int, str]]:
        """The columns that fill nothing yet, with their names in plain words."""
        used = {*self.places.values(), *self.dated, *self.measured.values()}
        used |= {place for ends in self._ends.values() for place in ends.values()}
        for place, column in enumerate(self._keys):
            if place not in used and column not in self._told and self._keys.count(column) == 1:
                yield place, name_of(self._header[place])

    def _wanted(self) -> set[str]:
        """Those of ours that nothing fills."""
        filled = {*self.places, *self._columns.fixed, *self._columns.mapping}
        if self.measured:
            filled |= {"measure"}
        if self.dated:
            filled |= {"as_of"}
        return set(COLUMNS) - filled - (set(NUMBERS) if self._several else set())

    def _by_alias(self) -> Iterator[tuple[str, int]]:
        """Columns by a name that is known for one of ours, where only one has such a name."""
        wanted, found = self._wanted(), dict[str, list[int]]()
        for kind in ("first header", "header", "lesser header"):
            known = words(kind)
            left = wanted - found.keys()
            for place, name in self._free():
                if (ours := known.get(name, "")) in left:
                    found.setdefault(ours, []).append(place)
        return ((ours, places[0]) for ours, places in found.items() if len(places) == 1)

    def _by_measure(self) -> dict[str, int]:
        """Columns headed by the name of a measure; two of one measure are refused."""
        used = {*self.places.values(), *self.dated}
        found: dict[str, int] = {}
        for place, column in enumerate(self._keys):
            name = self._spellings.get(name_of(self._header[place]), "")
            if not name or place in used or column in self._told:
                continue
            if found.setdefault(name, place) != place:
                one, other = self._header[found[name]].strip(), self._header[place].strip()
                raise ImportFailed(
                    f'The columns "{one}" and "{other}" are both of the measure {name}, by their '
                    "names.",
                    "Rename one of them."
                    if key(one) == column
                    else f"Say which is meant: --measures {name}={shlex.quote(one)}",
                )
        return found

    def _by_ends(self) -> dict[str, Mapping[str, int]]:
        """The columns of both ends, and the best, of measures that have no column of their own.

        None is taken where another column seems to be of one of them.
        """
        left = {name: end_and_name(name) for _place, name in self._free()}
        measures = [self._spellings.get(its, "") for end, its in left.values() if end in ENDS]
        found = {
            name: self._ends_of(name) for name in measures if name and name not in self.measured
        }
        others = {self._measure_like(name) for name, (end, _its) in left.items() if not end}
        return {} if others & found.keys() or not all(found.values()) else found

    def _ends_of(self, measure: str, best: int | None = None) -> Mapping[str, int]:
        """The columns of both ends of a measure, in the unit of its own column: "killed low"."""
        found = dict[str, list[int]]()
        taken = {*self.places.values(), *self.measured.values()}
        for place, header in enumerate(self._header):
            end, name = end_and_name(name_of(header))
            free = place not in taken and self._keys[place] not in self._told
            alike = self._is(measure, name)
            alike = alike and (best is None or self._unit(place) == self._unit(best))
            if end and free and alike:
                found.setdefault(end, []).append(place)
        if best is not None:
            found.pop("value", None)
        both = {end: places[0] for end, places in found.items() if len(places) == 1}
        return both if both.keys() >= {*ENDS} and len(both) == len(found) else {}

    def _dated(self) -> dict[int, tuple[str, str]]:
        """The columns headed by a date, with it and the measure that stands beside it."""
        format_ = self._columns.dates_across
        free = range(len(self._header)) if format_ else [place for place, _name in self._free()]
        found = {}
        for place in free:
            header = self._header[place]
            if key(header) in self._told:
                continue
            for day, beside in parted(header, lambda text: is_written(text, format_)):
                measure = self._beside_date(beside)
                if measure or not beside:
                    found[place] = (day, measure)
                    break
                self._unnamed.setdefault(beside)
        return found if format_ or len(found) > 1 else {}

    def _beside_date(self, words: str) -> str:
        """The measure that some words beside a date are told to be, or known for."""
        if self._columns.measures:
            told = {key(its): measure for measure, its in self._columns.measures.items()}
            return told.get(key(words), "")
        return self._spellings.get(name_of(words), "")

    def _missing(self) -> Iterator[str]:
        present = {*self.places, *self._columns.fixed, *self._columns.mapping}
        yield from (ours for ours in ("subject", "source") if ours not in present)
        if self._columns.dates_across:
            if not self.dated:
                yield f"headed by a date like {self._columns.dates_across}"
        elif not self._several and not present.intersection(NUMBERS):
            yield "value"

    def _remedy(self, absent: Iterable[str], missing: Collection[str]) -> tuple[str, Columns]:
        """What to do, and the guess it rests on."""
        guessed, dated = self.guessed(missing), ""
        if {*missing} - {"subject", "source"}:
            free = [self._header[place] for place, _name in self._free()]
            dated = " or ".join(f"--dates-across {format_}" for format_ in formats(free))
        if dated:  # whose headers name their measures beside the dates
            mapping = {one: its for one, its in guessed.mapping.items() if one not in NUMBERS}
            guessed = replace(guessed, mapping=mapping, measures={})
        offers = [f"{option}=COLUMN" for option in absent]
        like = [f"--map {ours}={shlex.quote(name)}" for ours, name in guessed.mapping.items()]
        like += [f"--set {ours}={shlex.quote(its)}" for ours, its in guessed.fixed.items()]
        both = guessed.measures.items()
        like += [f"--measures {shlex.quote(name)}={shlex.quote(one)}" for name, one in both]
        for ours in missing:
            if ours == "value":
                offers.append("--map value=COLUMN (or low, or high), --measures killed=COLUMN")
            elif ours in TAKEN:
                offers.append(f'--map {ours}=COLUMN or --set {ours}="..."')
            else:
                offers.append("--dates-across %Y-%m-%d, as the headers write them")
        like += [dated] if dated else []
        perhaps = f" Perhaps: {' '.join(like)}" if like else ""
        return f"Name what fills it: {', '.join(offers)}.{perhaps}", guessed

    def guessed(self, missing: Collection[str] = ()) -> Columns:
        """The columns that are spelled most like what is missing, each for one of ours."""
        free = {self._header[place].strip(): "" for place, _name in self._free()}
        free = {header: plain(_ASIDE.sub(" ", header)) for header in free}
        measures: dict[str, str] = {}
        likely: dict[str, list[str]] = {}
        mapping: dict[str, str] = {}
        fixed: dict[str, str] = {}
        named = self.measured and not self._columns.measures and None not in self.measured.values()
        if "value" in missing or named:
            ends = {header: end_of(plain(header)) for header in free}  # "Killed (min)" is one too
            bounds = [(end, header) for header, end in ends.items() if end]
            for header, name in free.items():
                if not ends[header] and (like := self._measure_like(name)):
                    likely.setdefault(like, []).append(header)
            measures |= {like: found[0] for like, found in likely.items() if len(found) == 1}
            both = sorted(end for end, _header in bounds) == ["high", "low"]
            if both and "value" in missing and len(measures) < 2:
                of = self._of_bounds([free[header] for _end, header in bounds])
                if not measures or of == {"measure": next(iter(measures))}:
                    mapping |= dict([*bounds, *(("value", best) for best in measures.values())])
                    fixed, measures = dict(of), {}
            if not (measures or bounds):
                units = {header: name_of(header) for header in free if headed(header)}
                alike = [*units.values()]
                measures |= {name: one for one, name in units.items() if alike.count(name) == 1}
        measures |= {
            name: self._header[place].strip()
            for name, place in (self.measured if measures else {}).items()
            if place is not None
        }
        wanted = self._wanted() - _UNGUESSED - (set(NUMBERS) if measures or mapping else set())
        if "as_of" in wanted:
            mapping |= span(free)
        for ours in (*missing, *TAKEN):
            left = [one for one in free if one not in (*mapping.values(), *measures.values())]
            header = nearest(ours, left, free, missing) if ours in wanted else ""
            if header and ours not in mapping:
                mapping[ours] = header
        marks = ((header, words("flag").get(name)) for header, name in free.items())
        flags = (Flag(of, header, "") for header, of in marks if of)
        return Columns(mapping, fixed, measures, flags=tuple(flags))

    def _of_bounds(self, bounds: Sequence[str]) -> Mapping[str, str]:
        """The measure that both ends of a range name, where no column does."""
        both = {self._measure_like(name) for name in bounds}
        named = "measure" in self.places or "measure" in self._columns.fixed
        return {} if named or len(both) > 1 or "" in both else {"measure": both.pop()}

    def _measure_like(self, name: str) -> str:
        """The measure a header is spelled like, or whose name it begins or ends with."""
        parts = name.split()
        for count in range(min(len(parts) - 1, _WORDS), 0, -1):
            for part in (parts[-count:], parts[:count]):
                if found := self._spellings.get(" ".join(part)):
                    return found
        like = names.close(name, self._spellings, limit=1, cutoff=VERY_LIKE)
        return self._spellings[like[0]] if like else ""


def _differ(headed: str, given: str) -> bool:
    """Whether the unit of a header is another than the one given, by its scale or its kind."""
    if not headed:
        return False
    (factor, unit), (another, other) = map(_scaled, (headed, given))
    return factor != another or bool(unit and other and unit != other)


def _scaled(unit: str) -> tuple[Decimal, str | None]:
    """What a unit multiplies by, and the unit that is known in it."""
    scale = scale_of(unit)
    return (scale.factor, units.find(scale.unit or "")) if scale else (Decimal(1), units.find(unit))


def _quoted(column: str) -> str:
    return column if " " in column else f'"{column}"'


def recognised(header: Collection[str], columns: Columns) -> int:
    """Count the columns of a header that are ours, by any name, or told."""
    short = [column for column in header if len(column) <= _LONGEST]
    known = {*COLUMNS, *(key(its) for _option, its in told(apart(columns, short)))}
    return sum(key(column) in known or name_of(column) in known_names() for column in short)
