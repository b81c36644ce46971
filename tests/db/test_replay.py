"""The journal holds everything: played forwards it rebuilds all tables, played backwards it empties them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from db import check, driver, journal, migrate, release, undo
from db.driver import Connection
from db.store import Store
from db.tables import denominators, findings, plans, settings, submissions, units, values
from db.tables.denominators import Denominator
from db.tables.findings import KeptReason
from db.tables.listing import JOURNALLED, name_of
from db.tables.submissions import Life, Submission
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from desktop.wording import say
from tests.db.making import OFFICE, cell, copied, type_in

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
VALUES = st.one_of(
    st.integers(-(10**12), 10**12).map(number),
    st.sampled_from([YES, NO, NOT_APPLICABLE, NOT_REPORTED]),
    TEXTS.map(lambda text: Value(State.TEXT, text=text)),
)
CELLS = st.builds(
    cell,
    st.integers(1, 3),
    st.sampled_from(["births", "deaths", "insured"]),
    VALUES,
    period=st.sampled_from(["2023", "2024", "2024Q3"]),
    note=st.one_of(st.none(), TEXTS),
)


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: sorted(connection.execute(f"SELECT * FROM {table.name}").fetchall(), key=repr)
        for table in JOURNALLED
    }


def bare() -> Connection:
    """The schema without triggers."""
    connection = driver.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = OFF")
    for step in migrate.STEPS:
        step(connection)
    return connection


def play(
    connection: Connection, keys: dict[str, list[str]], table: str, key: str, now: str | None, then: str | None
) -> None:
    """Change one row of a bare copy from `now` to `then`, both as the journal tells them."""
    names, parts = keys[table], json.loads(key)
    where = " AND ".join(f"{name} = ?" for name in names)
    if then is None:
        done = connection.execute(f"DELETE FROM {table} WHERE {where}", parts)
    else:
        told = json.loads(then)
        if now is None:
            row = dict(zip(names, parts, strict=True)) | told
            marks = ", ".join("?" * len(row))
            done = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        else:
            sets = ", ".join(f"{name} = ?" for name in told)
            done = connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", [*told.values(), *parts])
    assert done.rowcount == 1, (table, key, now, then)


def replay(store: Store) -> None:
    rows = store.connection.execute("SELECT tbl, key, before, after FROM journal ORDER BY sequence").fetchall()
    keys = {
        table: [c.name for c in sorted((c for c in columns if c.key), key=lambda c: c.key)]
        for table, columns in journal.columns(store.connection).items()
    }
    copy = bare()
    for number_, key, before, after in rows:
        play(copy, keys, name_of(number_), key, before, after)
    assert contents(copy) == contents(store.connection)
    for number_, key, before, after in reversed(rows):
        play(copy, keys, name_of(number_), key, after, before)
    assert not any(contents(copy).values())
    copy.close()


class Office(RuleBasedStateMachine):
    """A person at work: types, pastes, chooses, completes, undoes, and is interrupted."""

    def __init__(self) -> None:
        super().__init__()
        self.store = copied()

    def teardown(self) -> None:
        replay(self.store)
        assert check.check(self.store) == []
        self.store.close()

    @rule(cells=st.lists(CELLS, min_size=1, max_size=5))
    def paste(self, cells: list[values.Cell]) -> None:
        type_in(self.store, *cells)

    @rule(cells=st.lists(CELLS, min_size=1, max_size=3))
    def be_interrupted(self, cells: list[values.Cell]) -> None:
        before = contents(self.store.connection)
        try:
            with self.store.change(say("Type"), source="window"):
                values.put_cells(self.store, cells)
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            assert contents(self.store.connection) == before

    @rule(life=st.sampled_from(list(Life)), unit=st.integers(1, 3), reason=st.one_of(st.none(), TEXTS))
    def move_a_form(self, life: Life, unit: int, reason: str | None) -> None:
        with self.store.change(say("Move"), source="window") as change:
            told = Submission(f"commune-{unit}", "commune", "2024", life, OFFICE.uid, reason=reason)
            submissions.put(self.store, told)
            release.release(self.store, change)

    @rule(name=TEXTS, value=st.one_of(TEXTS, st.integers(), st.none()))
    def set_something(self, name: str, value: object) -> None:
        with self.store.change(say("Set"), source="window"):
            settings.put(self.store, name, value)

    @rule(amount=st.integers(0, 10**9), unit=st.integers(1, 3))
    def choose_a_denominator(self, amount: int, unit: int) -> None:
        with self.store.change(say("Choose"), source="window"):
            told = Denominator(f"commune-{unit}", 2024, "average", amount, "CTK", official=bool(amount % 2))
            denominators.put(self.store, [told])

    @rule(reason=TEXTS)
    def keep_a_finding(self, reason: str) -> None:
        with self.store.change(say("Keep"), source="window"):
            findings.put(self.store, KeptReason("commune-1", "2024", "births", "r", "1", reason, "lan", "now"))

    @rule(name=TEXTS, place=st.integers(0, 2))
    def rename_a_station(self, name: str, place: int) -> None:
        with self.store.change(say("Rename"), source="window"):
            version = UnitVersion(None, None, None, name, "commune-1")
            units.put_units(self.store, [Unit(f"station-{place}", UnitKind.STATION, (version,))])

    @precondition(lambda self: not plans.codes(self.store))
    @rule(title=TEXTS)
    def install_a_plan(self, title: str) -> None:
        with self.store.change(say("Install"), source="system"):
            self.store.connection.execute(
                "INSERT INTO plan (code, title, issuer, kind, definition) VALUES ('p', ?, '', 'plan', '{}')", (title,)
            )

    @precondition(lambda self: plans.codes(self.store))
    @rule()
    def remove_the_plan(self) -> None:
        with self.store.change(say("Remove"), source="system"):
            plans.remove(self.store, "p")

    @precondition(lambda self: undo.undoable(self.store, source="window"))
    @rule()
    def undo(self) -> None:
        try:
            undo.undo(self.store, source="window")
        except undo.AppError as fault:
            assert fault.code in {"changed_since", "left_entry"}

    @precondition(lambda self: undo.redoable(self.store, source="window"))
    @rule()
    def redo(self) -> None:
        try:
            undo.redo(self.store, source="window")
        except undo.AppError as fault:
            assert fault.code in {"changed_since", "left_entry"}

    @invariant()
    def every_journal_row_belongs_to_a_change(self) -> None:
        found = self.store.connection.execute(
            "SELECT count(*) FROM journal WHERE change NOT IN (SELECT id FROM change)"
        ).fetchone()
        assert found == (0,)


TestOffice = Office.TestCase
TestOffice.settings = hypothesis_settings(stateful_step_count=25)
