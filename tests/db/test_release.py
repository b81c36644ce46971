from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from db import pending, release, travel, undo
from db.release import FormKey
from db.store import Store
from db.tables import catalogue, denominators, submissions, units
from db.tables.denominators import Denominator
from db.tables.submissions import Life, Submission
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import NOT_REPORTED
from desktop.domain.versions import Version
from desktop.wording import say
from tests.db.making import CATALOGUE, COMMUNES, OFFICE, PROVINCE, amount, begin_form, cell, copied, type_in

ONE = FormKey("commune-1", "commune", "2024")
TWO = FormKey("commune-2", "commune", "2024")


def _release(store: Store, forms: list[FormKey] | None = None) -> Version | None:
    with store.change(say("Release"), source="package") as change:
        return release.release(store, change, forms=forms)


def _told(rows: list[travel.Row]) -> dict[tuple[str, str], tuple[object, int]]:
    """(unit, element) -> (amount, release) of the values among rows."""
    return {
        (row.names["unit"], row.names["element"]): (row.content and row.content["amount"], row.version.release)
        for row in rows
        if row.table == "value"
    }


def test_typing_makes_a_draft_that_does_not_travel(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    assert release.forms_with_drafts(office) == {ONE}
    assert travel.outgoing(office, {}) == []


def test_a_release_stamps_what_changed_and_numbers_without_gaps(office: Store) -> None:
    type_in(office, cell(1, "births", 5), cell(1, "deaths", 6))
    assert _release(office) == Version(office.node, 1)
    assert _release(office) is None
    type_in(office, cell(1, "births", 7))
    assert _release(office) == Version(office.node, 2)
    assert _told(travel.outgoing(office, {})) == {
        ("commune-1", "births"): (70000, 2),
        ("commune-1", "deaths"): (60000, 1),
    }


def test_a_release_of_one_form_leaves_the_others_drafts(office: Store) -> None:
    type_in(office, cell(1, "births", 5), cell(2, "births", 6))
    _release(office, [TWO])
    assert release.forms_with_drafts(office) == {ONE}
    assert _told(travel.outgoing(office, {})) == {("commune-2", "births"): (60000, 1)}
    _release(office)
    assert release.forms_with_drafts(office) == set()
    assert len(travel.outgoing(office, {})) == 2


def test_while_a_draft_is_open_the_last_released_version_is_sent(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    for value in (6, 7, 8):
        type_in(office, cell(1, "births", value))
    assert _told(travel.outgoing(office, {})) == {("commune-1", "births"): (50000, 1)}
    assert pending.count(office, {}).rows == 2


def test_a_draft_written_before_another_form_was_sent_is_not_lost(office: Store) -> None:
    """The trap of "everything above what was acknowledged" (package.md): form one is written first, sent last."""
    type_in(office, cell(1, "births", 5))
    type_in(office, cell(2, "births", 6))
    _release(office, [TWO])
    acknowledged = {office.node: 1}
    _release(office, [ONE])
    assert _told(travel.outgoing(office, acknowledged)) == {("commune-1", "births"): (50000, 2)}


def test_the_whole_form_of_one_changed_value_travels(office: Store) -> None:
    type_in(office, cell(1, "births", 5), cell(1, "insured", 6), cell(1, "stunted", 7), cell(2, "births", 8))
    _release(office)
    type_in(office, cell(1, "insured", 9))
    _release(office)
    found = _told(travel.outgoing(office, {office.node: 1}))
    assert found == {("commune-1", "births"): (50000, 1), ("commune-1", "insured"): (90000, 2)}


def test_a_change_that_was_taken_back_is_no_draft(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    type_in(office, cell(1, "births", 6))
    undo.undo(office, source="window")
    assert release.drafts(office) == []
    type_in(office, cell(2, "births", 6))
    undo.undo(office, source="window")
    assert release.drafts(office) == []
    assert _release(office) is None


def test_a_cleared_cell_travels_as_not_reported(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    type_in(office, cell(1, "births", NOT_REPORTED))
    _release(office)
    (row,) = travel.outgoing(office, {office.node: 1})
    assert row.content == {"state": "not_reported", "amount": None, "text": None, "note": None}


def test_a_row_that_was_deleted_travels_as_gone(office: Store) -> None:
    with office.change(say("Choose"), source="window"):
        denominators.put(office, [Denominator("commune-1", 2024, "average", 50_000_000, "Cục Thống kê", official=True)])
    _release(office)
    with office.change(say("Take back"), source="window"):
        office.connection.execute("DELETE FROM denominator")
    _release(office)
    (row,) = travel.outgoing(office, {office.node: 1})
    assert (row.table, row.content, row.names) == (
        "denominator",
        None,
        {"unit": "commune-1", "year": 2024, "population": "average"},
    )


def test_the_state_of_a_form_travels_with_it(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    begin_form(office, 1, Life.COMPLETE)
    _release(office, [ONE])
    table = {row.table: row for row in travel.outgoing(office, {})}
    assert table["submission"].names == {"unit": "commune-1", "form": "commune", "period": "2024"}
    assert table["submission"].content is not None
    assert table["submission"].content["state"] == "complete"
    assert travel.forms_in(office, list(table.values())) == [ONE]


def test_a_row_says_who_wrote_it_and_when(office: Store) -> None:
    type_in(office, cell(1, "births", 5), actor="hoa")
    _release(office)
    (row,) = travel.outgoing(office, {})
    assert (row.actor, row.at) == ("hoa", office.stamp())


def test_shipped_units_and_definitions_are_not_stamped(office: Store) -> None:
    assert release.drafts(office) == []
    with office.change(say("A station"), source="window"):
        units.put_units(office, [Unit("s", UnitKind.STATION, (UnitVersion(None, None, None, "Trạm", "commune-1"),))])
    assert release.drafts(office) == []


def _furnish_other(store: Store) -> Store:
    with store.change(say("Install"), source="system"):
        units.put_units(store, [*COMMUNES[::-1], PROVINCE], shipped=True)  # other integers than the sender's
        catalogue.put(store, CATALOGUE)
    return store


def _other() -> Store:
    """A province's record; copies of one template share its first node, so each begins its own."""
    store = copied(_furnish_other)
    with store.writing():
        store.draw_node("copied", store.stamp())
    return store


def _take(store: Store, rows: list[travel.Row]) -> int:
    with store.change(say("Take a package"), source="package"):
        assert all(standing.missing is None for standing in travel.standing(store, rows))
        return travel.take(store, rows)


def test_what_was_taken_is_what_was_sent(office: Store) -> None:
    type_in(office, cell(1, "births", 5, note="đã hỏi lại"), cell(2, "deaths", 0), cell(3, "insured", NOT_REPORTED))
    begin_form(office, 1, Life.COMPLETE)
    with office.change(say("Choose"), source="window"):
        denominators.put(office, [Denominator("commune-1", 2024, "average", 50_000_000, "CTK", official=False)])
    _release(office)
    sent = travel.outgoing(office, {})
    with _other() as province:
        assert _take(province, sent) >= len(sent)
        assert travel.outgoing(province, {}) == sent
        assert travel.form_rows(province, ONE) == travel.form_rows(office, ONE)
        assert release.drafts(province) == []
        assert _take(province, sent) == 0
        assert amount(province, 1, "births") == 50000
        assert submissions.one(province, unit="commune-1", form="commune", period="2024") == Submission(
            "commune-1", "commune", "2024", Life.COMPLETE, OFFICE.uid
        )


def test_what_travels_on_keeps_its_origin_and_its_version(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    with _other() as province, _other() as ministry:
        _take(province, travel.outgoing(office, {}))
        _take(ministry, travel.outgoing(province, {}))
        (row,) = travel.outgoing(ministry, {})
        assert (row.version, row.actor) == (Version(office.node, 1), "lan")
        assert travel.outgoing(ministry, {office.node: 1}) == []


def test_a_correction_of_the_receiver_is_its_own_version(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    with _other() as province:
        _take(province, travel.outgoing(office, {}))
        type_in(province, cell(1, "births", 6))
        (standing,) = _standing(province, travel.outgoing(office, {}))
        assert (standing.version, standing.draft) == (Version(office.node, 1), True)
        _release(province)
        (back,) = travel.outgoing(province, {office.node: 1})
        assert back.version == Version(province.node, 1)
        _take(office, [back])
        assert amount(office, 1, "births") == 60000
        assert travel.outgoing(office, {}) == [back]


def _standing(store: Store, rows: list[travel.Row]) -> list[travel.Standing]:
    with store.change(say("Look"), source="package"):
        return travel.standing(store, rows)


def test_under_a_draft_the_incoming_row_becomes_the_released_one(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    sent = travel.outgoing(office, {})
    with _other() as province:
        type_in(province, cell(1, "births", 9))
        with province.change(say("Take"), source="package"):
            travel.take_under_draft(province, sent[0])
        assert amount(province, 1, "births") == 90000, "the draft stays until its person decides"
        assert travel.outgoing(province, {}) == sent
        (standing,) = _standing(province, sent)
        assert (standing.version, standing.draft) == (Version(office.node, 1), True)
        assert standing.key is not None
        assert travel.content(province, "value", standing.key) == sent[0].content
        _release(province)
        assert _told(travel.outgoing(province, {})) == {("commune-1", "births"): (90000, 1)}


def test_the_same_content_may_get_the_greater_version(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    with _other() as province:
        type_in(province, cell(1, "births", 5))
        _release(province)
        (row,) = travel.outgoing(office, {})
        with province.change(say("Take"), source="package"):
            travel.restamp(province, row)
        assert travel.outgoing(province, {}) == [row]


def test_rows_that_cannot_be_placed_say_what_is_unknown(office: Store) -> None:
    type_in(office, cell(1, "births", 5))
    _release(office)
    (row,) = travel.outgoing(office, {})
    wrong = [
        row._replace(names={**row.names, "unit": "nobody"}),
        row._replace(names={**row.names, "element": "nothing"}),
        row._replace(names={**row.names, "period": "someday"}),
        row._replace(names={**row.names, "kind": "hope"}),
    ]
    assert [standing.missing for standing in _standing(office, wrong)] == ["unit", "element", "period", "kind"]


def test_a_new_period_comes_with_the_rows(office: Store) -> None:
    type_in(office, cell(1, "births", 5, period="202609D14"))
    _release(office)
    with _other() as province:
        _take(province, travel.outgoing(office, {}))
        assert amount(province, 1, "births", period="202609D14") == 50000


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["births", "deaths", "insured"]), st.integers(1, 2), st.integers(0, 3)),
        st.sampled_from(["release", "release one", "undo", "send"]),
    ),
    max_size=30,
)


@given(deeds=DEEDS)
def test_whatever_is_typed_released_and_undone_the_receiver_ends_with_the_same(deeds: list[object]) -> None:
    with copied() as store, _other() as province:
        base: dict[str, int] = {}

        def send() -> None:
            _take(province, travel.outgoing(store, base))
            number = store.connection.execute("SELECT release FROM node").fetchone()[0]
            base[store.node] = number

        for deed in deeds:
            if isinstance(deed, tuple):
                element, unit, value = deed
                type_in(store, cell(unit, element, value))
            elif deed == "undo" and undo.undoable(store, source="window"):
                undo.undo(store, source="window")
            elif deed in {"release", "release one"}:
                _release(store, None if deed == "release" else [ONE])
            elif deed == "send":
                send()
        _release(store)
        send()
        sent = _told(travel.outgoing(store, {}))
        assert _told(travel.outgoing(province, {})) == sent
        for unit in (1, 2):
            for element in ("births", "deaths", "insured"):
                assert amount(store, unit, element) == amount(province, unit, element)


@given(
    typed=st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["births", "deaths"]), st.integers(0, 2)), max_size=12),
    rests=st.integers(0, 12),
    done=st.lists(st.integers(1, 3), max_size=3),
)
@settings(max_examples=settings.default.max_examples // 2)  # each fills a record
def test_drafts_asked_by_form_are_those_found_among_all(
    typed: list[tuple[int, str, int]], rests: int, done: list[int]
) -> None:
    with copied() as store:
        for at, (unit, element, amount) in enumerate(typed):
            type_in(store, cell(unit, element, amount))
            if at % 3 == 0:
                begin_form(store, unit)
            if at == rests:
                store.rest()
        for unit in done:
            form = FormKey(f"commune-{unit}", "commune", "2024")
            every = release.drafts(store)
            wanted = {draft for draft in every if form in release.Forms(store).of(draft.table, draft.key)}
            asked = set(release.drafts_of(store, [form]))
            assert wanted == {d for d in asked if release.Forms(store).of(d.table, d.key) == [form]}
            assert asked <= set(every)
            with store.change(say("Complete"), source="window") as change:
                done_any = release.release(store, change, forms=[form]) is not None
            left = release.drafts(store)
            assert {draft.key for draft in left} == {draft.key for draft in every} - {draft.key for draft in asked}
            assert (
                not done_any
                or release.mark(store) == min((draft.newest for draft in left), default=store.head() + 1) - 1
            )
