"""Options and argument types that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import reduce, wraps
from pathlib import PurePath
from typing import Any, TypeVar, cast

import click

from factlog.claim import Period
from factlog.cli.store_path import RECORDED_BY
from factlog.errors import UsageError
from factlog.patterns import Pattern
from factlog.policy import METHOD, METHOD_NAMES, POLICIES, Policy
from factlog.wording import plain

Function = TypeVar("Function", bound=Callable[..., Any])

_HELD = "\ue000"
_NEGATIVE = Pattern(r"-[^A-Za-z-]")


class WholeNumber(click.IntRange):
    """A whole number within bounds, and called so where it is none."""

    name = "whole number"


class TakesValues(click.Command):
    """A command whose words may begin with a minus, as in "-3.2 °C", without being options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hold such words back from being taken for options, and let them go afterwards."""
        held = [_HELD + word if _NEGATIVE.match(word) else word for word in args]
        rest = super().parse_args(ctx, held)
        ctx.params = {name: let_go(value) for name, value in ctx.params.items()}
        return rest


def let_go(value: Any) -> Any:
    """Words as they were typed, which a callback of an option gets while they are held back."""
    if isinstance(value, tuple):
        return tuple(map(let_go, value))
    return value.removeprefix(_HELD) if isinstance(value, str) else value


def stacked(*options: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several options as one decorator, in the order in which help lists them."""
    return lambda function: reduce(lambda made, option: option(made), reversed(options), function)


def formats(*names: str, files: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """`-f/--format`, one of these, and `-o/--output FILE`, whose suffix decides without -f.

    The command is given the `shape` that was chosen, which by its suffix may be one of `files`.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def shaped(*args: Any, format_: str | None, output: str | None, **rest: Any) -> Any:
            suffix = PurePath(output or "").suffix.lower().lstrip(".")
            drawn = format_ is None and suffix in files
            shape = suffix if drawn else chosen_format(format_, output, names)
            return function(*args, shape=shape, output=output, **rest)

        return cast("Function", format_options(*names)(shaped))

    return decorate


def format_options(*names: str) -> Callable[[Function], Function]:
    """The options themselves, for a command that chooses by more than them."""
    return stacked(
        click.option(
            "-f",
            "--format",
            "format_",
            type=click.Choice(names),
            help=f"How to write it (default: by the suffix of FILE, else {names[0]}).",
        ),
        click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."),
    )


def chosen_format(format_: str | None, output: str | None, among: tuple[str, ...]) -> str:
    """The format asked for, else the one of the file's suffix, else the first of those."""
    otherwise = among[0]
    if format_ or not output:
        return format_ or otherwise
    from factlog.render import SUFFIXES

    suffix = PurePath(output).suffix.lower()
    found = SUFFIXES.get(suffix, "")
    if found in among:
        return found
    if not suffix or (found == "table" and otherwise == "text"):
        return otherwise
    raise click.UsageError(
        f"The suffix of {output} names no format here; add -f with one of: {', '.join(among)}."
    )


def refuse_format(ctx: click.Context, said: str, instead: str) -> None:
    """Refuse -f and -o where what is said is for a person; a format that is set in a file stays."""
    typed = click.core.ParameterSource.COMMANDLINE
    names = {"format_": "-f", "output": "-o"}
    given = [flag for name, flag in names.items() if ctx.get_parameter_source(name) is typed]
    if given:
        raise UsageError(f"{said} is told in plain words, without {' and '.join(given)}.", instead)


_NO_TEXT = {"parquet": "A Parquet file", "xlsx": "A workbook", "zip": "An evidence pack"}


def file_named(output: str | None, shape: str) -> str:
    """The file to write what is no text into; the screen takes none."""
    if output in (None, "-"):
        raise UsageError(
            f"{_NO_TEXT[shape]} is not written to the screen.",
            f"Name a file: -o claims.{shape}",
        )
    return str(output)


def a_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Period | None:
    """Read a date, or a day such as "yesterday", or refuse it with a caret under the spot."""
    from factlog.cli import days

    return None if value is None else days.read(let_go(value))


def day_in_words(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Turn a day said by the clock, such as "last Friday", into its date; leave any other text."""
    from factlog.cli import days

    return None if value is None else days.spelled(value)


def a_share(_ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    """Turn 2% into 0.02, and 0 into 0; a bare 0.5 is refused, as it could be a half."""
    if value is None:
        return None
    text = value.strip()
    number = _decimal(text.removesuffix("%"))
    if number.is_finite() and number and not text.endswith("%"):
        raise UsageError(
            f"{param.opts[0]} {text} has no percent sign: {_meant(text, number)}?",
            f"Write it with its sign, for example {param.opts[0]} {text}%.",
        )
    if not number.is_finite() or not 0 <= number <= 100:
        raise UsageError(
            f"{param.opts[0]} {text} is not a percentage from 0% to 100%.",
            f"Write a number and its sign, for example {param.opts[0]} 2%.",
        )
    return number / 100


def new_name(kind: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Take a name as `add` takes one: composed, with something to see in it, not endless."""

    def taken(_ctx: click.Context, _param: click.Parameter, given: Any) -> Any:
        from factlog.importing import fields

        if isinstance(given, tuple):
            return tuple(fields.name(each, kind) for each in given)
        return fields.name(given, kind)

    return taken


def _meant(text: str, number: Decimal) -> str:
    """What a number without its sign could stand for."""
    return f"{text}% or {plain(number * 100)}%" if 0 < number < 1 else f"{text}%"


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return Decimal("NaN")


def so_many_sigmas(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    """Read a number of standard errors, above 0 and no more than 100."""
    if value is None:
        return None
    number = _decimal(value)
    if not number.is_finite() or not 0 < number <= 100:
        raise click.BadParameter(
            f"{value!r} is not a number of standard errors; write for example 2.", ctx, param
        )
    return number


def a_policy(_ctx: click.Context, _param: click.Parameter, value: str) -> Policy:
    """Look up the policy of this name."""
    return POLICIES[value]


def _logged_by(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Let the store be opened as it stood at the last event of that day, or at that event."""
    if value is not None:
        from factlog.cli import days

        ctx.meta[RECORDED_BY] = lambda store: days.until(store, value)


as_of = click.option(
    "--as-of",
    callback=a_date,
    metavar="DATE",
    help="Figures dated up to then, whenever they were logged.",
)

as_logged = click.option(
    "--recorded-by",
    expose_value=False,
    callback=_logged_by,
    metavar="DATE|EVENT",
    help="The record as it had been logged by then, whatever the dates of the figures.",
)

copies_as_one = click.option(
    "--copies-as-one",
    is_flag=True,
    help="Count sources that repeat each other's errors as one voice.",
)

pooling = click.option(
    "--method",
    type=click.Choice(list(METHOD_NAMES)),
    default=METHOD,
    help="How measured figures are combined: Particle Data Group (default), fixed effect, or "
    "random effects: DerSimonian-Laird, Paule-Mandel, restricted likelihood.",
)

policy = click.option(
    "--policy",
    type=click.Choice(list(POLICIES)),
    callback=a_policy,
    default="default",
    envvar="FACTLOG_POLICY",
    help="How hedges are taken.",
)


_JUDGING = stacked(
    policy,
    click.option(
        "--tolerance",
        callback=a_share,
        metavar="PERCENT",
        help="Other readings this close are near, not a conflict (default 1%).",
    ),
    click.option(
        "--sigmas",
        callback=so_many_sigmas,
        metavar="NUMBER",
        help="Two figures with ± agree within so many standard errors (default 2).",
    ),
    click.option(
        "--near-sigmas",
        callback=so_many_sigmas,
        metavar="NUMBER",
        help="Up to so many they are near, beyond in conflict (default 3).",
    ),
)

statement = stacked(
    click.option("--source", metavar="NAME", help="Who says so."),
    click.option("--unit", metavar="UNIT", help="The unit of every value that names none."),
    click.option("--via", metavar="OUTLET", help="Who reported it, such as a newspaper."),
    click.option("--url", metavar="URL", help="Where it can be read."),
    click.option(
        "--as-of", callback=day_in_words, metavar="DATE", help="The date the figures are for."
    ),
    click.option(
        "--published", callback=day_in_words, metavar="DATE", help="The date it was said."
    ),
    click.option("--date-format", metavar="FORMAT", help="How dates are written: %d/%m/%Y."),
    click.option("--scope", metavar="TEXT", help='A limit on what was counted: "Kursk only".'),
    click.option("--origin", metavar="NAME", help="Whom the source itself cites."),
    click.option("--quote", metavar="TEXT", help="The words of the statement."),
    click.option("--note", metavar="TEXT", help="A remark of your own."),
    click.option("--locale", metavar="LOCALE", help="How numbers are written: de_DE."),
    click.option("--language", metavar="CODE", help="The language of the values: uk."),
)


def without_blanks(_ctx: click.Context, _given: click.Parameter, text: str | None) -> str | None:
    """The words of a text without the blanks around them: blanks alone are no words."""
    return text and text.strip()


defining = stacked(
    click.option(
        "--definition",
        callback=without_blanks,
        metavar="TEXT",
        help='What it counts, or by whose definition: "deaths in hospital".',
    ),
    click.option(
        "--includes",
        callback=without_blanks,
        metavar="TEXT",
        help='What it counts in: "suspected cases".',
    ),
    click.option(
        "--excludes",
        callback=without_blanks,
        metavar="TEXT",
        help='What it leaves out: "soldiers".',
    ),
)


def judging(function: Function) -> Function:
    """`--policy`, `--tolerance`, `--sigmas` and `--near-sigmas`, which together make the policy."""

    @wraps(function)
    def judged(
        *args: Any,
        policy: Policy,
        tolerance: Decimal | None,
        sigmas: Decimal | None,
        near_sigmas: Decimal | None,
        **rest: Any,
    ) -> Any:
        within = policy.sigmas if sigmas is None else sigmas
        if near_sigmas is not None and near_sigmas < within:
            raise UsageError(
                f"--near-sigmas {near_sigmas} is less than the {within} standard errors within "
                "which figures agree.",
                f"Make it {within} or more, or agree within fewer with --sigmas.",
            )
        near = max(within, policy.near_sigmas) if near_sigmas is None else near_sigmas
        given = {"tolerance": tolerance, "sigmas": sigmas, "near_sigmas": near}
        changed: dict[str, Any] = {name: each for name, each in given.items() if each is not None}
        return function(*args, policy=replace(policy, **changed), **rest)

    return cast("Function", _JUDGING(judged))
