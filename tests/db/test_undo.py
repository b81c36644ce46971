from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import check, history, release, undo
from db.store import Store
from db.tables import settings, submissions, units, values
from db.tables.codes import Origin
from db.tables.submissions import Life, Submission
from desktop.domain.values import NOT_REPORTED
from desktop.errors import AppError
from desktop.wording import say
from tests.db.making import OFFICE, amount, begin_form, cell, copied, furnish, new_store, open_store, type_in


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(AppError) as fault:
        deed()
    return fault.value.code


def test_undo_puts_back_what_stood_there(office: Store) -> None:
    type_in(office, cell(1, "births", 5, note="first"))
    type_in(office, cell(1, "births", 7, note="second"))
    undo.undo(office, source="window")
    found = values.one(office, unit="commune-1", period="2024", element="births")
    assert found == cell(1, "births", 5, note="first")
    undo.undo(office, source="window")
    assert amount(office, 1, "births") is None


def test_redo_does_it_again_and_both_can_be_repeated(office: Store) -> None:
    for value in (1, 2, 3):
        type_in(office, cell(1, "births", value))
    seen = []
    for deed in (undo.undo, undo.undo, undo.redo, undo.redo, undo.undo, undo.redo, undo.undo, undo.undo, undo.undo):
        deed(office, source="window")
        seen.append(amount(office, 1, "births"))
    assert seen == [20000, 10000, 20000, 30000, 20000, 30000, 20000, 10000, None]
    assert _refused(lambda: undo.undo(office, source="window")) == "nothing_to_undo"
    assert check.check(office) == []


def test_a_paste_is_one_change(office: Store) -> None:
    type_in(office, cell(1, "births", 1), cell(2, "births", 2), cell(3, "births", 3))
    undo.undo(office, source="window")
    assert values.cells(office, periods=["2024"]) == []


def test_what_is_typed_after_an_undo_ends_the_redo(office: Store) -> None:
    type_in(office, cell(1, "births", 1))
    undo.undo(office, source="window")
    type_in(office, cell(2, "births", 2))
    assert _refused(lambda: undo.redo(office, source="window")) == "nothing_to_redo"


def test_each_person_in_each_window_undoes_their_own(office: Store) -> None:
    type_in(office, cell(1, "births", 1), actor="lan")
    type_in(office, cell(2, "births", 2), actor="hoa")
    type_in(office, cell(3, "births", 3), source="cli", actor="lan")
    undo.undo(office, source="window", actor="lan")
    assert [amount(office, unit, "births") for unit in (1, 2, 3)] == [None, 20000, 30000]
    assert _refused(lambda: undo.undo(office, source="window", actor="minh")) == "nothing_to_undo"
    undo.undo(office, source=None, actor="lan")
    assert amount(office, 3, "births") is None


def test_an_undo_is_refused_whole_when_one_place_was_changed_since(office: Store) -> None:
    type_in(office, cell(1, "births", 1), cell(2, "births", 2))
    type_in(office, cell(2, "births", 9), actor="hoa")
    with pytest.raises(AppError) as fault:
        undo.undo(office, source="window")
    assert fault.value.code == "changed_since"
    told = dict(fault.value.title.values)
    assert (told["who"], str(told["what"])) == ("hoa", "Type a value")
    assert [amount(office, unit, "births") for unit in (1, 2)] == [10000, 90000]


def test_a_later_change_that_was_undone_does_not_stand_in_the_way(office: Store) -> None:
    type_in(office, cell(1, "births", 1))
    type_in(office, cell(1, "births", 9), actor="hoa")
    undo.undo(office, source="window", actor="hoa")
    undo.undo(office, source="window", actor="lan")
    assert amount(office, 1, "births") is None


def test_undo_survives_a_restart_until_the_form_leaves_entry(path: Path) -> None:
    with furnish(new_store(path)) as store:
        begin_form(store, 1)
        type_in(store, cell(1, "births", 1))
    with open_store(path) as store:
        assert undo.undoable(store, source="window")
        begin_form(store, 1, Life.COMPLETE)
        assert _refused(lambda: undo.undo(store, source="window")) == "left_entry"
        begin_form(store, 1, Life.IN_ENTRY)
        undo.undo(store, source="window")
        assert amount(store, 1, "births") is None


def test_completing_locking_and_returning_are_not_undone(office: Store) -> None:
    for life in (Life.COMPLETE, Life.CHECKED, Life.LOCKED, Life.RETURNED):
        begin_form(office, 1, life)
    assert _refused(lambda: undo.undo(office, source="window")) == "nothing_to_undo"


def test_packages_and_installing_are_not_undone(office: Store) -> None:
    type_in(office, cell(1, "births", 1), source="package")
    assert _refused(lambda: undo.undo(office, source="package")) == "nothing_to_undo"
    assert _refused(lambda: undo.undo(office, source=None)) == "nothing_to_undo"
    with office.change(say("Alias"), source="window"):
        units.put_alias(office, "a", "b")
        settings.put(office, "a", 1)
    assert _refused(lambda: undo.undo(office, source="window")) == "nothing_to_undo"


def test_a_form_that_was_begun_stays_begun(office: Store) -> None:
    with office.change(say("Type a value"), source="window"):
        submissions.put(office, Submission("commune-1", "commune", "2024", Life.IN_ENTRY, OFFICE.uid))
        values.put_cells(office, [cell(1, "births", 1)])
    undo.undo(office, source="window")
    assert amount(office, 1, "births") is None
    assert submissions.one(office, unit="commune-1", form="commune", period="2024") is not None


def test_undoing_a_value_that_was_sent_makes_it_not_reported(office: Store) -> None:
    begin_form(office, 1)
    type_in(office, cell(1, "births", 1))
    with office.change(say("Export"), source="package") as change:
        release.release(office, change)
        settings.put(office, "sent", 1)
    undo.undo(office, source="window")
    found = values.one(office, unit="commune-1", period="2024", element="births")
    assert found is not None
    assert found.value == NOT_REPORTED
    undo.redo(office, source="window")
    assert amount(office, 1, "births") == 10000


def test_history_tells_undo_and_redo_with_what_they_undid(office: Store) -> None:
    type_in(office, cell(1, "births", 1))
    undo.undo(office, source="window")
    undo.redo(office, source="window")
    undo.undo(office, source="window")
    told = [str(entry.what) for entry in history.of(office, unit="commune-1", element="births")]
    assert told == ["Undo: Type a value", "Redo: Type a value", "Undo: Type a value", "Type a value"]


STEPS = st.lists(
    st.one_of(st.tuples(st.integers(1, 2), st.integers(0, 9)), st.sampled_from(["undo", "redo"])), max_size=25
)


@given(steps=STEPS)
def test_undo_and_redo_walk_through_the_same_states_as_a_text_editor(steps: list[object]) -> None:
    with copied() as store:
        now: dict[int, int] = {}
        past: list[dict[int, int]] = []
        future: list[dict[int, int]] = []
        for step in steps:
            if isinstance(step, tuple):
                unit, value = step
                if now.get(unit) == value:
                    continue
                type_in(store, cell(unit, "births", value, origin=Origin.TYPED))
                past.append(dict(now))
                future.clear()
                now[unit] = value
            else:
                source, target = (past, future) if step == "undo" else (future, past)
                deed = undo.undo if step == "undo" else undo.redo
                if not source:
                    assert _refused(lambda deed=deed: deed(store, source="window")) == f"nothing_to_{step}"
                    continue
                deed(store, source="window")
                target.append(dict(now))
                now = source.pop()
            found = {unit: held for unit in (1, 2) if (held := amount(store, unit, "births")) is not None}
            assert found == {unit: value * 10000 for unit, value in now.items()}
