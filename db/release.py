"""Releases: drafts become versions (`contract/package.md`).

Typing makes a draft; marking a form complete, or sending it while in entry, releases it: every row that changed
since its last release is stamped with (node, number), numbers of a node counting without gaps. Nothing is copied:
`released.sequence` is the journal row that is released, and a row is a draft while a later one touches its key.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from db import rows
from db.rows import Columns
from db.store import Change, Store
from db.tables import catalogue, periods, units
from db.tables.listing import CHILDREN as OF_CHILDREN
from db.tables.listing import EXCHANGED, Pace, name_of, number_of
from desktop.domain.versions import Version

_VALUE: Final = number_of("value")
_SUBMISSION: Final = number_of("submission")


def _numbers(tables: Iterable[int]) -> str:
    return ",".join(map(str, tables))


class Family(NamedTuple):
    """Tables that are released and sent together; `mark` names how far no draft of theirs lies."""

    mark: str
    tables: tuple[int, ...]


# Lists of children leave only when somebody chooses so: what is new among them must not hold the figures' mark back.
RECORD: Final = Family(
    "released",
    tuple(table.number for table in EXCHANGED if table.pace not in (Pace.WITH_USE, Pace.CHILDREN)),
)
CHILDREN: Final = Family("children released", tuple(map(number_of, sorted(OF_CHILDREN))))


def family_of(table: str) -> Family:
    """The tables that are released with one."""
    return CHILDREN if table in OF_CHILDREN else RECORD


# The newest journal row of each key, later than the mark: of everything, of what belongs to no form, of one form.
_NEWEST: Final = "SELECT max(sequence) AS newest FROM "
_WRITTEN: Final = _NEWEST + "journal WHERE sequence > ? AND +tbl IN (%s) GROUP BY tbl, key"
_OF_NO_FORM: Final = (
    f"{_NEWEST} journal_by_key WHERE sequence > ? "
    f"AND tbl IN ({_numbers(sorted({*RECORD.tables} - {_VALUE, _SUBMISSION}))}) GROUP BY tbl, key"
)
_OF_PLACE: Final = f"{_NEWEST} journal_by_key WHERE sequence > ? AND tbl = ? AND key >= ? AND key < ? GROUP BY key"
_OF_KEY: Final = f"{_NEWEST} journal_by_key WHERE sequence > ? AND tbl = ? AND key = ? GROUP BY key"
_NEXT: Final = (
    "SELECT j.sequence, j.tbl, j.key, r.sequence, r.row FROM journal j "
    "LEFT JOIN released r ON r.tbl = j.tbl AND r.key = j.key "
    "WHERE j.sequence > ? AND +j.tbl IN (%s) "
    "AND (r.sequence IS NULL OR j.sequence > r.sequence) ORDER BY j.sequence"
)
_LATER: Final = "SELECT EXISTS (SELECT 1 FROM journal_by_key WHERE tbl = ? AND key = ? AND sequence > ?)"


class FormKey(NamedTuple):
    """Which form: uid of the unit, code of the form, id of the period."""

    unit: str
    form: str
    period: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that was written since it was last released; `newest` is its last journal sequence."""

    table: str
    key: str
    newest: int


def drafts(store: Store, family: Family = RECORD) -> list[Draft]:
    """Every row whose present content was never released. A change that was taken back again leaves no draft."""
    return _among(store, _WRITTEN % _numbers(family.tables), mark(store, family))


def drafts_of(store: Store, forms: Collection[FormKey]) -> list[Draft]:
    """The drafts of some forms, and of all rows that belong to none; asked by key, however many others there are."""
    since = mark(store)
    found = _among(store, _OF_NO_FORM, since)
    unit_ids, period_ids, form_ids = units.ids(store), periods.ids(store), catalogue.form_ids(store)
    places = {(period_ids.get(form.period), unit_ids.get(form.unit)) for form in forms}
    for begin in sorted(f"[{period},{unit}" for period, unit in places):
        found += _among(store, _OF_PLACE, since, _VALUE, f"{begin},", f"{begin}-")
    for form in sorted(set(forms)):
        unit, number, period = unit_ids.get(form.unit), form_ids.get(form.form), period_ids.get(form.period)
        if unit is not None and number is not None and period is not None:
            found += _among(store, _OF_KEY, since, _SUBMISSION, rows.key_text(unit, number, period))
    return found


def _among(store: Store, keys: str, *asked: int | str) -> list[Draft]:
    found = store.connection.execute(
        "SELECT j.tbl, j.key, j.sequence, r.sequence, r.row, j.erased_by IS NULL AND j.after IS NOT NULL "
        f"FROM ({keys}) k CROSS JOIN journal j ON j.sequence = k.newest "
        "LEFT JOIN released r ON r.tbl = j.tbl AND r.key = j.key "
        "WHERE r.sequence IS NULL OR j.sequence > r.sequence ORDER BY j.sequence",
        asked,
    ).fetchall()
    return [
        Draft(name_of(table), key, newest)
        for table, key, newest, sequence, copy, stands in found
        # Most are new rows, never released: that they stand is known from the journal alone.
        if (stands and sequence is None) or _differs(store, name_of(table), key, sequence, copy)
    ]


def _differs(store: Store, table: str, key: str, sequence: int | None, copy: str | None) -> bool:
    now = rows.read(store, table, key)
    if sequence is None:
        return now is not None
    return copy is not None or now != at_sequence(store, table, key, sequence, now)


def at_sequence(store: Store, table: str, key: str, sequence: int, now: Columns | None) -> Columns | None:
    """A row as it stood after a journal sequence; `now` is its present content."""
    later = store.connection.execute(
        "SELECT j.before, j.after FROM journal_by_key k JOIN journal j ON j.sequence = k.sequence "
        "WHERE k.tbl = ? AND k.key = ? AND k.sequence > ? ORDER BY k.sequence DESC",
        (number_of(table), key, sequence),
    )
    shape = rows.shapes(store)[table]
    for before, after in later:
        now = rows.unwind(now, before, after)
    return None if now is None else {name: now.get(name) for name in shape.rest}


def released_content(store: Store, table: str, key: str) -> Columns | None:
    """What was last released of a row (columns beside the key), under a draft too; None: nothing, or gone."""
    found = store.connection.execute(
        "SELECT sequence, row FROM released WHERE (tbl, key) = (?, ?)", (number_of(table), key)
    ).fetchone()
    if found is None:
        return None
    sequence, copy = found
    if copy is not None:
        told: Columns | None = json.loads(copy)
        return told
    return at_sequence(store, table, key, sequence, rows.read(store, table, key))


def release(
    store: Store, change: Change, *, forms: Collection[FormKey] | None = None, family: Family = RECORD
) -> Version | None:
    """Release the drafts of some forms, or every draft (None), inside a change; None where nothing was a draft.

    Rows that belong to no form (units, tasks, denominators, reasons) are released with whatever is released.
    """
    chosen = drafts(store, family) if forms is None else _belonging(store, drafts_of(store, forms), set(forms))
    if not chosen:
        return None
    version = _next(store, change)
    stamp(store, ((draft.table, draft.key, draft.newest) for draft in chosen), release_id(store, version))
    _decided(store, {(draft.table, draft.key) for draft in chosen})
    if forms is None:
        _set_mark(store, family, store.head())
    else:
        advance(store)
    return version


def restate(store: Store, change: Change, table: str, key: str) -> Version:
    """Release a row as it stands, changed or not: the word that ends a conflict is a version of its own."""
    version = _next(store, change)
    stamp(store, [(table, key, store.head())], release_id(store, version))
    _decided(store, {(table, key)})
    advance(store, family_of(table))
    return version


def _next(store: Store, change: Change) -> Version:
    number = store.connection.execute(
        "UPDATE node SET release = release + 1 WHERE uid = ? RETURNING release", (change.node,)
    ).fetchone()[0]
    return Version(change.node, int(number))


def _decided(store: Store, keys: set[tuple[str, str]]) -> None:
    """A new version of a row has seen what lay beside it at the conflict desk: it is the decision."""
    for number, table, key in store.connection.execute(
        "SELECT id, tbl, key FROM conflict WHERE resolution IS NULL OR resolution = 'same'"
    ).fetchall():
        if (name_of(table), key) in keys:
            store.connection.execute("UPDATE conflict SET resolution = 'released' WHERE id = ?", (number,))


def _belonging(store: Store, waiting: list[Draft], forms: set[FormKey]) -> list[Draft]:
    known = Forms(store)
    found = ((draft, known.of(draft.table, draft.key)) for draft in waiting)
    return [draft for draft, own in found if not own or not forms.isdisjoint(own)]


def release_id(store: Store, version: Version, actor: str | None = None, at: str | None = None) -> int:
    """The number under which a version (with the sender's post and time, of received rows) is kept."""
    key = (version.node, version.release, actor, at)
    found = store.connection.execute(
        "SELECT id FROM release WHERE node = ? AND number = ? AND ifnull(actor, '') = ifnull(?, '') "
        "AND ifnull(at, '') = ifnull(?, '')",
        key,
    ).fetchone()
    if found is None:
        found = store.connection.execute(
            "INSERT INTO release (node, number, actor, at) VALUES (?, ?, ?, ?) RETURNING id", key
        ).fetchone()
    return int(found[0])


def stamp(store: Store, keys: Iterable[tuple[str, str, int]], release: int) -> None:
    """Give rows (table, key, journal sequence that is released) a version; their copies are no longer needed."""
    store.connection.executemany(
        "INSERT INTO released (tbl, key, release, sequence) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET release = excluded.release, sequence = excluded.sequence, row = NULL",
        ((number_of(table), key, release, sequence) for table, key, sequence in keys),
    )


def mark(store: Store, family: Family = RECORD) -> int:
    """The journal sequence up to which no draft lies."""
    found = store.connection.execute("SELECT sequence FROM mark WHERE name = ?", (family.mark,)).fetchone()
    return int(found[0]) if found else 0


def _set_mark(store: Store, family: Family, sequence: int) -> None:
    store.connection.execute(
        "INSERT INTO mark (name, sequence) VALUES (?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence",
        (family.mark, sequence),
    )


def advance(store: Store, family: Family = RECORD) -> None:
    """Move the mark from which drafts are looked for as far as no draft lies before it: to the first, if any."""
    waiting = store.connection.execute(_NEXT % _numbers(family.tables), (mark(store, family),))
    for sequence, table, key, sent, copy in waiting:
        is_newest = not store.connection.execute(_LATER, (table, key, sequence)).fetchone()[0]
        if is_newest and _differs(store, name_of(table), key, sent, copy):
            _set_mark(store, family, sequence - 1)
            return
    _set_mark(store, family, store.head())


def forms_with_drafts(store: Store) -> set[FormKey]:
    """The forms in which something was written since they were last released."""
    forms = Forms(store)
    return {form for draft in drafts(store) for form in forms.of(draft.table, draft.key)}


class Forms:
    """Which forms rows belong to, by the catalogue and the submissions of one moment."""

    def __init__(self, store: Store) -> None:
        self._uids, self._periods = units.uids(store), periods.codes(store)
        self._codes = catalogue.form_codes(store)
        self.by_element: dict[int, list[int]] = {}
        for element, form in store.connection.execute("SELECT element, form FROM form_element ORDER BY form"):
            self.by_element.setdefault(element, []).append(form)
        self._store = store
        self._begun: dict[tuple[int, int], set[int]] = {}

    def of(self, table: str, key: str) -> list[FormKey]:
        """The forms of a row: those that were begun, else all that have its element; none for other tables."""
        if table == "submission":
            unit, form, period = rows.key_parts(key)
            return [self._named(unit, form, period)]
        if table != "value":
            return []
        period, unit, element = rows.key_parts(key)[:3]
        return [self._named(unit, form, period) for form in self.numbers(period, unit, element)]

    def numbers(self, period: int, unit: int, element: int) -> list[int]:
        """The forms of one value in the record's integers."""
        own = self.by_element.get(element, [])
        if len(own) < 2:
            return own
        begun = self._begun.get((period, unit))
        if begun is None:
            found = self._store.connection.execute(
                "SELECT form FROM submission WHERE (unit, period) = (?, ?)", (unit, period)
            )
            begun = self._begun[period, unit] = {form for (form,) in found}
        return [form for form in own if form in begun] or own

    def _named(self, unit: int, form: int, period: int) -> FormKey:
        return FormKey(self._uids[unit], self._codes[form], self._periods[period])
