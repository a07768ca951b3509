"""The clarity light goes from noise to a claim that can fail, and says what is missing on the way."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from prodlead_desktop.domain import clarity
from prodlead_desktop.domain.clarity import Light
from prodlead_desktop.domain.kinds.outcome import OutcomeData

CLAIM = OutcomeData(
    metric="Median time to first insight",
    unit="min",
    baseline=40.0,
    target=3.0,
    deadline=datetime.date(2027, 9, 30),
    deadline_precision="quarter",
    because="3 minutes is the threshold for habit formation",
    threshold=3.0,
)


def test_a_full_claim_is_clear() -> None:
    found = clarity.of_outcome(CLAIM)
    assert (found.light, found.missing) == (Light.CLEAR, ())
    assert found.sentence == "Clear: this claim can fail"
    assert found.reason == "Number, date, cause and where it starts to work."


def test_words_without_a_number_are_noise() -> None:
    found = clarity.of_outcome(OutcomeData(statement="Improve the onboarding experience"))
    assert found.light is Light.NOISE
    assert found.sentence == "Noise so far"
    assert len(found.missing) == 7


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("metric", None, "the metric"),
        ("baseline", None, "today’s number"),
        ("target", None, "the target"),
        ("target", 40.0, "a target that differs from today"),
        ("unit", None, "the unit"),
        ("deadline", None, "a date"),
        ("because", None, "a cause in 6 words or more"),
        ("because", "because we really want it", "a cause in 6 words or more"),
        ("threshold", None, "where it starts to work"),
    ],
)
def test_each_part_that_lacks_is_named_and_only_that(field: str, value: object, words: str) -> None:
    found = clarity.of_outcome(replace(CLAIM, **{field: value}))
    assert found.light is Light.DIRECTION
    assert found.missing == (words,)
    assert found.reason == f"Missing: {words}."


def test_several_gaps_read_as_one_sentence() -> None:
    found = clarity.of_outcome(replace(CLAIM, unit=None, deadline=None, threshold=None))
    assert found.reason == "Missing: the unit, a date and where it starts to work."


def test_zero_is_a_number() -> None:
    assert clarity.of_outcome(replace(CLAIM, baseline=0.0, threshold=0.0)).light is Light.CLEAR
