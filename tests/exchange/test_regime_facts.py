"""What is known of the official regimes: every fact with its source, recollections never as facts, gaps named."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.application.regime_facts import ABOUT, CERTAINTIES, regimes
from desktop.domain.regime_facts import About, Certainty
from desktop.exchange.regime_facts import read_regime_facts

FACT = """
format: sotram-regimes/1
regimes:
  - code: a
    symbol: A
    subject: b
    facts:
      - {{about: title, text: Tên, certainty: {certainty}{source}}}
    gaps: [cột]
"""


def read(certainty: str, source: str = ""):
    return read_regime_facts(FACT.format(certainty=certainty, source=source), "a.yaml")


def test_every_fact_shipped_has_a_source_and_every_regime_names_its_gaps():
    for one in regimes():
        assert one.gaps
        for fact in one.facts:
            assert (fact.source == "") == (fact.certainty is Certainty.MEMORY), fact.text


def test_the_regimes_in_force_are_told_by_day():
    found = {one.code: (one.valid_from, one.valid_to) for one in regimes()}
    assert found["tt23_2025"] == (date(2025, 7, 1), date(2027, 3, 1))
    assert found["tt37_2019"] == (date(2020, 4, 1), None)
    assert found["tt15_2026"] == (date(2026, 7, 1), None)


def test_deadlines_of_2019_go_by_level():
    (one,) = [one for one in regimes() if one.code == "tt37_2019"]
    days = {fact.level: fact.working_days for fact in one.facts if fact.about is About.DEADLINE}
    assert days == {"commune": 5, "district": 15, "province": 25, "centre": None}


def test_a_recollection_is_never_the_answer():
    (one,), findings = read("memory")
    assert findings == []
    assert one.title is None
    (one,), _ = read("found", ", source: nơi đọc")
    assert one.title == "Tên"


@pytest.mark.parametrize("certainty", ["found", "found_second"])
def test_a_fact_without_a_source_is_an_error(certainty):
    found, findings = read(certainty)
    assert found == ()
    assert [(one.rule, one.row) for one in findings] == [("regimes_source", 8)]


def test_everything_has_a_word():
    assert set(ABOUT) == set(About)
    assert set(CERTAINTIES) == set(Certainty)
