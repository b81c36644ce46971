"""The list of those to be reminded: as text, on paper, as a workbook."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from desktop.application import deadlines, punctuality, reminders, submissions
from desktop.domain.periods import Period
from desktop.domain.workdays import Rule

TODAY = date(2025, 1, 14)
YEAR = Period.of_year(2024)


def late(record):
    deadlines.put_deadline(record, form="commune", rule=Rule(working_days=3))
    deadlines.put_telephone(record, unit="04456", telephone="0912 345 678", on=TODAY)
    submissions.complete(record, unit="04459", form="commune", period=YEAR, received_on=date(2025, 1, 6))
    submissions.give_back(record, unit="04459", form="commune", period=YEAR, reason="lệch số trẻ")
    return punctuality.late(record, today=TODAY, year=2024)


def test_a_commune_stands_once_with_its_number_and_what_it_owes(filled):
    told = reminders.text(filled, late(filled), today=TODAY)
    assert "(0912 345 678)" in told
    assert "hạn 06/01/2025, trễ 8 ngày" in told
    assert "đã trả lại: lệch số trẻ" in told
    assert len(told.splitlines()) == 15


def test_the_same_list_is_printed_and_saved_alike(filled):
    found = late(filled)
    data, pages = reminders.pdf(filled, found, today=TODAY)
    assert data[:4] == b"%PDF"
    assert pages >= 1
    sheet = load_workbook(BytesIO(reminders.xlsx(filled, found, today=TODAY))).active
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(rows) == len(found)
    assert 8 in {row[6] for row in rows}
    assert reminders.xlsx(filled, found, today=TODAY) == reminders.xlsx(filled, found, today=TODAY)


def test_nobody_to_remind_says_so(filled):
    data, _pages = reminders.pdf(filled, [], today=TODAY)
    assert data[:4] == b"%PDF"
