"""A form's figure that the list of children contradicts is a finding of every check, kept with a reason like any."""

from datetime import timedelta

from desktop.application import checks, history, values, weighing
from desktop.application.board import count_findings, stale_periods
from desktop.application.children import meant
from desktop.application.nutrition_feeding import RULE, feed
from desktop.domain.children import Measurement
from desktop.domain.findings import Severity
from tests.application.test_nutrition import HERE, JUNE, STUNTED, TALL, THERE, YEAR, weigh, weighed

__all__ = ["weighed"]


def found(record, **asked):
    return [one for one in checks.findings(record, period=YEAR, **asked) if one.rule == RULE]


def typed(record, text, element="stunted", unit=HERE):
    values.set_value(record, unit=unit, period=YEAR, element=element, text=text)


def test_a_figure_that_differs_from_the_list_is_a_warning_with_its_place(weighed):
    assert not found(weighed)
    typed(weighed, "7")
    (one,) = found(weighed)
    assert (one.unit, one.element, one.period, one.severity) == (HERE, "stunted", "2024", Severity.WARNING)
    assert one.advice is not None
    assert found(weighed, unit=HERE, form="commune") == [one]
    assert not found(weighed, unit=THERE)
    typed(weighed, "")
    assert not found(weighed), "what is not reported contradicts nothing"
    typed(weighed, "1")
    assert not found(weighed)


def test_it_follows_what_is_written_of_children_and_what_is_taken_back(weighed):
    feed(weighed, unit=None, period=YEAR)
    assert not found(weighed)
    session, (uid,) = weigh(weighed, HERE, JUNE + timedelta(days=30), [STUNTED], name="Thêm")
    assert {(one.unit, one.element) for one in found(weighed)} == {(HERE, "measured"), (HERE, "stunted")}
    weighing.measure(weighed, measurements=[Measurement(uid, JUNE + timedelta(days=30), session, 13000, TALL)])
    assert [one.element for one in found(weighed)] == ["measured"]
    history.undo(weighed, source=None)
    assert len(found(weighed)) == 2
    weighing.measure(weighed, measurements=[Measurement(uid, JUNE + timedelta(days=30))])
    assert not found(weighed)


def test_a_commune_in_which_nobody_was_measured_has_no_list_that_speaks(weighed):
    typed(weighed, "7", unit="04462")
    assert not found(weighed)


def test_it_is_counted_on_the_board_and_kept_with_a_reason(weighed):
    typed(weighed, "7")
    (uid,) = meant(weighed, unit=HERE, day=JUNE)

    def counted():
        ours = [one for one in count_findings(weighed, period=YEAR) if one.unit == uid and one.form == "commune"]
        return ours[0].warnings, ours[0].kept

    warnings, kept = counted()
    checks.keep(weighed, ids=[found(weighed)[0].id], period=YEAR, reason="trẻ cân ở xã khác")
    assert counted() == (warnings - 1, kept + 1)
    typed(weighed, "8")
    assert counted() == (warnings, kept)


def test_the_board_counts_again_when_a_child_is_measured_in_the_period(weighed):
    typed(weighed, "1")
    assert stale_periods(weighed, year=2024) == [YEAR]
    count_findings(weighed, period=YEAR)
    assert stale_periods(weighed, year=2024) == []
    session, (uid,) = weigh(weighed, HERE, JUNE, [TALL], name="Thêm")
    count_findings(weighed, period=YEAR)
    weighing.measure(weighed, measurements=[Measurement(uid, JUNE.replace(year=2023), None, 13000, STUNTED)])
    assert stale_periods(weighed, year=2024) == [], "a measurement of another year decides nothing here"
    weighing.measure(weighed, measurements=[Measurement(uid, JUNE, session, 13000, STUNTED)])
    assert stale_periods(weighed, year=2024) == [YEAR]
