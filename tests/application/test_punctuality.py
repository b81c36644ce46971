"""Deadlines the office sets, lateness, whom to remind, and the summary on paper and in Excel."""

from datetime import date
from io import BytesIO

import pytest

from desktop.application import deadlines, expected, punctuality, submissions
from desktop.application.expected import Arrival
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.workdays import Due, Holiday, Rule
from desktop.errors import AppError

YEAR = Period.of_year(2024)
TODAY = date(2025, 1, 20)
FIVE_DAYS = Rule(working_days=5)
DUE = date(2025, 1, 8)


def complete(record, place, received):
    commune = communes_of(record, on=YEAR.last)[place]
    told = {"unit": commune.code, "form": "commune", "period": YEAR, "reason": "chưa có", "received_on": received}
    submissions.complete(record, **told)
    return commune


@pytest.fixture
def due_in_five_days(filled):
    deadlines.put_deadline(filled, form="commune", rule=FIVE_DAYS)
    return filled


def on_time(record, code):
    return next(row.on_time for row in submissions.rows(record, period=YEAR) if row.commune.code == code)


def test_no_deadline_is_known_before_the_office_sets_one(filled):
    commune = complete(filled, 0, DUE)
    assert deadlines.deadline(filled, form="commune") is None
    assert deadlines.due(filled, form="commune", period=YEAR) is None
    assert on_time(filled, commune.code) is None


@pytest.mark.parametrize(("received", "told"), [(DUE, True), (date(2025, 1, 9), False), (None, None)])
def test_the_day_it_came_decides(due_in_five_days, received, told):
    assert deadlines.due(due_in_five_days, form="commune", period=YEAR) == Due(DUE, DUE)
    commune = complete(due_in_five_days, 0, received)
    assert on_time(due_in_five_days, commune.code) is told


def test_one_sender_may_have_its_own_deadline_and_lose_it_again(due_in_five_days):
    far = communes_of(due_in_five_days, on=YEAR.last)[0]
    deadlines.put_deadline(due_in_five_days, form="commune", rule=Rule(day=15, month=1), unit=far.uid)
    assert deadlines.due(due_in_five_days, form="commune", period=YEAR, unit=far.uid).day == date(2025, 1, 15)
    assert deadlines.due(due_in_five_days, form="commune", period=YEAR).day == DUE
    assert deadlines.put_deadline(due_in_five_days, form="commune", rule=None, unit=far.uid).changed
    assert deadlines.due(due_in_five_days, form="commune", period=YEAR, unit=far.uid).day == DUE
    deadlines.put_deadline(due_in_five_days, form="commune", rule=None)
    assert deadlines.deadline(due_in_five_days, form="commune") is None


def test_a_holiday_nobody_gave_makes_lateness_unsure_until_it_is_given(filled):
    deadlines.put_deadline(filled, form="commune", rule=Rule(working_days=15))
    found = deadlines.due(filled, form="commune", period=YEAR)
    assert (found.day, found.unknown) == (date(2025, 1, 22), ("Tết Nguyên đán",))
    assert deadlines.is_on_time(found, date(2025, 1, 22)) is True
    assert deadlines.is_on_time(found, date(2025, 1, 23)) is None
    assert (found.latest, deadlines.is_on_time(found, date(2025, 2, 3))) == (date(2025, 1, 27), False)
    tet = [Holiday(date(2025, 1, 27 + n), "Tết Nguyên đán") for n in range(5)]
    assert deadlines.put_holidays(filled, year=2025, days=tet).changed
    assert deadlines.due(filled, form="commune", period=YEAR) == Due(date(2025, 1, 22), date(2025, 1, 22))
    known = deadlines.year_holidays(filled, year=2025)
    assert (known.known, known.missing, len(known.given)) == (True, (), 5)
    assert deadlines.year_holidays(filled, year=2026).missing[0] == "Tết Nguyên đán"
    deadlines.put_holidays(filled, year=2025, days=None)
    assert not deadlines.year_holidays(filled, year=2025).known


def test_a_day_of_another_year_is_refused(filled):
    with pytest.raises(AppError) as refused:
        deadlines.put_holidays(filled, year=2025, days=[Holiday(date(2026, 2, 17), "Tết")])
    assert refused.value.code == "other_year"


def test_the_late_are_listed_with_telephone_numbers(due_in_five_days):
    record = due_in_five_days
    first = complete(record, 0, DUE)
    second = communes_of(record, on=YEAR.last)[1]
    deadlines.put_telephone(record, unit=second.code, telephone=" 0912 345 678 ", on=TODAY)
    found = punctuality.late(record, today=TODAY, year=2024)
    assert first.code not in {one.owed.commune.code for one in found}
    assert len(found) == 13
    assert {one.days_late for one in found} == {12}
    by_code = {one.owed.commune.code: one.telephone for one in found}
    assert by_code[second.code] == "0912 345 678"
    assert punctuality.late(record, today=DUE, year=2024) == []


def test_a_returned_form_is_chased_although_it_came(due_in_five_days):
    commune = complete(due_in_five_days, 0, DUE)
    told = {"unit": commune.code, "form": "commune", "period": YEAR, "reason": "thiếu cột 9"}
    submissions.give_back(due_in_five_days, **told)
    found = punctuality.late(due_in_five_days, today=TODAY, year=2024)
    assert commune.code in {one.owed.commune.code for one in found}


def test_the_summary_counts_every_form_once(due_in_five_days):
    complete(due_in_five_days, 0, DUE)
    complete(due_in_five_days, 1, date(2025, 1, 10))
    complete(due_in_five_days, 2, None)
    found = punctuality.summary(due_in_five_days, period=YEAR, today=TODAY)
    counts = {Arrival.ON_TIME: 1, Arrival.LATE: 1, Arrival.UNKNOWN: 1, Arrival.MISSING: 11}
    assert dict(found.total.counts) == counts
    assert found.total.owed == 14 == len(found.rows)
    assert [row.most_days_late for row in found.rows[:4]] == [0, 2, 0, 12]
    assert [row.share for row in found.rows[:3]] == [1, 0, None]
    quarter = punctuality.summary(due_in_five_days, period=Period.parse("2024Q4"), today=TODAY)
    assert quarter.total.counts == found.total.counts
    assert punctuality.summary(due_in_five_days, period=Period.parse("2024Q3"), today=TODAY).rows == ()


def test_the_summary_is_a_document_and_a_workbook(due_in_five_days):
    import openpyxl

    complete(due_in_five_days, 0, DUE)
    told = {"period": YEAR, "today": TODAY}
    data, pages = punctuality.summary_pdf(due_in_five_days, **told)
    assert data[:5] == b"%PDF-"
    assert pages >= 1
    assert data == punctuality.summary_pdf(due_in_five_days, **told)[0]
    made = punctuality.summary_xlsx(due_in_five_days, **told)
    assert made == punctuality.summary_xlsx(due_in_five_days, **told)
    book = openpyxl.load_workbook(BytesIO(made))
    counts, late = book.worksheets
    assert [cell.value for cell in counts[19]][1:7] == ["Tổng cộng", 14, 1, 0, 13, 0]
    assert late.max_row == 4 + 13
    assert late["G5"].value == 12


def test_periods_of_a_form_follow_its_length_and_cumulation():
    from dataclasses import replace

    from desktop.application import shipped

    form = shipped.catalogue().forms["commune"]
    quarterly = replace(form, periods="quarter")
    cumulative = replace(quarterly, cumulative=True)
    late_form = replace(quarterly, valid_from=date(2024, 7, 1))
    ids = [[p.id for p in expected.periods_of_form(one, 2024)] for one in (form, quarterly, cumulative, late_form)]
    assert ids == [
        ["2024"],
        ["2024Q1", "2024Q2", "2024Q3", "2024Q4"],
        ["2024Q1", "2024S1", "2024NineMonths", "2024"],
        ["2024Q3", "2024Q4"],
    ]


@pytest.mark.parametrize(("format", "begin"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_the_report_is_written_by_its_name(due_in_five_days, tmp_path, format, begin):
    from desktop.application import reports

    assert reports.formats_of("punctuality") == ("pdf", "xlsx")
    told = {"name": "punctuality", "unit": None, "period": YEAR, "today": TODAY}
    made = reports.write_report(due_in_five_days, **told, format=format, out=tmp_path / f"đúng hạn.{format}")
    assert made.file.read_bytes().startswith(begin)
    assert (made.pages > 0, made.findings) == (format == "pdf", ())


def test_a_report_of_one_commune_speaks_of_it_alone(due_in_five_days):
    first = communes_of(due_in_five_days, on=YEAR.last)[0]
    found = punctuality.summary(due_in_five_days, period=YEAR, today=TODAY, unit=first.code)
    assert [row.commune for row in found.rows] == [first]
    assert found.total.owed == 1


def test_what_regulations_say_is_offered_and_never_set(filled):
    offered = deadlines.suggestions("commune")
    assert {(one.regulation, one.rule.working_days) for one in offered} >= {("Thông tư 37/2019/TT-BYT", 5)}
    assert all(one.status in ("found", "second_hand") for one in offered)
    assert deadlines.deadline(filled, form="commune") is None
