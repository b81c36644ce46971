"""A form's life: what may be done, and what may not."""

import pytest

from desktop.application import checks, entry, submissions
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.values import number
from desktop.errors import AppError

P = Period.parse("2024")


def told(code="04456"):
    return {"unit": code, "form": "commune", "period": P}


def state(record, code="04456"):
    return next(row for row in submissions.rows(record, period=P) if row.commune.code == code)


def test_before_anything_is_written_a_form_is_not_started(district):
    assert {row.state for row in submissions.rows(district, period=P)} == {"not_started"}
    assert submissions.rows(district, period=Period.parse("2024Q1")) == []


def test_the_way_through(filled):
    steps = [
        (submissions.complete, {}, "complete"),
        (submissions.check, {}, "checked"),
        (submissions.lock, {}, "locked"),
        (submissions.reopen, {"reason": "sai số"}, "in_entry"),
        (submissions.complete, {}, "complete"),
        (submissions.give_back, {"reason": "thiếu cột 9"}, "returned"),
    ]
    for act, more, expected in steps:
        assert act(filled, **told(), **more).changed
        assert state(filled).state == expected
    assert state(filled).correction == 1


def test_missing_cells_need_a_reason(filled):
    with pytest.raises(AppError) as refused:
        submissions.complete(filled, **told("04465"))
    assert refused.value.code == "reason_needed"
    submissions.complete(filled, **told("04465"), reason="trạm mất điện")
    assert state(filled, "04465").reason == "trạm mất điện"


def test_open_errors_block_the_check_until_kept(filled):
    submissions.complete(filled, **told("04486"))
    with pytest.raises(AppError) as refused:
        submissions.check(filled, **told("04486"))
    assert refused.value.code == "errors_open"
    ids = [f.id for f in checks.findings(filled, period=P, unit="04486")]
    checks.keep(filled, ids=ids, period=P, reason="đã hỏi trạm")
    assert submissions.check(filled, **told("04486")).changed


@pytest.mark.parametrize(
    ("act", "more"),
    [(submissions.check, {}), (submissions.lock, {}), (submissions.reopen, {"reason": "x"})],
)
def test_steps_out_of_turn_are_refused_with_advice(filled, act, more):
    with pytest.raises(AppError) as refused:
        act(filled, **told(), **more)
    assert refused.value.code == "form_state"
    assert refused.value.advice is not None


def test_a_reason_is_never_blank(filled):
    submissions.complete(filled, **told())
    with pytest.raises(AppError) as refused:
        submissions.give_back(filled, **told(), reason="  ")
    assert refused.value.code == "reason_needed"


def test_completing_releases_and_repeating_changes_nothing(filled):
    from db import release

    submissions.complete(filled, **told())
    uid = communes_of(filled, on=P.last)[0].uid
    assert release.FormKey(uid, "commune", "2024") not in release.forms_with_drafts(filled)
    assert not submissions.complete(filled, **told()).changed
    entry.type_value(filled, unit=uid, period=P, element="doctors", value=number(9))
    assert release.FormKey(uid, "commune", "2024") in release.forms_with_drafts(filled)


def test_unknown_units_and_forms_are_refused(filled):
    for code, form, expected in (("99999", "commune", "unknown_unit"), ("04456", "ghost", "unknown_form")):
        with pytest.raises(AppError) as refused:
            submissions.complete(filled, unit=code, form=form, period=P)
        assert refused.value.code == expected
