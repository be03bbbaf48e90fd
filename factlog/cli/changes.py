"""What has changed in a record since an earlier event: claims, decisions, verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factlog import comparer
from factlog.answers import Changes
from factlog.claim import Claim
from factlog.comparer import changed
from factlog.findings import Comparison
from factlog.names import fold
from factlog.store import Store

# What is told by what it did to claims and decisions.
_TOLD = ("add", "import", "edit", "retract", "decide", "undo")


def since(store: Store, number: int, today: date) -> Changes:
    """Everything that is otherwise than it was when event `number` had been logged."""
    with store.steady():
        touched, renamed = store.touched_since(number)
        now = _claims(store, touched)
        decided = store.decisions(today, every=True)
        with store.as_at(number):
            then = _claims(store, touched)
            known = {each.uid for each in store.decisions(today, every=True)}
            earlier = _compared(store, (*now.values(), *then.values()), everything=renamed)
        later = _compared(store, (*now.values(), *then.values()), everything=renamed)
        verdicts = changed.verdicts(
            earlier, later, touched, lambda name: store.resolve("subject", name) or name
        )
        live = {each for each, claim in now.items() if claim.retracted is None}
        lived = {each for each, claim in then.items() if claim.retracted is None}
        done = [each for each in reversed(store.log()) if each.id > number]
        return Changes(
            number,
            len(done),
            tuple(now[each] for each in sorted(live - lived)),
            tuple(
                (then[each], now[each])
                for each in sorted(live & lived)
                if then[each].uid != now[each].uid
            ),
            tuple(now.get(each, then[each]) for each in sorted(lived - live)),
            tuple(each for each in decided if each.uid not in known),
            tuple(verdicts),
            tuple(f"{each.action}, {each.about}" for each in done if each.action not in _TOLD),
        )


def _claims(store: Store, ids: Iterable[int]) -> dict[int, Claim]:
    """Those of these claims that are on record, as they stand, by their ids."""
    return {claim.id: claim for claim in store.numbered(ids) if claim.id is not None}


def _compared(store: Store, claims: Iterable[Claim], *, everything: bool) -> Comparison:
    """The subjects of these claims compared, or all of them."""
    measures = store.measures()
    if everything:
        return comparer.compare(store.claims(), measures=measures, camps=False)
    named = {fold(claim.statement.subject): claim.statement.subject for claim in claims}
    found = {store.resolve("subject", name) for name in named.values()} - {None}
    return comparer.compare(
        (claim for name in sorted(filter(None, found)) for claim in store.claims(subject=name)),
        measures=measures,
        camps=False,
    )
