"""Sentences in other languages: each value as it would be in English, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from factlog.extraction import Confidence, extract
from factlog.extraction.modality import Modality
from factlog.parsing import read

SENTENCES = [
    pytest.param(path.stem, *line.split("\t"), id=line.partition("\t")[0])
    for path in sorted((Path(__file__).with_name("languages")).glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "sentence", "values", "source"), SENTENCES)
def test_a_sentence_gives_its_values_and_their_source(
    language: str, sentence: str, values: str, source: str
) -> None:
    proposals = list(extract(sentence, language=language))
    expected = [] if values == "-" else [read(value) for value in values.split("; ")]
    assert [each.estimate for each in proposals] == [each.estimate for each in expected]
    assert [each.thing for each in proposals] == [each.thing for each in expected]
    for each in proposals:
        assert each.source == (source or None)
        assert sentence[each.at : (each.at or 0) + len(each.text)] == each.text
        assert each.language == language
        assert each.confidence is not Confidence.HIGH


MODALITIES = [
    ("ru", "Если погибнут 300 человек, это будет катастрофа.", Modality.HYPOTHETICAL),
    ("uk", "Міністерство спростувало, що загинули 300 людей.", Modality.DENIES),
    ("es", "Podrían morir hasta 500 personas.", Modality.HYPOTHETICAL),
    ("fr", "La ministre envisage d'envoyer 300 soldats.", Modality.PLANS),
]


@pytest.mark.parametrize(("language", "sentence", "modality"), MODALITIES)
def test_what_is_not_stated_is_said_to_be_so(
    language: str, sentence: str, modality: Modality
) -> None:
    (proposal,) = extract(sentence, language=language)
    assert (proposal.modality, proposal.confidence) == (modality, Confidence.LOW)


def test_unnamed_sources_are_told() -> None:
    (proposal,) = extract("Джерела повідомили, що вбито 40 військових.", language="uk")
    assert (proposal.source, proposal.unnamed) == ("Джерела", True)


def test_a_sentence_is_read_in_the_language_that_is_guessed() -> None:
    text = "За даними розвідки, у боях на сході країни загинули близько 300 солдатів."
    (proposal,) = extract(text)
    assert (proposal.language, proposal.measure, proposal.source) == ("uk", "killed", "розвідки")
