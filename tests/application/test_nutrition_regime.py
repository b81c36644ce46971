"""What Thông tư 15/2026/TT-BYT asks: its periods, due days in working days, and gaps told as gaps."""

from datetime import date

from desktop.application.children import NewChild, meant, register
from desktop.application.nutrition_regime import asked, asked_of_year, regime_lines, soon
from desktop.domain.periods import Period
from desktop.system.i18n import render

YEAR, HALF = Period.parse("2026"), Period.parse("2027S1")


def test_a_commune_sends_within_ten_working_days_a_province_within_twenty(district):
    (commune,) = asked(district, period=YEAR, level="commune").dues
    assert (commune[0].working_days, commune[1].day) == (10, date(2027, 1, 15))
    levels = [fact.level for fact, _ in asked(district, period=HALF, level="province").dues]
    assert levels == ["commune", "province"]


def test_an_office_between_has_no_due_day_of_its_own_and_is_told_so(district):
    found = asked(district, period=YEAR, level="district")
    assert [fact.level for fact, _ in found.dues] == ["commune"]
    assert any("không nêu hạn của đơn vị này" in render(gap, "vi") for gap in found.gaps)


def test_periods_the_circular_does_not_name_have_no_due_day(district):
    for period in ("2026S2", "2027Q1", "202703"):
        found = asked(district, period=Period.parse(period), level="commune")
        assert (found.is_asked, found.dues) == (False, ()), period
    assert [one.period.id for one in asked_of_year(district, year=2027, level="commune")] == ["2027S1", "2027"]


def test_what_ended_before_it_was_in_force_is_a_gap(district):
    assert asked_of_year(district, year=2025, level="commune") == []
    assert [one.period.id for one in asked_of_year(district, year=2026, level="commune")] == ["2026"]
    (line,) = regime_lines(district, period=Period.parse("2026S1"), level="commune")
    assert "chưa rõ" in line


def test_a_report_is_called_to_mind_from_the_end_of_its_period_to_its_day(district):
    assert soon(district, level="commune", today=date(2027, 1, 5)) == []
    (unit,) = meant(district, unit="04459", day=date(2024, 6, 1))
    register(district, new=[NewChild(unit, "Cứ A Dê")])
    for today, expected in ((date(2026, 12, 31), []), (date(2027, 1, 1), ["2026"]), (date(2027, 1, 16), [])):
        assert [one.period.id for one in soon(district, level="commune", today=today)] == expected, today
    assert [one.period.id for one in soon(district, level="commune", today=date(2027, 7, 2))] == ["2027S1"]
