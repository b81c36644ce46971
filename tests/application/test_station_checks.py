"""A form's figure that is not what the station's profile tells is a finding, kept with a reason like any other."""

from desktop.application import checks, submissions, values
from desktop.application.station_checks import RULE
from desktop.domain.findings import Severity
from tests.application.test_station_profiles import HERE, PAST, YEAR, place, staffed, tell

__all__ = ["place", "staffed"]


def found(record, **asked):
    return [one for one in checks.findings(record, period=YEAR, **asked) if one.rule == RULE]


def test_a_figure_that_differs_from_the_profile_is_a_warning_with_its_place(staffed, place):
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="1")
    values.set_value(staffed, unit=HERE, period=YEAR, element="ncd_managed", text="no")
    tell(staffed, place, PAST, ncd_managed="x")
    assert not found(staffed)
    tell(staffed, place, doctors_working="2")
    (one,) = found(staffed, unit=HERE, form="commune")
    assert (one.unit, one.element, one.severity, one.period) == (HERE, "doctors", Severity.WARNING, "2024")
    assert one.advice is not None
    assert found(staffed) == [one]
    assert not found(staffed, unit="04462")
    tell(staffed, place, ncd_managed="x")
    assert [one.element for one in found(staffed)] == ["doctors", "ncd_managed"]
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="2")
    assert [one.element for one in found(staffed)] == ["ncd_managed"]


def test_it_is_kept_with_a_reason_and_asks_again_when_the_figure_moves(staffed, place):
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="1")
    tell(staffed, place, doctors_working="2")
    (one,) = found(staffed)
    checks.keep(staffed, ids=[one.id], period=YEAR, reason="bác sĩ luân phiên")
    assert found(staffed)[0].kept.reason == "bác sĩ luân phiên"
    values.set_value(staffed, unit=HERE, period=YEAR, element="doctors", text="3")
    assert found(staffed)[0].kept is None
    submissions.complete(staffed, unit=HERE, form="commune", period=YEAR, reason="chưa đủ số")
