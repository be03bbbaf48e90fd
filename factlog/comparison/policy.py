"""How claims are judged: what kind a measure is, and the one Policy that all judgment sits in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """How a measure behaves in time."""

    CONSTANT = "constant"
    CUMULATIVE = "cumulative"
    LEVEL = "level"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is: its kind, the parts it is the sum of, its other names.

    `tolerance` is relative (0.02 is 2%) and `window` is in days; None takes the policy's.
    """

    name: str
    kind: Kind = Kind.CONSTANT
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tolerance: Decimal | None = None
    window: int | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """How words are taken and how much difference is let pass.

    `about` is the relative width of a hedge (0.1 reads "about 300" as 270 to 330; None
    takes half a unit of the last significant digit instead). `tolerance` is relative,
    `sigmas` is how many standard errors a ± spans, `window_days` how far apart two levels
    may be dated and still be compared.
    """

    name: str = "default"
    about: Decimal | None = Decimal("0.1")
    tolerance: Decimal = Decimal("0.01")
    sigmas: Decimal = Decimal(2)
    window_days: int = 30


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        "default": Policy(),
        "strict": Policy("strict", about=Decimal(0), tolerance=Decimal(0)),
        "digits": Policy("digits", about=None),
    }
)
