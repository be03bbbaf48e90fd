"""factlog keeps numeric claims and shows where they cannot all be right, and why.

The same calls the command line makes::

    from factlog import Store, compare

    with Store.open("factlog.db") as store:
        comparison = compare(store.claims(subject="Everest height"), measures=store.measures())

Each name is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import NotSupported, Support
    from factlog.claim import Claim, Estimate, Hedge, Period, Statement
    from factlog.errors import FactlogError
    from factlog.findings import Finding, Side, Verdict
    from factlog.frames import Comparison, compare, support
    from factlog.importing import claims, read_frame
    from factlog.parsing import read
    from factlog.policy import POLICIES, Kind, Measure, Policy
    from factlog.store import Store

__version__ = "0.1.0"

__all__ = [
    "POLICIES",
    "Claim",
    "Comparison",
    "Estimate",
    "FactlogError",
    "Finding",
    "Hedge",
    "Kind",
    "Measure",
    "NotSupported",
    "Period",
    "Policy",
    "Side",
    "Statement",
    "Store",
    "Support",
    "Verdict",
    "claims",
    "compare",
    "read",
    "read_frame",
    "support",
]

_ROOMS = {
    "answers": ("NotSupported", "Support"),
    "claim": ("Claim", "Estimate", "Hedge", "Period", "Statement"),
    "findings": ("Finding", "Side", "Verdict"),
    "frames": ("Comparison", "compare", "support"),
    "policy": ("POLICIES", "Kind", "Measure", "Policy"),
    "errors": ("FactlogError",),
    "importing": ("claims", "read_frame"),
    "parsing": ("read",),
    "store": ("Store",),
}


def __getattr__(name: str) -> object:
    """Load a public name from the room it lives in."""
    from importlib import import_module

    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"factlog.{room}"), name)
    raise AttributeError(f"module 'factlog' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Name what is public."""
    return sorted({*globals(), *__all__})
