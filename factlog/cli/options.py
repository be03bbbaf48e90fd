"""Options and argument types that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any, TypeVar

import click

from factlog.claim import Period
from factlog.policy import POLICIES, Policy

Function = TypeVar("Function", bound=Callable[..., Any])

_HELD = "\ue000"
_NEGATIVE = re.compile(r"-[^A-Za-z-]")


class TakesValues(click.Command):
    """A command whose words may begin with a minus, as in "-3.2 °C", without being options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hold such words back from being taken for options, and let them go afterwards."""
        held = [_HELD + word if _NEGATIVE.match(word) else word for word in args]
        rest = super().parse_args(ctx, held)
        ctx.params = {name: _let_go(value) for name, value in ctx.params.items()}
        return rest


def _let_go(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_let_go, value))
    return value.removeprefix(_HELD) if isinstance(value, str) else value


def formats(*names: str) -> Callable[[Function], Function]:
    """`-f/--format`, one of these, and `-o/--output FILE`, whose suffix decides without -f."""

    def decorate(function: Function) -> Function:
        function = click.option(
            "-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."
        )(function)
        return click.option(
            "-f",
            "--format",
            "format_",
            type=click.Choice(names),
            help="How to write it (default: by the suffix of FILE, else table).",
        )(function)

    return decorate


def chosen_format(
    format_: str | None, output: str | None, among: tuple[str, ...], otherwise: str = "table"
) -> str:
    """The format asked for, else the one of the file's suffix, else `otherwise`."""
    if format_ or not output:
        return format_ or otherwise
    from factlog.render import SUFFIXES

    suffix = PurePath(output).suffix.lower()
    found = SUFFIXES.get(suffix, "")
    if found in among:
        return found
    if not suffix:
        return otherwise
    raise click.UsageError(
        f"The suffix of {output} names no format here; add -f with one of: {', '.join(among)}."
    )


def a_date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Period | None:
    """Read a date in any form factlog reads, or refuse it with a caret under the spot."""
    from factlog import dates

    return None if value is None else dates.parse(value)


def a_share(ctx: click.Context, param: click.Parameter, value: str | None) -> Decimal | None:
    """Turn 2% or 0.02 into 0.02; refuse 1, which could be 1% or all, and what is beyond 100%."""
    if value is None:
        return None
    text = value.strip()
    try:
        number = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    share = number / 100 if text.endswith("%") else number
    if number.is_finite() and number >= 1 and not text.endswith("%"):
        raise click.BadParameter(f"{value!r} has no percent sign; write {text}%.", ctx, param)
    if not share.is_finite() or not 0 <= share <= 1:
        raise click.BadParameter(
            f"{value!r} is not between 0% and 100%; write for example 2%.", ctx, param
        )
    return share


def a_policy(_ctx: click.Context, _param: click.Parameter, value: str) -> Policy:
    """Look up the policy of this name."""
    return POLICIES[value]


policy = click.option(
    "--policy",
    type=click.Choice(list(POLICIES)),
    callback=a_policy,
    default="default",
    envvar="FACTLOG_POLICY",
    help="How hedges are taken.",
)


def judging(function: Function) -> Function:
    """`--policy` and `--tolerance`, which together make the policy."""
    function = click.option(
        "--tolerance",
        callback=a_share,
        metavar="PERCENT",
        help="Readings this close are near, not a conflict (default 1%).",
    )(function)
    return policy(function)


def judged_by(policy: Policy, tolerance: Decimal | None) -> Policy:
    """The policy, with the tolerance that was asked for."""
    return policy if tolerance is None else replace(policy, tolerance=tolerance)
