"""Mistakes about criteria, and how they are told or taken back: files twice, decisions, names, years, maxima unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.application import criteria, criteria_carry, criteria_evidence, criteria_scores, criteria_tables, history
from desktop.application import criteria_recognitions as recognising
from desktop.application.criteria_sets import shipped_sets
from desktop.domain.criteria.scoring import By
from desktop.domain.criteria.sets import Criterion, Row
from desktop.errors import AppError
from desktop.exchange.criteria_table.writing import table_xlsx
from desktop.system.i18n import render

F = Fraction
HERE, YEAR, TODAY = "04456", 2024, date(2025, 1, 14)


def test_the_same_file_under_another_name_changes_nothing(district, tmp_path):
    first, again = tmp_path / "Quyết định.pdf", tmp_path / "ban-sao.pdf"
    for file in (first, again):
        file.write_bytes(b"%PDF-1.4 one page")
    where = {"unit": HERE, "year": YEAR, "code": "1", "by": By.SELF, "today": TODAY}
    kept, _changes = criteria_evidence.add(district, **where, path=first)
    there, changes = criteria_evidence.add(district, **where, path=again)
    assert (there, changes.changed) == (kept, False)
    noted, changes = criteria_evidence.add(district, **where, path=again, note="bản ký")
    assert changes.changed
    assert (noted.name, noted.note) == ("Quyết định.pdf", "bản ký")


def test_a_decision_noted_by_mistake_is_taken_away_and_comes_back(district):
    day = date(2024, 12, 20)
    recognising.recognise(district, unit=HERE, year=YEAR, decision="1626/QĐ-UBND", day=day)
    assert recognising.count(district, on=TODAY)[0] == 1
    with pytest.raises(AppError) as refused:
        recognising.forget(district, unit=HERE, day_of_decision=date(2024, 12, 21), today=TODAY)
    assert refused.value.code == "unknown_recognition"
    assert recognising.forget(district, unit=HERE, day_of_decision=day, today=TODAY, source="window").changed
    assert recognising.count(district, on=TODAY)[0] == 0
    history.undo(district, source="window")
    assert recognising.count(district, on=TODAY)[0] == 1


def test_columns_bear_the_names_the_office_gave_them(district):
    criteria_scores.name_columns(district, {By.OFFICE: " Trung tâm  chấm "})
    assert criteria_scores.column_names(district)[By.OFFICE] == "Trung tâm chấm"
    with pytest.raises(AppError):
        criteria_scores.name_columns(district, {By.PROVINCE: "trung tâm chấm"})
    with pytest.raises(AppError):
        criteria_scores.name_columns(district, {By.PROVINCE: "x" * 25})
    criteria_scores.name_columns(district, {By.OFFICE: ""})
    assert render(criteria_scores.column_names(district)[By.OFFICE]) == "Phúc tra"


def test_a_year_behind_the_last_decision_is_scored_with_a_word_about_it(district):
    usual = criteria.score_file(district, unit=HERE, year=2022, text="code,self\n1,2\n", name="d.csv", dry_run=True)
    assert usual.findings == ()
    assert criteria.is_past_its_end(district, criteria.shipped_sets()["1300"], 2031)


def test_a_negative_figure_of_a_set_without_maxima_is_no_matter_of_its_maximum():
    old = criteria.shipped_sets()["4667"]
    found = criteria_scores.faults_of(old, old.rows[0], F(-1))
    assert render(found[0].message) == "Mục 1 ghi −1 điểm: điểm không nhỏ hơn 0."


def test_points_go_along_into_a_mended_table_where_the_rows_are_the_same(district):
    one = shipped_sets()["1300"]

    def table(second: int) -> bytes:
        rows = (Row("1.1", "Một", F(14 - second)), Row("1.2", "Hai", F(second)))
        parts = (Criterion("1", "Chỉ đạo", F(14), rows), *one.criteria[1:])
        return table_xlsx(replace(one, frame="1300", first_year=YEAR, criteria=parts, gaps=()), made=TODAY)

    first = criteria_tables.install(district, content=table(4), name="b.xlsx").criteria
    for code, points in (("1.1", "9,5"), ("1.2", "3"), ("2", "8")):
        criteria_scores.put(district, unit=HERE, year=YEAR, code=code, by=By.SELF, points=points, reason="rõ")
    mended = criteria_tables.install(district, content=table(5), name="b.xlsx").criteria
    assert first is not None
    assert mended is not None
    done = criteria_carry.carry(district, unit=HERE, year=YEAR, to=mended.code)
    assert (done.points, done.left) == (1, ("1.1", "1.2"))
    told = criteria.standing_of(district, unit=HERE, year=YEAR)
    assert told.criteria.code == mended.code
    assert told.columns == {By.SELF: {"2": F(8)}}
    assert criteria.standing_of(district, unit=HERE, year=YEAR, code=first.code).columns[By.SELF]["1.1"] == F("9.5")
    assert not criteria_carry.carry(district, unit=HERE, year=YEAR, to=mended.code).changes.changed
