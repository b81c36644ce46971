"""Points, evidence and recognitions of communes travel; each column is its giver's word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from db.tables import criteria as tables
from desktop.application import criteria, criteria_evidence, criteria_recognitions, criteria_scores, criteria_tables
from desktop.application.criteria_sets import sets, shipped_sets
from desktop.application.packages import desk
from desktop.domain.criteria.scoring import By
from desktop.domain.criteria.sets import Row
from desktop.exchange.criteria_table.writing import table_xlsx
from tests.application.packages.making import Pc

Pcs = Callable[..., list[Pc]]
F = Fraction
HERE, YEAR = "04001", 2024
PDF = b"%PDF-1.4 minutes"


def _put(pc: Pc, by: By, points: str, code: str = "2") -> None:
    criteria_scores.put(pc.record, unit=HERE, year=YEAR, code=code, by=by, points=points)


def _held(pc: Pc) -> dict[tuple[str, str], Fraction | None]:
    return {(one.line, one.by): one.points for one in tables.scores_of(pc.record, year=YEAR)}


def test_points_reasons_evidence_and_decisions_arrive(pcs: Pcs, stick: Path, tmp_path: Path) -> None:
    district, province = pcs("137", "15")
    _put(district, By.OFFICE, "9,5")
    file = tmp_path / "biên bản.pdf"
    file.write_bytes(PDF)
    day = date(2025, 1, 10)
    criteria_evidence.add(district.record, unit=HERE, year=YEAR, code="2", by=By.OFFICE, path=file, today=day)
    criteria_recognitions.recognise(district.record, unit=HERE, year=YEAR, decision="1626/QĐ-UBND", day=day)
    assert province.take(district.send(province, stick).file).waiting == 0
    assert _held(province) == {("2", "office"): F("9.5")}
    (kept,) = criteria_evidence.evidence(province.record, unit=HERE, year=YEAR)
    assert criteria_evidence.content(province.record, kept.uid) == PDF
    assert [one.decision for one in tables.recognitions(province.record)] == ["1626/QĐ-UBND"]
    _put(district, By.OFFICE, "")
    criteria_recognitions.forget(district.record, unit=HERE, day_of_decision=day, today=day)
    province.take(district.send(province, stick).file)
    assert _held(province) == {("2", "office"): None}
    assert tables.recognitions(province.record) == []


def test_a_table_goes_with_the_points_given_by_it(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    frame = shipped_sets()["1300"]
    rows = (Row("2.1", "Một", F(4)), Row("2.2", "Hai", F(6)))
    parts = tuple(replace(part, rows=rows) if part.number == "2" else part for part in frame.criteria)
    one = replace(frame, frame="1300", first_year=2024, criteria=parts, sources=(), gaps=())
    content = table_xlsx(one, made=date(2025, 1, 1))
    installed = criteria_tables.install(district.record, content=content, name="b.xlsx").criteria
    _put(district, By.SELF, "3", "2.1")
    province.take(district.send(province, stick).file)
    assert installed is not None
    assert sets(province.record)[installed.code] == installed
    assert criteria.standing_of(province.record, unit=HERE, year=YEAR).criteria == installed


def test_in_a_conflict_the_giver_of_the_column_stands_on_both_sides(pcs: Pcs, stick: Path) -> None:
    district, province = pcs("137", "15")
    for by in (By.OFFICE, By.PROVINCE):
        _put(district, by, "5")
        _put(province, by, "8")
    to_province, to_district = district.send(province, stick).file, province.send(district, stick).file
    assert len(province.take(to_province).conflicts) == 2
    district.take(to_district)
    told = {("2", "office"): F(5), ("2", "province"): F(8)}
    assert _held(province) == _held(district) == told
    first = desk.open_conflicts(province.record)[0]
    assert (first.stands["points"], first.other["points"]) == ("5", "8")
    desk.decide(province.record, conflict=first.uid, take_other=True, reason="đã gọi điện")
    district.take(province.send(district, stick).file)
    assert _held(district)["2", "office"] == F(8)
