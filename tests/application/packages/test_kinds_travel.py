"""Decisions behind assigned figures, chosen denominators, estimates: each arrives as what it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.tables import assignments, denominators
from db.tables.assignments import Assignment
from db.tables.denominators import Denominator
from desktop.application import assigned, double_entry, entry, submissions, values
from desktop.application import denominators as choosing
from desktop.domain.values import Kind, number
from desktop.wording import say
from tests.application.packages.making import COMMUNES, YEAR, Pc

Pcs = Callable[..., list[Pc]]
UID = COMMUNES[0].uid


def figures(pc: Pc, kind: Kind) -> list[tuple[str, object]]:
    rows = values.value_rows(pc.record, period=YEAR, unit="04001", kind=kind)
    return [(row.element, row.value.number) for row in rows]


def type_as(pc: Pc, kind: Kind, figure: int) -> None:
    entry.type_value(pc.record, unit=UID, period=YEAR, element="births", value=number(figure), kind=kind)


def test_a_decision_and_its_figures_arrive_together(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    found = assigned.distribute(
        district.record, form="commune", element="births", year=2025, total=number(10), by=assigned.By.EQUAL
    )
    day = date(2025, 1, 15)
    assigned.write_distribution(district.record, distribution=found, number="12/QĐ-TTYT", decided_on=day)
    taken = province.take(district.send(province, stick).file)
    assert (taken.result, taken.waiting) == ("accepted", 0)
    assert figures(province, Kind.ASSIGNED) == [("births", 4)]
    assert figures(province, Kind.ACTUAL) == []
    decision = assigned.decision(province.record, form="commune", year=2025)
    assert decision is not None
    assert (decision.number, decision.decided_on, decision.office, decision.own) == (
        "12/QĐ-TTYT",
        day,
        district.office,
        False,
    )
    assigned.put_decision(district.record, form="commune", year=2025, number="13/QĐ-TTYT", decided_on=None)
    province.take(district.send(province, stick).file)
    held = assignments.of(province.record, form="commune", years=[2025])
    assert held == [Assignment(district.office, "commune", 2025, "13/QĐ-TTYT", None)]


def test_a_chosen_denominator_arrives_and_goes_again(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    told = Denominator(UID, 2025, "average", 50_000_000, "Cục Thống kê", official=True)
    with district.record.change(say("Choose"), source="window"):
        denominators.put(district.record, [told])
    province.take(district.send(province, stick).file)
    assert denominators.of(province.record, [2025]) == [told]
    with district.record.change(say("Take back"), source="window"):
        assert denominators.take_away(district.record, year=2025, population="average") == 1
    province.take(district.send(province, stick).file)
    assert denominators.of(province.record, [2025]) == []


def test_estimates_and_second_entries_are_never_figures_elsewhere(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    type_as(district, Kind.ESTIMATE, 7)
    double_entry.put_entered_twice(district.record, forms=["commune"])
    cells = [entry.Typed(UID, "deaths", number(3))]
    double_entry.type_second(district.record, form="commune", period=YEAR, cells=cells)
    province.take(district.send(province, stick).file)
    assert figures(province, Kind.ACTUAL) == []
    assert figures(province, Kind.ESTIMATE) == [("births", 7)]
    assert double_entry.second(province.record, form="commune", period=YEAR) == {}


def test_a_draft_of_another_office_gives_no_denominator(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    district.write(1, "insured", 5)
    district.write(2, "insured", 7)
    told = {"year": 2025, "population": "average", "element": "insured"}
    assert len(choosing.from_form(district.record, **told).amounts) == 2  # type: ignore[arg-type]
    submissions.complete(district.record, unit="04002", form="commune", period=YEAR, reason="sẽ bổ sung")
    province.take(district.send(province, stick).file)
    chosen = choosing.from_form(province.record, **told)  # type: ignore[arg-type]
    assert list(chosen.amounts) == [COMMUNES[1].uid]
