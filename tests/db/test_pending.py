from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db import pending, release, undo
from db.release import FormKey
from db.store import Store
from db.tables import denominators
from db.tables.denominators import Denominator
from db.tables.submissions import Life
from desktop.domain.values import NOT_REPORTED
from desktop.wording import say
from tests.db.making import begin_form, cell, copied, type_in

ELEMENTS = ("births", "deaths", "insured")
DEEDS = st.one_of(
    st.tuples(st.just("type"), st.integers(1, 3), st.sampled_from(ELEMENTS), st.integers(0, 3)),
    st.tuples(st.just("clear"), st.integers(1, 3), st.sampled_from(ELEMENTS)),
    st.tuples(st.just("begin"), st.integers(1, 3), st.sampled_from([Life.IN_ENTRY, Life.COMPLETE])),
    st.tuples(st.just("release")),
    st.tuples(st.just("send"), st.integers(1, 3)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("people"), st.integers(1, 3)),
    st.tuples(st.just("no people")),
)


def _do(store: Store, deed: str, *words: object) -> None:
    unit, *more = (*words, 1)
    assert isinstance(unit, int)
    match deed:
        case "type":
            type_in(store, cell(unit, str(more[0]), int(str(more[1]))))
        case "clear":
            type_in(store, cell(unit, str(more[0]), NOT_REPORTED))
        case "begin":
            begin_form(store, unit, Life(str(more[0])))
        case "release" | "send":
            forms = [FormKey(f"commune-{unit}", "commune", "2024")] if deed == "send" else None
            with store.change(say("Release"), source="package") as change:
                release.release(store, change, forms=forms)
        case "undo" if undo.undoable(store, source="window"):
            undo.undo(store, source="window")
        case "redo" if undo.redoable(store, source="window"):
            undo.redo(store, source="window")
        case "people":
            with store.change(say("Choose"), source="lists"):
                denominators.put(store, [Denominator(f"commune-{unit}", 2024, "average", 1, "CTK", official=False)])
        case "no people":
            with store.change(say("Take back"), source="lists"):
                store.connection.execute("DELETE FROM denominator")


@given(st.lists(DEEDS, max_size=25), st.integers(0, 3))
def test_counting_and_following_tell_what_the_lists_hold(deeds: list[tuple[object, ...]], acknowledged: int) -> None:
    with copied() as store:
        base = {store.node: acknowledged}
        known = pending.count(store, base)
        for deed, *words in deeds:
            _do(store, str(deed), *words)
            told = pending.count(store, base)
            assert told.drafts == len(release.drafts(store))
            followed = pending.follow(store, known)
            assert followed in (None, told)
            known = told
        lacking = "SELECT count(*) FROM released r JOIN release v ON v.id = r.release WHERE v.number > ?"
        assert known.above == store.connection.execute(lacking, (acknowledged,)).fetchone()[0]


def test_typing_is_followed_and_a_release_is_counted_anew(office: Store) -> None:
    known = pending.count(office, {})
    assert known.rows == 0
    type_in(office, cell(1, "births", 5), cell(2, "births", 6))
    followed = pending.follow(office, known)
    assert followed is not None
    assert followed.rows == 2
    with office.change(say("Release"), source="package") as change:
        release.release(office, change)
    assert pending.follow(office, followed) is None
    assert pending.count(office, {}).rows == 2
    assert pending.count(office, {office.node: 1}).rows == 0


def test_many_rows_at_once_are_counted_not_followed(office: Store) -> None:
    known = pending.count(office, {})
    rows = [
        cell(unit, element, 1, f"{year}") for unit in (1, 2, 3) for element in ELEMENTS for year in range(1990, 2020)
    ]
    type_in(office, *rows)
    assert pending.follow(office, known) is None
    assert pending.count(office, {}).rows == len(rows)


def test_a_form_is_counted_with_its_figures(office: Store) -> None:
    known = pending.count(office, {})
    begin_form(office, 1)
    followed = pending.follow(office, known)
    assert followed is not None
    assert followed.rows == 1
