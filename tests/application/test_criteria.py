"""Criteria of communes: points by cell, tables beside the decision, proposals, evidence, zones, recognitions."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from db.tables import blobs
from db.tables import units as unit_rows
from desktop.application import (
    acts,
    checks,
    criteria,
    criteria_evidence,
    criteria_overview,
    criteria_scores,
    criteria_tables,
    stations,
    values,
)
from desktop.application import criteria_proposals as proposing
from desktop.application import criteria_recognitions as recognising
from desktop.application.boundaries import Rate
from desktop.application.criteria_sets import sets, shipped_sets
from desktop.application.criteria_zones import set_zone, zone_of
from desktop.application.scopes import Scope
from desktop.application.station_writing import say_fact
from desktop.domain.acts import ActKind
from desktop.domain.acts_drafts import Draft, Source, Target
from desktop.domain.criteria.scoring import By, Verdict
from desktop.domain.criteria.sets import CriteriaSet, Criterion, Row
from desktop.domain.periods import Period
from desktop.domain.values import Ratio
from desktop.errors import AppError
from desktop.exchange.criteria_table.writing import table_xlsx
from desktop.system.i18n import render

F = Fraction
HERE, OTHER, YEAR, TODAY = "04456", "04459", 2024, date(2025, 1, 14)
MAXIMA = (14, 10, 12, 9, 19, 12, 6, 11, 3, 4)
PDF = b"%PDF-1.4 one page"


def _score(record, unit=HERE, year=YEAR, by="self", points=MAXIMA):
    rows = "\n".join(f"{number},{one}" for number, one in enumerate(points, 1))
    return criteria.score_file(record, unit=unit, year=year, text=f"code,{by}\n{rows}\n", name="điểm.csv")


def _table(first_year=2025, rule=None, zones=(), name="Phần"):
    """A made-up table: every criterion in two halves; only its shape is that of the decision."""
    frame = shipped_sets()["1300"]
    parts = []
    for part in frame.criteria:
        half = (part.maximum or F(0)) / 2
        first = Row(f"{part.number}.1", f"{name} một", half, rule=rule if part.number == "1" else None)
        second = Row(f"{part.number}.2", f"{name} hai", half, in_zones=zones if part.number == "10" else ())
        parts.append(Criterion(part.number, part.name, part.maximum, (first, second)))
    return replace(frame, frame="1300", first_year=first_year, criteria=tuple(parts), sources=(), gaps=())


def _install(record, one: CriteriaSet, *, dry_run=False):
    return criteria_tables.install(record, content=table_xlsx(one, made=TODAY), name="bảng.xlsx", dry_run=dry_run)


# ---- tables


def test_a_table_is_looked_at_before_it_is_installed(district):
    seen = _install(district, _table(), dry_run=True)
    assert seen.findings == ()
    assert seen.criteria is not None
    assert {one.code for one in seen.differences} == {row.code for row in _table().rows}
    assert list(sets(district)) == ["4667", "1300"]
    done = _install(district, _table())
    assert done.changes.changed
    assert done.criteria is not None
    assert list(sets(district)) == ["4667", "1300", done.criteria.code]
    assert not _install(district, _table()).changes.changed


def test_years_that_are_scored_keep_their_set_and_later_ones_take_the_table(district):
    _score(district)
    before = criteria.standing_of(district, unit=HERE, year=YEAR)
    one = _install(district, _table(first_year=2023)).criteria
    assert criteria.standing_of(district, unit=HERE, year=YEAR) == before
    assert one is not None
    assert criteria.standing_of(district, unit=OTHER, year=YEAR).criteria == one
    assert criteria.standing_of(district, unit=OTHER, year=2022).criteria.code == "4667"


def test_a_mended_table_is_another_beside_the_first(district):
    first = _install(district, _table()).criteria
    mended = _install(district, _table(name="Mục")).criteria
    assert first is not None
    assert mended is not None
    assert (first.edition, mended.edition) == (1, 2)
    assert criteria.used_set(district, year=2025) == mended
    assert criteria.used_set(district, year=2025, code="1300") == mended
    assert criteria.used_set(district, year=2025, code=first.code) == first
    assert criteria.used_set(district, year=2024).code == "1300"


def test_a_written_table_is_read_back_as_the_one_installed(district):
    one = _install(district, _table()).criteria
    again = criteria_tables.template_bytes(district)
    assert not criteria_tables.install(district, content=again, name="b.xlsx").changes.changed
    assert one is not None
    assert sets(district)[one.code] == one


def test_what_a_rule_can_refer_to_is_named_once(district):
    codes = [code for code, _ in criteria_tables.figures(district)]
    assert len(codes) == len(set(codes))
    assert {"stunting_rate", "stunted", "tram.doctors"} <= set(codes)


def test_a_table_loaded_by_mistake_goes_unless_something_was_scored_by_it(district):
    one = _install(district, _table(first_year=2024)).criteria
    assert one is not None
    criteria_scores.put(district, unit=HERE, year=YEAR, code="2.1", by=By.SELF, points="3")
    with pytest.raises(AppError) as refused:
        criteria_tables.remove(district, code=one.code)
    assert refused.value.code == "set_in_use"
    other = _install(district, _table(name="Mục")).criteria
    assert other is not None
    assert criteria_tables.remove(district, code=other.code).changed
    assert list(sets(district)) == ["4667", "1300", one.code]
    with pytest.raises(AppError):
        criteria_tables.remove(district, code="1300")


def test_a_set_is_not_used_before_it_begins(district):
    with pytest.raises(AppError) as refused:
        criteria.used_set(district, year=2022, code="1300")
    assert refused.value.code == "set_not_in_force"
    told = criteria.score_file(district, unit=HERE, year=2024, text="code,self\n1,5\n", name="f", code="4667")
    assert [one.rule for one in told.findings] == ["criteria.not_in_force"]


# ---- points


def test_a_cell_is_written_as_typed_and_taken_back(district):
    _score(district)
    put = {"unit": HERE, "year": YEAR, "code": "2", "by": By.OFFICE}
    assert criteria_scores.put(district, **put, points="9,5", reason="Bác sĩ nghỉ").changed
    row = criteria_overview.sheet(district, unit=HERE, year=YEAR, today=TODAY).rows[1]
    assert (row.cells[By.OFFICE].points, row.cells[By.OFFICE].reason) == (F("9.5"), "Bác sĩ nghỉ")
    assert not criteria_scores.put(district, **put, points=F("9.5")).changed
    assert criteria_scores.put(district, **put, points="").changed
    row = criteria_overview.sheet(district, unit=HERE, year=YEAR, today=TODAY).rows[1]
    assert (row.cells[By.OFFICE].points, row.cells[By.OFFICE].reason) == (None, "Bác sĩ nghỉ")
    assert criteria.standing_of(district, unit=HERE, year=YEAR).judged.by is By.SELF


@pytest.mark.parametrize("points", ["10,5", "-1", "chín", "1,2,3", "1.00001", "٣"])
def test_points_that_cannot_be_given_are_refused_with_advice(district, points):
    with pytest.raises(AppError) as refused:
        criteria_scores.put(district, unit=HERE, year=YEAR, code="2", by=By.SELF, points=points)
    assert refused.value.code == "criteria_points"
    assert refused.value.advice is not None


def test_whole_points_and_steps_are_kept_to(district):
    frame = shipped_sets()["1300"]
    rows = (Row("2.1", "Một", F(4), grain=F(1)), Row("2.2", "Hai", F(6), steps=(F(0), F(3), F(6))))
    parts = tuple(replace(part, rows=rows) if part.number == "2" else part for part in frame.criteria)
    _install(district, replace(frame, frame="1300", first_year=2024, criteria=parts, sources=(), gaps=()))
    where = {"unit": HERE, "year": YEAR, "by": By.SELF}
    for code, wrong, right in (("2.1", "2,5", "3"), ("2.2", "2", "3")):
        with pytest.raises(AppError):
            criteria_scores.put(district, **where, code=code, points=wrong)
        assert criteria_scores.put(district, **where, code=code, points=right).changed


def test_the_verdict_names_its_column_and_copying_fills_blanks_only(district):
    _score(district)
    criteria_scores.put(district, unit=HERE, year=YEAR, code="1", by=By.OFFICE, points="0")
    criteria_scores.copy_column(district, unit=HERE, year=YEAR, from_=By.SELF, to=By.OFFICE)
    told = criteria.standing_of(district, unit=HERE, year=YEAR)
    assert (told.judged.by, told.judged.verdict, told.judged.total) == (By.OFFICE, Verdict.FAIL, F(86))


# ---- the list, what decides


def test_communes_are_ranked_by_what_is_to_spare_or_lacking(district):
    _score(district, "04456", points=(13, 9, 11, 8, 17, 11, 5, 10, 3, 4))
    _score(district, "04459", points=(11, 4.5, 9, 7, 15.5, 9.5, 5, 8.5, 2.5, 3))
    _score(district, "04462", points=MAXIMA)
    found = criteria_overview.overview(district, year=YEAR, today=TODAY)
    assert [(line.commune.code, line.margin) for line in found.lines[:4]] == [
        ("04462", F(20)), ("04456", F(11)), ("04459", F("-4.5")), (found.lines[3].commune.code, None),
    ]  # fmt: skip
    assert (found.passing, found.communes) == (2, 14)
    assert found.means[0] == F(38, 3)


def test_the_goal_comes_from_the_plans_and_counts_decisions(district):
    found = criteria_overview.overview(district, year=YEAR, today=TODAY)
    assert found.goal is not None
    assert (found.goal.plan, found.goal.year, found.goal.value) == ("62-NQ/TU-yen-bai", 2025, Decimal("90.2"))
    assert (found.goal.share, found.goal.missing) == (None, None)
    _score(district)
    recognising.recognise(district, unit=HERE, year=2024, decision="1626/QĐ-UBND", day=date(2024, 12, 20))
    goal = criteria_overview.overview(district, year=YEAR, today=TODAY).goal
    assert goal is not None
    assert (goal.counted, goal.share, goal.missing) == (1, F(100, 14), 12)


def test_the_indicator_counts_valid_decisions(district):
    from desktop.application import plans
    from desktop.domain.periods import Period

    def figure(year):
        told = plans.status(district, code="62-NQ/TU-yen-bai", period=Period.of_year(year))
        return next(one.figure.value for one in told if one.indicator.code == "communes_meeting_criteria")

    assert figure(2024) is None
    recognising.recognise(district, unit=HERE, year=2023, decision="1/QĐ-UBND", day=date(2023, 12, 20))
    recognising.recognise(district, unit=OTHER, year=2023, decision="1/QĐ-UBND", day=date(2023, 12, 20))
    assert figure(2024) == F(200, 14)
    recognising.withdraw(district, unit=OTHER, day_of_decision=date(2023, 12, 20), from_=date(2024, 6, 1))
    assert figure(2024) == F(100, 14)
    assert figure(2023) == F(200, 14)


# ---- zones


def test_rows_by_zone_are_judged_only_where_the_zone_is_known(district):
    _install(district, _table(first_year=2024, zones=(1, 2)))
    full = "\n".join(f"{row.code},{row.maximum.numerator / row.maximum.denominator}" for row in _table().rows)
    criteria.score_file(district, unit=HERE, year=YEAR, text=f"code,self\n{full}\n", name="f")
    told = criteria.standing_of(district, unit=HERE, year=YEAR)
    assert (told.zone.number, told.judged.verdict) == (None, Verdict.NOT_JUDGED)
    assert [one.judged.maximum for one in criteria_overview.if_zone(district, unit=HERE, year=YEAR)] == [100, 100, 98]
    set_zone(district, unit=HERE, zone=3, day=date(2024, 1, 1), basis="Quyết định 1736/QĐ-SYT")
    told = criteria.standing_of(district, unit=HERE, year=YEAR)
    assert (told.zone.number, told.zone.is_decided, told.judged.verdict) == (3, True, Verdict.PASS)
    assert [row.applies for row in criteria_overview.sheet(district, unit=HERE, year=YEAR, today=TODAY).rows][
        -1
    ] is False


def test_a_zone_holds_from_its_day_on(district):
    uid = criteria.standing_of(district, unit=HERE, year=YEAR).commune.uid
    set_zone(district, unit=HERE, zone=2, day=date(2024, 1, 1))
    set_zone(district, unit=HERE, zone=3, day=date(2024, 7, 1))
    assert not set_zone(district, unit=HERE, zone=3, day=date(2024, 8, 1)).changed
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1))
    assert [zone_of(district, unit_uid=uid, on=day).number for day in days] == [None, 2, 2, 3]
    with pytest.raises(AppError):
        set_zone(district, unit=HERE, zone=4, day=date(2024, 1, 1))


def test_areas_of_hard_communes_are_no_zones(district):
    uid = criteria.standing_of(district, unit=HERE, year=YEAR).commune.uid
    from desktop.wording import say

    with district.change(say("Test"), source="window"):
        unit_rows.put_attribute(district, unit=uid, name="minority_area", value="III")
    assert zone_of(district, unit_uid=uid, on=date(2024, 12, 31)).number is None


# ---- proposals

RULE = "insurance_coverage: >=95 = 7; >=90 = 3,5; khác = 0"


def test_the_record_proposes_points_with_the_figures_they_rest_on(filled):
    _install(filled, _table(first_year=2024, rule=RULE))
    (told,) = proposing.proposals(filled, unit=HERE, year=YEAR, today=TODAY)
    assert (told.code, told.points, told.why_not) == ("1.1", F(7), None)
    assert "98,9% (5.878/5.945)" in render(told.basis, "vi")
    assert criteria.standing_of(filled, unit=HERE, year=YEAR).judged.by is None
    where = {"unit": HERE, "year": YEAR, "by": By.SELF}
    criteria_scores.put(filled, **where, code="1.1", points="1")
    assert not proposing.take(filled, **where, today=TODAY).changed
    assert proposing.take(filled, **where, today=TODAY, over_typed=True).changed
    cell = criteria_overview.sheet(filled, unit=HERE, year=YEAR, today=TODAY).rows[0].cells[By.SELF]
    assert (cell.points, cell.origin) == (F(7), "record")
    assert "5.878" in (cell.reason or "")


@pytest.mark.parametrize(
    "rule",
    [
        "insurance_coverage: >=99 = 7",
        "private_beds: >=1 = 7; khác = 0",
        "tram.doctors_working: >=1 = 7; khác = 0",
        "insurance_coverage: vùng 1: >=95 = 7 | vùng 2,3: >=90 = 7",
        "insurance_coverage: >=95 = 0,1; khác = 0",
    ],
)
def test_nothing_is_proposed_where_the_record_cannot_say(filled, rule):
    _install(filled, _table(first_year=2024, rule=rule))
    (told,) = proposing.proposals(filled, unit=HERE, year=YEAR, today=TODAY)
    assert told.points is None
    assert told.why_not is not None


def test_what_a_station_said_this_year_is_a_figure_too(district):
    rule = "tram.doctors_working: >=1 = 7; khác = 0"
    _install(district, _table(first_year=2024, rule=rule))
    stations.add_usual_stations(district, on=date(2024, 12, 31))
    place = stations.stations(district, on=date(2024, 12, 31))[0]
    assert place.commune is not None
    unit = place.commune.code
    say_fact(district, uid=place.uid, item="doctors_working", answer="1", since=date(2024, 3, 1))
    (told,) = proposing.proposals(district, unit=unit, year=YEAR, today=TODAY)
    assert (told.points, told.why_not) == (F(7), None)
    early = date(2023, 6, 1)
    say_fact(district, uid=place.uid, item="doctors_working", answer="1", since=early)
    say_fact(district, uid=place.uid, item="doctors_working", answer="", since=date(2024, 3, 1))
    (told,) = proposing.proposals(district, unit=unit, year=YEAR, today=TODAY)
    assert told.points is None
    assert told.why_not is not None


def test_an_estimate_feeds_no_score(filled, monkeypatch):
    _install(filled, _table(first_year=2024, rule=RULE))
    monkeypatch.setattr(Scope, "rate", lambda *_: Rate(Ratio(F(95), F(100), 100, 1, 1), estimated=True))
    (told,) = proposing.proposals(filled, unit=HERE, year=YEAR, today=TODAY)
    assert (told.points, str(told.why_not)) == (None, "This is an estimate over divided units: it feeds no score.")


def test_what_cannot_be_right_feeds_no_score_until_somebody_keeps_it(filled):
    def told():
        return proposing.proposals(filled, unit=HERE, year=YEAR, today=TODAY)[0]

    _install(filled, _table(first_year=2024, rule="stunted: >=1 = 7; khác = 0"))
    assert told().points == F(7)
    period = Period.of_year(YEAR)
    values.set_value(filled, unit=HERE, period=period, element="measured", text="1")
    assert told().points is None
    assert render(told().why_not, "vi").startswith("Số liệu không thể đúng: ")
    errors = [one for one in checks.findings(filled, period=period, unit=HERE) if one.element == "stunted"]
    checks.keep(filled, ids=[one.id for one in errors], period=period, reason="Đã đối chiếu")
    assert told().points == F(7)


# ---- evidence


def test_files_are_kept_listed_taken_out_and_packed(district, tmp_path):
    file = tmp_path / "Quyết định: BCĐ.pdf"
    file.write_bytes(PDF)
    where = {"unit": HERE, "year": YEAR, "code": "1", "by": By.SELF}
    kept, changes = criteria_evidence.add(district, **where, path=file, today=TODAY, note="bản chụp")
    assert changes.changed
    assert not criteria_evidence.add(district, **where, path=file, today=TODAY, note="bản chụp")[1].changed
    assert criteria_evidence.evidence(district, unit=HERE, year=YEAR) == (kept,)
    assert (kept.name, kept.media, kept.size) == ("Quyết định BCĐ.pdf", "application/pdf", len(PDF))
    assert [criteria_evidence.extract(district, kept.uid, tmp_path).name for _ in range(2)] == [
        "Quyết định BCĐ.pdf", "Quyết định BCĐ (2).pdf",
    ]  # fmt: skip
    assert criteria_evidence.pack(district, unit=HERE, year=YEAR, file=tmp_path / "mc.zip") == 1
    with zipfile.ZipFile(tmp_path / "mc.zip") as archive:
        assert archive.namelist() == ["danh-muc-minh-chung.csv", "1/self-Quyết định BCĐ.pdf"]
        assert kept.sha256 in archive.read("danh-muc-minh-chung.csv").decode("utf-8-sig")
    (tmp_path / "folder.zip").mkdir()
    with pytest.raises(AppError) as refused:
        criteria_evidence.pack(district, unit=HERE, year=YEAR, file=tmp_path / "folder.zip")
    assert refused.value.code == "cannot_write"
    cell = criteria_overview.sheet(district, unit=HERE, year=YEAR, today=TODAY).rows[0].cells[By.SELF]
    assert cell.evidence == (kept,)
    criteria_evidence.remove(district, uid=kept.uid)
    assert criteria_evidence.evidence(district, unit=HERE, year=YEAR) == ()
    assert blobs.get(district, kept.sha256) == PDF


def _zip(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00 a program", "evidence_kind"),
        (b"<html></html>", "evidence_kind"),
        (b"", "evidence_kind"),
        (_zip("xl/workbook.xml", "xl/vbaProject.bin"), "evidence_kind"),
        (_zip("a.exe"), "evidence_kind"),
        (_zip("word/document.xml"), None),
        (b"\xff\xd8\xff\xe0 photo", None),
    ],
)
def test_what_is_kept_is_decided_by_the_content(district, tmp_path, content, code):
    file = tmp_path / "minh chứng.pdf"
    file.write_bytes(content)
    try:
        criteria_evidence.add(district, unit=HERE, year=YEAR, code="1", by=By.SELF, path=file, today=TODAY)
        found = None
    except AppError as refused:
        found = refused.code
        assert refused.advice is not None
    assert found == code


# ---- communes that merged


def test_a_merged_commune_begins_unjudged_with_its_parts_beside(district):
    _score(district, year=2023)
    recognising.recognise(district, unit=HERE, year=2023, decision="1/QĐ", day=date(2023, 12, 1))
    old = criteria.standing_of(district, unit=HERE, year=2023).commune.uid
    draft = Draft(ActKind.MERGE, date(2024, 7, 1), "NQ", (Source(HERE), Source(OTHER)), (Target("04462x", "Xã Mới"),))
    acts.enter_acts(district, [draft], source="window")
    told = criteria.standing_of(district, unit="04462x", year=YEAR)
    assert (told.judged.verdict, told.is_recognised, told.valid_until) == (Verdict.NOT_JUDGED, False, None)
    verdicts = {part.commune.uid: part.result and part.result.judged.verdict for part in told.parts}
    assert len(verdicts) == 2
    assert verdicts[old] is Verdict.PASS
    assert {part.recognised.decision for part in told.parts if part.recognised} == {"1/QĐ"}
    assert recognising.count(district, on=date(2024, 12, 31)) == (0, 13)
    with pytest.raises(AppError) as refused:
        criteria.standing_of(district, unit=HERE, year=YEAR)
    assert refused.value.code == "unit_ended"
    due = [(one.commune.code, one.former and one.former.code) for one in recognising.renewals(district, today=TODAY)]
    assert due == [("04462x", HERE)]
    recognising.recognise(district, unit="04462x", year=YEAR, decision="2/QĐ", day=TODAY)
    assert recognising.renewals(district, today=TODAY) == []


# ---- recognitions


def test_recognitions_end_after_three_years_and_are_due_before(district):
    recognising.recognise(district, unit=HERE, year=2022, decision="9/QĐ-UBND", day=date(2022, 3, 1))
    assert recognising.count(district, on=date(2025, 3, 1)) == (1, 14)
    assert recognising.count(district, on=date(2025, 3, 2)) == (0, 14)
    assert [(one.commune.code, one.days) for one in recognising.renewals(district, today=TODAY)] == [(HERE, 46)]
    recognising.recognise(district, unit=HERE, year=2024, decision="2/QĐ-UBND", day=date(2025, 1, 10))
    assert recognising.renewals(district, today=TODAY) == []
    assert [one.valid for one in recognising.recognised(district, today=TODAY)[0].history] == [True, True]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"decision": " "}, "bad_recognition"),
        ({"withdrawn": date(2024, 1, 1)}, "bad_recognition"),
        ({"year": 2025, "unit": "14095"}, "unknown_unit"),
        ({"day": date(2023, 12, 1)}, "bad_recognition"),
        ({"unit": "99999"}, "unknown_unit"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(district, told, code):
    usual = {"unit": HERE, "year": 2024, "decision": "1/QĐ", "day": date(2024, 12, 1)}
    with pytest.raises(AppError) as refused:
        recognising.recognise(district, **(usual | told))
    assert refused.value.code == code


def test_history_shows_each_year_by_its_own_set(district):
    _score(district, year=2021, points=[8] * 10)
    _score(district, year=2023)
    recognising.recognise(district, unit=HERE, year=2023, decision="1/QĐ", day=date(2023, 12, 1))
    _install(district, _table(first_year=2023))
    told = criteria_overview.sheet(district, unit=HERE, year=2024, today=TODAY).history
    assert [(one.year, one.set_code, one.verdict, one.recognised) for one in told] == [
        (2021, "4667", Verdict.NOT_JUDGED, False),
        (2023, "1300", Verdict.PASS, True),
    ]
