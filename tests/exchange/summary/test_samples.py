"""The sample summaries give exactly what was typed."""

from __future__ import annotations

import pytest

from desktop.domain.findings import Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, Kind
from desktop.exchange.reading import Layout
from tests.exchange.summary.making import (
    EXPECTED,
    SAMPLES,
    read_all,
    read_one,
    rules_of,
    values_of,
)


@pytest.mark.parametrize("key", EXPECTED["periods"])
def test_a_sample_gives_exactly_what_was_typed(key: str) -> None:
    period, file = key.split("|")
    sample = EXPECTED["periods"][key]
    reading = read_one((SAMPLES / file).read_bytes(), file)
    values = {
        unit: {code: said for code, said in row.items() if said is not None} for unit, row in values_of(reading).items()
    }
    assert values == {
        unit: {code: said for code, said in row.items() if said is not None} for unit, row in sample["values"].items()
    }
    silent = {(c.unit, c.element) for c in reading.candidates if c.value == NOT_REPORTED}
    assert silent <= {tuple(pair) for pair in sample["not_reported"]}
    assert reading.period == Period.parse(period)
    assert reading.kind is (Kind.ESTIMATE if "uoc" in file else Kind.ACTUAL)
    assert reading.accepted == len(sample["units"])
    assert reading.encoding is (Encoding.TCVN3 if "tcvn3" in file else Encoding.UNICODE)
    assert rules_of(reading, Severity.WARNING) == (["import.dash"] if period == "2024" else [])


def test_the_rows_left_out_of_a_sample_are_told() -> None:
    reading = read_one((SAMPLES / "tong-hop-2022.xlsx").read_bytes(), "tong-hop-2022.xlsx")
    assert [(skipped.row, str(skipped.reason)) for skipped in reading.skipped] == [
        (22, "Total row “Tổng cộng”"),
        (24, "Signature line"),
    ]


def test_the_weighing_lists_are_recognised_and_left_to_their_own_reader() -> None:
    readings = read_all((SAMPLES / "can-do-tre-2024-06.xlsx").read_bytes(), "can-do-tre-2024-06.xlsx")
    assert {reading.layout for reading in readings} == {Layout.WEIGHING}
    assert not any(rules_of(reading) for reading in readings)
