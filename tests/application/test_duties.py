"""Two people, double entry, and the steps of a form's life in words."""

import pytest

from desktop.application import checks, double_entry, duties, entry, history, submissions, values
from desktop.application.entry import Typed
from desktop.application.offices import communes_of
from desktop.domain.periods import Period
from desktop.domain.values import Kind, number
from desktop.errors import AppError

YEAR = Period.of_year(2024)
CODE = "04456"


def told(code=CODE):
    return {"unit": code, "form": "commune", "period": YEAR}


def uid(record, code=CODE):
    return next(c.uid for c in communes_of(record, on=YEAR.last) if c.code == code)


def acts(record, code=CODE):
    return {act.name: act for act in duties.acts(record, **told(code))}


def may(record, code=CODE):
    return {name for name, act in acts(record, code).items() if act.allowed}


@pytest.fixture
def two(filled):
    duties.put_two_people(filled, on=True)
    submissions.complete(filled, **told())
    return filled


def test_one_person_may_type_and_check_unless_the_office_says_otherwise(filled):
    assert not duties.two_people(filled)
    submissions.complete(filled, **told())
    assert submissions.check(filled, **told()).changed


def test_who_typed_may_not_check(two):
    with pytest.raises(AppError) as refused:
        submissions.check(two, **told())
    assert refused.value.code == "two_people"
    assert "thống kê" in str(refused.value.title)
    assert acts(two)["check"].allowed is False


def test_another_person_may_check(two):
    two.actor = "phó giám đốc"
    assert may(two) == {"check", "return"}
    assert submissions.check(two, **told()).changed


def test_who_corrected_one_cell_typed_too(two):
    two.actor = "phó giám đốc"
    entry.type_value(two, unit=uid(two), period=YEAR, element="ehr", value=number(5))
    submissions.complete(two, **told())
    assert duties.who_typed(two, unit=uid(two), form="commune", period=YEAR) == {"thống kê", "phó giám đốc"}
    with pytest.raises(AppError) as refused:
        submissions.check(two, **told())
    assert refused.value.code == "two_people"


def test_an_estimate_is_nobodys_entry(two):
    two.actor = "phó giám đốc"
    entry.type_value(two, unit=uid(two), period=YEAR, element="ehr", value=number(5), kind=Kind.ESTIMATE)
    assert submissions.check(two, **told()).changed


def test_who_checks_must_be_named(two):
    two.actor = " "
    with pytest.raises(AppError) as refused:
        submissions.check(two, **told())
    assert refused.value.code == "two_people"


def test_each_step_says_what_may_be_done_and_why_not(filled):
    assert may(filled) == {"complete"}
    assert str(acts(filled)["lock"].why) == "The form is still in entry."
    assert acts(filled, "04465")["complete"].needs_reason
    assert not acts(filled)["complete"].needs_reason
    steps = [
        (submissions.complete, {"check", "return"}),
        (submissions.check, {"return", "lock"}),
        (submissions.lock, {"reopen"}),
    ]
    for act, expected in steps:
        act(filled, **told())
        assert may(filled) == expected
        assert all(one.why and one.who for one in acts(filled).values() if not one.allowed)


def taken(record, act, code):
    """Whether a step changes anything; a step that was taken already may be said again."""
    run = submissions.give_back if act.name == "return" else getattr(submissions, act.name)
    more = {"reason": "vì"} if act.needs_reason or act.name in ("return", "reopen") else {}
    try:
        return run(record, **told(code), **more).changed
    except AppError:
        return False


@pytest.mark.parametrize("code", ["04456", "04465", "04486"])
def test_what_a_step_says_is_what_the_step_does(filled, code):
    for _ in range(4):
        found = acts(filled, code).values()
        assert not any(taken(filled, act, code) for act in found if not act.allowed)
        step = next((one for one in found if one.allowed and one.name != "return"), None)
        assert step is None or taken(filled, step, code)


def test_open_errors_stand_in_the_way_of_the_check_and_say_how_many(filled):
    submissions.complete(filled, **told("04486"))
    check = acts(filled, "04486")["check"]
    assert not check.allowed
    assert "errors are open" in str(check.why)
    ids = [f.id for f in checks.findings(filled, period=YEAR, unit="04486")]
    checks.keep(filled, ids=ids, period=YEAR, reason="đã hỏi trạm")
    assert acts(filled, "04486")["check"].allowed


# ---- double entry ----


def again(record, *, wrong=(), code=CODE):
    """Type the form a second time, with some cells otherwise."""
    rows = values.value_rows(record, period=YEAR, unit=code)
    cells = [Typed(uid(record, code), r.element, number(77) if r.element in wrong else r.value) for r in rows]
    return double_entry.type_second(record, form="commune", period=YEAR, cells=cells)


@pytest.fixture
def twice(filled):
    double_entry.put_entered_twice(filled, forms=["commune"])
    return filled


def compared(record):
    return double_entry.compare(record, form="commune", period=YEAR, unit=uid(record))[0]


def test_double_entry_is_off_until_it_is_chosen(filled):
    assert double_entry.entered_twice(filled) == frozenset()
    with pytest.raises(AppError) as refused:
        again(filled)
    assert refused.value.code == "not_twice"


def test_the_second_entry_is_no_figure(twice):
    before = values.value_rows(twice, period=YEAR)
    again(twice, wrong=("ehr", "insured"))
    assert values.value_rows(twice, period=YEAR) == before


def test_the_two_entries_are_compared_cell_by_cell(twice):
    assert compared(twice).differences == ()
    assert compared(twice).second == 0
    again(twice, wrong=("ehr", "insured"))
    found = compared(twice)
    assert found.first == found.second
    assert {(d.element, d.second) for d in found.differences} == {("ehr", number(77)), ("insured", number(77))}
    assert sum(len(c.differences) for c in double_entry.compare(twice, form="commune", period=YEAR)) == 2


def test_a_form_entered_twice_is_complete_only_when_both_agree(twice):
    with pytest.raises(AppError) as refused:
        submissions.complete(twice, **told())
    assert (refused.value.code, acts(twice)["complete"].allowed) == ("entries_differ", False)
    again(twice, wrong=("ehr", "insured"))
    with pytest.raises(AppError):
        submissions.complete(twice, **told())
    first, second = compared(twice).differences
    chosen = {first.element: first.first, second.element: second.second}
    assert double_entry.resolve(twice, form="commune", period=YEAR, unit=uid(twice), chosen=chosen).changed
    assert compared(twice).differences == ()
    row = next(r for r in values.value_rows(twice, period=YEAR, unit=CODE, element=second.element))
    assert row.value == second.second
    assert submissions.complete(twice, **told()).changed


def test_settling_is_undone_as_a_whole(twice):
    again(twice, wrong=("ehr", "insured"))
    before = compared(twice).differences
    double_entry.resolve(
        twice, form="commune", period=YEAR, unit=uid(twice), chosen={d.element: d.second for d in before}
    )
    history.undo(twice, source="window")
    assert compared(twice).differences == before


def test_a_cell_of_another_form_is_refused(twice):
    with pytest.raises(AppError) as refused:
        double_entry.type_second(
            twice, form="commune", period=YEAR, cells=[Typed(uid(twice), "satisfaction_rate", number(1))]
        )
    assert refused.value.code == "not_in_form"
