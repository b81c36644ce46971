"""A step with many forms: one change, one history entry, refusals told and not in the way."""

from datetime import date

import pytest

from db.tables import submissions as kept
from desktop.application import history, submissions
from desktop.application.offices import communes_of
from desktop.application.stepping import RECEIVE, Place, Said, take
from desktop.domain.periods import Period
from desktop.errors import AppError

YEAR = Period.of_year(2024)


def places(record):
    return [Place(commune.code, "commune", YEAR) for commune in communes_of(record, on=YEAR.last)]


def changes(record):
    return record.connection.execute("SELECT count(*) FROM change").fetchone()[0]


def states(record):
    return [row.state.value for row in kept.of(record, periods=["2024"])]


def test_many_forms_are_completed_as_one_change_and_one_release(filled):
    before = changes(filled)
    taken = take(filled, act="complete", places=places(filled), said=Said("trạm chưa có số"))
    assert (taken.done, taken.refused) == (14, ())
    assert states(filled) == ["complete"] * 14
    assert changes(filled) == before + 1
    assert filled.connection.execute("SELECT max(number) FROM release").fetchone()[0] == 1
    told = history.history(filled)[0]
    assert (told.what.msgid, dict(told.what.values)) == ("Complete {count} forms", {"count": 14})


def test_forms_that_refuse_are_told_and_do_not_stop_the_others(filled):
    take(filled, act="complete", places=places(filled), said=Said("trạm chưa có số"))
    taken = take(filled, act="check", places=places(filled), said=Said())
    assert taken.done + len(taken.refused) == 14
    assert {fault.code for _commune, fault in taken.refused} == {"errors_open"}
    assert states(filled).count("checked") == taken.done
    assert all(commune.name for commune, _fault in taken.refused)


def test_days_of_receipt_of_many_forms_are_taken_back_by_one_undo(filled):
    take(filled, act="complete", places=places(filled)[:5], said=Said("trạm chưa có số"))
    take(filled, act=RECEIVE, places=places(filled), said=Said(received_on=date(2025, 1, 6)))
    days = {row.received_on for row in kept.of(filled, periods=["2024"])}
    assert days == {date(2025, 1, 6)}
    history.undo(filled, source=None)
    assert {row.received_on for row in kept.of(filled, periods=["2024"])} == {None}
    assert states(filled)[:5].count("complete") + states(filled)[5:].count("complete") == 5


def test_one_form_keeps_its_own_words_in_history(filled):
    take(filled, act="complete", places=places(filled)[:1], said=Said("trạm chưa có số"))
    assert history.history(filled)[0].what.msgid == "Complete the form of {unit}"


def test_a_day_that_is_known_is_kept_when_many_are_completed(filled):
    first, second = places(filled)[:2]
    submissions.receive(filled, unit=first.unit, form="commune", period=YEAR, received_on=date(2025, 1, 3))
    said = Said("trạm chưa có số", if_unknown=date(2025, 1, 9))
    take(filled, act="complete", places=[first, second], said=said)
    days = {row.received_on for row in kept.of(filled, periods=["2024"]) if row.received_on}
    assert days == {date(2025, 1, 3), date(2025, 1, 9)}


def test_stopping_while_the_forms_are_looked_at_writes_nothing(filled):
    before = changes(filled)

    def step(at, _count):
        if at == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(filled, act="complete", places=places(filled), said=Said("trạm chưa có số"), step=step)
    assert changes(filled) == before


@pytest.mark.parametrize("act", ["receive", "complete"])
def test_a_day_of_receipt_that_is_still_to_come_is_refused_with_advice(filled, act):
    tomorrow = date.fromordinal(filled.now().date().toordinal() + 1)
    told = {"unit": places(filled)[0].unit, "form": "commune", "period": YEAR, "received_on": tomorrow}
    with pytest.raises(AppError) as caught:
        submissions.receive(filled, **told) if act == "receive" else submissions.complete(filled, **told, reason="x")
    assert caught.value.code == "future_day"
    assert caught.value.advice is not None
    taken = take(filled, act=RECEIVE, places=places(filled), said=Said(received_on=tomorrow))
    assert (taken.done, len(taken.refused)) == (0, 14)
    assert not taken.changes.changed


def test_today_is_a_day_of_receipt(filled):
    today = filled.now().date()
    unit = places(filled)[0].unit
    assert submissions.receive(filled, unit=unit, form="commune", period=YEAR, received_on=today).changed
