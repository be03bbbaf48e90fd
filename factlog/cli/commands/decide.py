"""factlog decide: what is to be done about a disagreement, who says so, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from factlog import comparer
from factlog.claim import Figure, Period
from factlog.cli import name_lookup, options, store_path, terminal
from factlog.cli.terminal import here, write
from factlog.decision import Decision, DecisionKind
from factlog.errors import UsageError
from factlog.findings import MeasureComparison, Verdict
from factlog.render import lists
from factlog.store import Store

_ASKED = "Say one of --prefer ID..., --range, --value TEXT, --pending or --withhold."


def _ids(_ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[int, ...]:
    """The ids of claims, given one by one or as "3,5"."""
    words = [word for value in options.let_go(values) for word in value.replace(",", " ").split()]
    for word in words:
        if not (word.isascii() and word.isdigit() and 0 < int(word[:20]) < 2**63):
            raise UsageError(
                f'{param.opts[0]} takes the number of a claim, and "{word}" is none.',
                "See the numbers: factlog list",
            )
    return tuple(dict.fromkeys(map(int, words)))


class _TakesIds(options.TakesValues):
    """A command whose --prefer takes all the numbers that follow it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join them as the one word that click gives an option."""
        words: list[str] = []
        for word in args:
            preferred = words[-2:-1] == ["--prefer"] or "".join(words[-1:]).startswith("--prefer=")
            if preferred and word.isascii() and word.replace(",", "").isdigit():
                words[-1] += f",{word}"
            else:
                words.append(word)
        return super().parse_args(ctx, words)


@click.command(cls=_TakesIds)
@click.argument("subject")
@click.argument("measure", required=False)
@click.option("--prefer", multiple=True, callback=_ids, metavar="ID...", help="Use these claims.")
@click.option("--range", "range_", is_flag=True, help="Publish the range of the figures.")
@click.option("--value", metavar="TEXT", help='Use a value of your own: "about 3,500".')
@click.option("--pending", is_flag=True, help="Keep it open for now.")
@click.option("--withhold", is_flag=True, help="Publish no figure.")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--by", default="", metavar="NAME", help="Who decides.")
@click.option(
    "--review-on", callback=options.a_date, metavar="DATE", help="The day to look at it again."
)
@click.option("--locale", metavar="LOCALE", help="How the number of --value is written: de_DE.")
@click.pass_context
def command(
    ctx: click.Context,
    subject: str,
    measure: str | None,
    prefer: tuple[int, ...],
    range_: bool,
    value: str | None,
    pending: bool,
    withhold: bool,
    reason: str,
    by: str,
    review_on: Period | None,
    locale: str | None,
) -> None:
    """Record what is to be done about figures that disagree; no claim is changed by it.

    A decision goes stale once its review date has passed, or when claims of its measure are
    added, edited or retracted.

    \b
    factlog decide "North Korean troops in Russia" casualties --prefer 3 \\
        --reason "counted unit by unit" --by "Ada Park" --review-on 2030-03-01
    """
    kind = _kind(prefer=prefer, range_=range_, value=value, pending=pending, withhold=withhold)
    own = _read(value, locale) if value is not None else None
    with store_path.opened(ctx) as store:
        found = _measure(store, name_lookup.exactly(store, "subject", subject), measure)
        about, measured = found
        if own is not None:
            comparer.see_that_it_counts(own, about, measured.measure, store.measures())
        decision = Decision(
            *(about, measured.measure, kind, reason, by, prefer), review_on=_day(review_on)
        )
        made = store.decide(comparer.in_numbers(decision, measured, own), now=store_path.now())
        write(ctx, lists.decision(made, here()))


def _kind(**asked: object) -> DecisionKind:
    """Which of the ways to decide was asked for: just one."""
    given = [name.rstrip("_") for name, value in asked.items() if value or value == ""]
    if len(given) != 1:
        both = " and ".join(f"--{name}" for name in given)
        raise UsageError(
            f"{both} cannot both be decided." if given else "Nothing is decided.", _ASKED
        )
    return DecisionKind(given[0])


def _read(value: str, locale: str | None) -> Figure:
    """The value read; in plain words where those given say something else elsewhere."""
    from factlog.parsing import read
    from factlog.parsing.wording import plain_words, read_back

    own = terminal.until_plain((value,), lambda plain: read(plain[0], locale=locale))
    if locale is None or read_back(own.said, None) == own.estimate:
        return own
    words = plain_words(own.estimate)
    return replace(own, said=words.text) if words else own


def _day(given: Period | None) -> date | None:
    """The review date: one day."""
    if given is not None and (given.first is None or given.first != given.last):
        raise UsageError(
            f"A review date is one day, and {given.said} is more.",
            "Give a day: --review-on 2030-03-01",
        )
    return given.first if given else None


def _measure(store: Store, subject: str, name: str | None) -> tuple[str, MeasureComparison]:
    """The measure to decide about: the one named, else the only one in conflict, or at all."""
    known = store.measures()
    compared = comparer.compare(store.claims(subject=subject), measures=known).subjects
    found = compared[0].measures if compared else ()
    if name is not None:
        wanted = name_lookup.exact_measure(store, name, known)
        some = [each for each in found if each.measure == wanted]
    else:
        contested = [each for each in found if each.verdict is Verdict.CONFLICT]
        some = contested or list(found)
    if len(some) == 1:
        return subject, some[0]
    if name is not None or not some:
        what = f"{name or 'figure'} of {subject}"
        raise UsageError(
            f"There is no live {what} to decide about.",
            f'See what there is: factlog compare "{subject}"',
        )
    names = ", ".join(each.measure or "the blank one" for each in some)
    raise UsageError(
        f"There is more than one measure to decide about: {names}.",
        f'Name one: factlog decide "{subject}" {some[0].measure}',
    )
