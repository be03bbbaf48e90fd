"""What is answered when asked: an explanation, a sentence to print, figures combined."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from factlog.claim import Claim, Period
from factlog.findings import Side, Verdict
from factlog.policy import Policy
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.decision import Decision
    from factlog.profile import SourceProfile


@dataclass(frozen=True, slots=True)
class PrintedSentence:
    """One sentence fit to print on one measure of a subject, and the claims it rests on.

    `figures` are all of them, each with its source and date, where the text only counts some.
    """

    subject: str
    measure: str
    text: str
    claims: tuple[int, ...]
    figures: tuple[str, ...] = ()


class EvidenceGap(StrEnum):
    """What is wrong with the evidence of a claim."""

    NOT_IN_QUOTE = "number not in quote"
    NOT_IN_PAGE = "quote not in page"
    UNREADABLE = "page cannot be read"
    PAGE_CHANGED = "page changed"
    PAGE_MISSING = "page missing"
    NO_QUOTE = "no quote"


@dataclass(frozen=True, slots=True)
class EvidenceFinding:
    """A claim whose evidence does not bear it out, and why not.

    `stands_for` is the measure that its number is of in the quote, where that is another.
    """

    claim: Claim
    gap: EvidenceGap
    stands_for: str | None = None


class Link(StrEnum):
    """How a voice has its figure: first, from whom it cites, or likely from who had it before."""

    FIRST = "first"
    STATED = "stated"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """Another figure of the measure than is followed: whose, what was said, in which claim.

    `cited` is whom it was said to be from, where that is told.
    """

    source: str
    said: str
    claim: int
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who gives a figure: what was said, when first, in which claims, by way of which outlets.

    One that is only cited has no claims. `children` are those that have it from this one, and
    `days` is how long after that one it spoke; None where a day is not known, or it was earlier.
    `circle` is of the first of some that cite each other in a circle: it, whom it cites, whom that
    one does, and so on. `counts` is what it says it counts, `elsewhere` another figure that
    one who is only cited gave itself, and `more` how many more of those there are.
    """

    source: str
    said: str
    when: Period | None
    claims: tuple[int, ...]
    via: tuple[str, ...]
    link: Link = Link.FIRST
    days: int | None = None
    children: tuple[Voice, ...] = ()
    circle: tuple[str, ...] = ()
    counts: str = ""
    elsewhere: OtherFigure | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a voice that may be another spelling of that of another one, `name`.

    `claims` are those that cite it, where neither is a source itself.
    """

    name: str
    other: str
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTrace:
    """How one figure of a measure travelled: a tree of voices for each that had it first.

    `sources` is how many give it, `origins` how many of those are independent by what they
    state, `likely` how many if those that repeat its odd digits later had it from the first.
    `copies` are voices that repeat each other's errors on this measure, if that was looked for,
    `spellings` names among its voices that may be one, `misquoted` the figures that some cite
    its voices for, who never gave those.
    """

    subject: str
    measure: str
    numbers: tuple[Decimal, ...]
    unit: str | None
    sources: int
    origins: int
    likely: int
    voices: tuple[Voice, ...]
    copies: tuple[CopyGroup, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    misquoted: tuple[OtherFigure, ...] = ()

    @property
    def handed_on(self) -> bool:
        """Whether more than one gives it, or one cites another for it."""
        return len(self.voices) > 1 or bool(self.voices[0].children)


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A measure whose verdict became another one; None where there was nothing to compare."""

    subject: str
    measure: str
    was: Verdict | None
    now: Verdict | None
    why: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the `events` after number `since` did to claims, decisions and verdicts.

    `edited` pairs a claim as it was with the claim as it is, be it retracted by now; `others`
    are the events that changed names, measures or what is known of sources, in words.
    """

    since: int
    events: int
    added: tuple[Claim, ...]
    edited: tuple[tuple[Claim, Claim], ...]
    retracted: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    verdicts: tuple[VerdictChange, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """Something found of a source's figures of one measure: a revision, up or down, an echo."""

    subject: str
    measure: str
    kind: str | None
    why: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How many of a source's closed figures were decided about, and how many held the number.

    Of fewer than ten the rest is None. `low` to `high` is Jeffreys' 90% interval of the rate.
    `above` and `below` are the sources whose 80% intervals lie wholly below, and above, its own.
    """

    decided: int
    hits: int | None = None
    low: float | None = None
    high: float | None = None
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source through the record, and what is known of it besides.

    `figures` are its own, by subject, measure and date; `alone` those that others contradict
    and that share their camp with no other source's; `followed` and `not_followed` the
    decisions, a claim preferred or a value, that went with its latest figure and those that did
    not. `track` is None where nothing was decided about its figures.
    """

    profile: SourceProfile
    figures: tuple[tuple[str, Side], ...]
    revisions: tuple[SourceFinding, ...]
    echoes: tuple[SourceFinding, ...]
    alone: tuple[tuple[str, Side], ...]
    followed: tuple[Decision, ...]
    not_followed: tuple[Decision, ...]
    track: TrackRecord | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table: what it says, how often it fired, and why or why not.

    `sentences` are one for each finding spelled out, or the reason it did not fire. `at_least`
    says that it may have fired more often, on findings that are not spelled out.
    """

    verdict: Verdict
    kind: str | None
    says: str
    fired: int
    sentences: tuple[str, ...]
    at_least: bool = False

    @property
    def name(self) -> str:
        """The rule's name as shown."""
        return f"{self.verdict}: {self.kind}" if self.kind else str(self.verdict)


@dataclass(frozen=True, slots=True)
class MeasureExplanation:
    """How one measure came to its verdict, in plain sentences."""

    measure: str
    verdict: Verdict
    headline: str
    rules: tuple[Rule, ...]
    assumed: tuple[str, ...]
    changes: tuple[str, ...]
    decision: Decision | None = None
    hints: tuple[str, ...] = ()

    @property
    def fired(self) -> tuple[Rule, ...]:
        """The rules that led somewhere."""
        return tuple(rule for rule in self.rules if rule.fired)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One subject explained under one policy, measure by measure, worst first."""

    subject: str
    policy: Policy
    as_of: Period | None
    measures: tuple[MeasureExplanation, ...]


@dataclass(frozen=True, slots=True)
class Pull:
    """One figure that was combined: its one-sigma arms, its share, its distance.

    `weight` is its share of all weights (they add up to 1), `pull` how many of its own
    uncertainties it lies above the combined value (below it where negative).
    """

    claim: int
    source: str
    best: Decimal
    plus: Decimal
    minus: Decimal
    weight: float
    pull: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that was not combined, and why not."""

    claim: int
    source: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class FurthestPair:
    """Two claims and how many standard errors of their difference lie between them."""

    claims: tuple[int, int]
    sources: tuple[str, str]
    sigmas: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """One measure's figures combined by one method, in the unit most of them share.

    `plus` and `minus` are one standard error; `scale` is the factor they were multiplied by
    (method pdg). `low` to `high` is the 95% interval by the normal, `hartung_low` to
    `hartung_high` by Knapp and Hartung, `predict_low` to `predict_high` where a further figure
    is expected. `i2` is in percent. None stands for what a method does not give. `apart` are
    the pairs furthest from each other, `notes` are plain sentences to print below.
    """

    subject: str
    measure: str
    unit: str | None
    method: str
    k: int
    best: Decimal
    plus: Decimal
    minus: Decimal
    scale: float | None
    q: float
    df: int
    p: float
    i2: float
    h2: float
    tau2: Decimal | None
    tau2_low: Decimal | None
    tau2_high: Decimal | None
    low: Decimal
    high: Decimal
    predict_low: Decimal | None
    predict_high: Decimal | None
    hartung_low: Decimal | None
    hartung_high: Decimal | None
    pulls: tuple[Pull, ...]
    left_out: tuple[LeftOut, ...]
    apart: tuple[FurthestPair, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotPooled:
    """One measure that states uncertainties and still cannot be combined, and why not."""

    subject: str
    measure: str
    reason: str


@dataclass(frozen=True, slots=True)
class SupportedValue:
    """One figure of a measure, and the independent voices that give it.

    `score` grows with what its sources count and falls with the distance of the other figures;
    `share` is what that comes to as a part of 1.
    """

    value: Decimal
    score: float
    share: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Sources that repeat each other's errors on one measure, the one of most figures first.

    Of `of` errors that one of two of them makes, `same` are the same of both: of more than two
    sources they are added up over the pairs that make the same errors.
    """

    measure: str
    sources: tuple[str, ...]
    same: int
    of: int


@dataclass(frozen=True, slots=True)
class RepeatedErrors:
    """Two sources by their folded names, and how many of their errors on a measure are the same."""

    measure: str
    sources: tuple[str, str]
    same: int
    of: int


@dataclass(frozen=True, slots=True)
class LevelRange:
    """A range and the share of cases in which it is to hold the number."""

    level: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Support:
    """How the figures of one measure of a subject are supported, the best supported first.

    `voices` are those with a closed figure, one an origin; `counted_as` is how many they count as,
    where of those that agree too often only one counts. `best` is None where all of them
    give ranges, or several figures have the highest score; `fragile` says that it turns with how
    much is taken from the others' agreement, or where voices are counted, or that it lies outside
    the ranges of more voices than bear it out.
    `range` is calibrated on the decided subjects of the measure, or `withheld` says why there is
    none. `stated` pools the ranges that were stated, `copies` are sources that repeat each other's
    errors, counted as one voice or not, `note` says how far to trust all this. `decision` is what
    was resolved to do about the measure, such as to publish no figure; it changes nothing in how
    figures are weighed.
    """

    subject: str
    measure: str
    unit: str | None
    voices: int
    counted_as: int
    values: tuple[SupportedValue, ...]
    best: Decimal | None
    fragile: bool
    centre: Decimal
    range: LevelRange | None
    withheld: str | None
    note: str
    stated: tuple[LevelRange, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    copies: tuple[CopyGroup, ...] = ()
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class NotSupported:
    """One measure of a subject whose figures cannot be weighed, why not, and what to do."""

    subject: str
    measure: str
    reason: str
    remedy: str
