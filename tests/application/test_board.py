"""The board of a year, the counts it shows, and last year's reason proposed."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from desktop.application import board, checks, deadlines, entry, reasons, submissions
from desktop.application.expected import Arrival
from desktop.application.offices import communes_of
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.domain.workdays import Rule

YEAR = Period.of_year(2024)
TODAY = date(2025, 1, 20)


def read(record):
    return board.board(record, year=2024, today=TODAY)


def cell(record, code):
    return next(row.cells[0] for row in read(record).rows if row.commune.code == code)


def test_every_commune_stands_with_its_state(filled):
    submissions.complete(filled, unit="04456", form="commune", period=YEAR, received_on=date(2025, 1, 7))
    found = read(filled)
    assert [(column.form.code, column.period.id) for column in found.columns] == [("commune", "2024")]
    assert [row.commune.code for row in found.rows] == [c.code for c in communes_of(filled, on=YEAR.last)]
    assert found.states(0) == {"in_entry": 13, "complete": 1}
    assert (cell(filled, "04456").received_on, cell(filled, "04456").arrival) == (date(2025, 1, 7), Arrival.UNKNOWN)


def test_a_form_one_commune_begins_to_day_14_is_expected_of_all(filled):
    month = Period.parse("202409D14")
    deadlines.put_deadline(filled, form="commune", rule=Rule(working_days=5))
    entry.type_value(
        filled, unit=communes_of(filled, on=YEAR.last)[0].uid, period=month, element="live_births", value=number(9)
    )
    found = read(filled)
    assert [(column.period.id, column.due.day) for column in found.columns] == [
        ("202409D14", date(2024, 9, 20)),
        ("2024", date(2025, 1, 8)),
    ]
    assert found.states(0) == {"in_entry": 1, "not_started": 13}
    assert [column.period.id for column in board.board(filled, year=2023, today=TODAY).columns] == ["2023"]


def test_lateness_follows_the_deadline(filled):
    deadlines.put_deadline(filled, form="commune", rule=Rule(working_days=5))
    submissions.complete(filled, unit="04456", form="commune", period=YEAR, received_on=date(2025, 1, 10))
    assert (cell(filled, "04456").on_time, cell(filled, "04456").days_late) == (False, 2)
    assert (cell(filled, "04459").arrival, cell(filled, "04459").days_late) == (Arrival.MISSING, 12)
    assert read(filled).columns[0].due.day == date(2025, 1, 8)


def test_counts_are_those_of_the_checks_and_say_when_they_are_old(filled):
    assert cell(filled, "04486").counts is None
    assert board.stale_periods(filled, year=2024) == [YEAR]
    head = filled.head()
    board.count_findings(filled, period=YEAR)
    assert filled.head() == head
    assert board.stale_periods(filled, year=2024) == []
    breaches = Counter(
        (f.unit, f.severity) for f in {f.group: f for f in checks.findings(filled, period=YEAR)}.values()
    )
    assert breaches
    for row in read(filled).rows:
        counts, code = row.cells[0].counts, row.commune.code
        assert counts.errors == breaches[code, Severity.ERROR]
        assert counts.warnings == breaches[code, Severity.WARNING]
        assert row.cells[0].fresh
    uid = communes_of(filled, on=YEAR.last)[0].uid
    entry.type_value(filled, unit=uid, period=Period.of_year(2020), element="ehr", value=number(5))
    assert cell(filled, "04486").fresh
    entry.type_value(filled, unit=uid, period=Period.of_year(2023), element="ehr", value=number(5))
    assert not cell(filled, "04486").fresh
    assert board.stale_periods(filled, year=2024) == [YEAR]


def test_kept_findings_are_counted_apart(filled):
    board.count_findings(filled, period=YEAR)
    before = cell(filled, "04486").counts
    found = checks.findings(filled, period=YEAR, unit="04486")
    checks.keep(filled, ids=[f.id for f in found], period=YEAR, reason="đã hỏi trạm")
    board.count_findings(filled, period=YEAR)
    after = cell(filled, "04486").counts
    assert (after.errors, after.warnings, after.kept) == (0, 0, before.errors + before.warnings)


def test_a_breach_is_open_until_all_of_its_cells_are_kept(filled):
    board.count_findings(filled, period=YEAR)
    before = cell(filled, "04486").counts
    found = checks.findings(filled, period=YEAR, unit="04486")
    group = next(f.group for f in found if sum(one.group == f.group for one in found) > 1)
    one, *others = (f.id for f in found if f.group == group)
    checks.keep(filled, ids=[one], period=YEAR, reason="đã hỏi trạm")
    board.count_findings(filled, period=YEAR)
    assert replace(cell(filled, "04486").counts, sequence=0) == replace(before, sequence=0)
    checks.keep(filled, ids=others, period=YEAR, reason="đã hỏi trạm")
    board.count_findings(filled, period=YEAR)
    assert cell(filled, "04486").counts.kept == 1


@pytest.fixture
def kept_last_year(filled):
    past = Period.of_year(2023)
    warnings = [f for f in checks.findings(filled, period=past) if f.severity is Severity.WARNING]
    checks.keep(filled, ids=[warnings[0].id], period=past, reason="sáp nhập thôn")
    return filled, replace(warnings[0], period="2024")


def test_last_years_accepted_reason_is_proposed(kept_last_year):
    record, finding = kept_last_year
    found = reasons.proposed_reason(record, finding)
    assert (found.reason, found.who, found.period) == ("sáp nhập thôn", "thống kê", Period.of_year(2023))
    assert reasons.proposed_reasons(record, [finding]) == {finding.id: found}


@pytest.mark.parametrize("change", [{"rule": "limits"}, {"element": "doctors"}, {"unit": "04999"}, {"period": "2023"}])
def test_a_reason_for_something_else_is_not_proposed(kept_last_year, change):
    record, finding = kept_last_year
    assert reasons.proposed_reason(record, replace(finding, **change)) is None


def test_proposals_are_offered_and_never_taken_by_themselves(kept_last_year):
    record, _ = kept_last_year
    assert all(f.kept is None for f in checks.findings(record, period=YEAR))
