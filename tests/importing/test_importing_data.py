"""The files that come with factlog go in whole."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from factlog import parsing
from factlog.claim import Claim, Hedge, fingerprint
from factlog.importing import read_rows, take_all

ROOT = Path(__file__).parents[2]
FOUNDING = ROOT / "seeds" / "founding.csv"
RECORD = ROOT / "seeds" / "record.csv"
ECONOMIST = ROOT / "examples" / "economist_estimates.csv"
PARTICLES = ROOT / "examples" / "pdg_example.csv"
AS_THE_ECONOMIST_HAS_IT = {
    "subject": "country",
    "measure": "type",
    "low": "estimate_low",
    "high": "estimate_high",
    "value": "estimate",
    "as_of": "date",
    "url": "source_url",
}


def taken(path: Path, **options: object) -> tuple[Claim, ...]:
    with path.open("rb") as stream:
        return take_all(read_rows(stream, **options))  # type: ignore[arg-type]


def economist() -> tuple[Claim, ...]:
    return taken(ECONOMIST, mapping=AS_THE_ECONOMIST_HAS_IT, date_format="%d/%m/%Y")


def test_the_founding_claims() -> None:
    found = taken(FOUNDING)
    assert [(claim.measure, claim.said) for claim in found] == [
        ("killed", "around 300"),
        ("injured", "around 2,700"),
        ("casualties", "about 4,000"),
        ("deployed", "approximately 10,000 to 12,000"),
    ]
    assert found[0].statement is found[1].statement
    assert found[2].statement.as_of is not None
    assert found[2].statement.as_of.first is None


def test_the_record_around_them() -> None:
    found = taken(RECORD)
    assert len(found) == 44
    assert len({fingerprint(claim) for claim in found}) == 44
    hedges = Counter(claim.estimate.hedge for claim in found)
    assert hedges[Hedge.VAGUE] == 3
    assert sum(claim.measure == "killed" for claim in found) > 3


def test_the_economists_file() -> None:
    found = economist()
    assert len(found) == 124
    assert len({claim.statement.source for claim in found}) == 33
    hedges = Counter(claim.estimate.hedge for claim in found)
    assert hedges[Hedge.RANGE] == 34
    assert {claim.said for claim in found} > {
        "at least 15000",
        "at most 25000",
        "290000 to 350000, best 320000",
        "319,300 to 461,200",
    }
    assert {claim.statement.subject for claim in found} == {"russia", "ukraine"}


def test_the_particle_data_groups_measurements() -> None:
    found = taken(PARTICLES)
    assert len(found) == 117
    assert len({claim.statement.subject for claim in found}) == 16
    assert {claim.estimate.hedge for claim in found} == {Hedge.PLUS_MINUS}
    assert {claim.estimate.coverage for claim in found} == {Decimal("0.683")}
    uneven = [claim for claim in found if claim.estimate.plus != claim.estimate.minus]
    assert len(uneven) == 15
    assert all(claim.estimate.unit for claim in found)


@pytest.mark.parametrize("path", [FOUNDING, RECORD, ECONOMIST, PARTICLES], ids=lambda p: p.name)
def test_every_claim_reads_again_as_it_stands(path: Path) -> None:
    for claim in economist() if path == ECONOMIST else taken(path):
        again = parsing.read(claim.said, unit=claim.estimate.unit).estimate
        assert again == claim.estimate, claim.said


def test_the_same_file_makes_the_same_claims() -> None:
    assert economist() == economist()
