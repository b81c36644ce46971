"""Rows on their way between records: in names every record knows, with version, post and time.

Going out: the released content of every row above a base, of values always the whole form. Coming in: `db.arriving`.
What is decided is decided by `desktop.domain.versions`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db import named_children, release, rows
from db.arriving import Standing, restamp, standing, take, take_under_draft
from db.named import BY_UID, UID_OF, VALUE_TEXT, Names, Row, value_content
from db.release import FormKey
from db.rows import Columns
from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.codes import KINDS
from db.tables.listing import CHILDREN, EXCHANGED, name_of, number_of
from desktop.domain.versions import Version, above

__all__ = [
    "RECORD",
    "Names",
    "Row",
    "Standing",
    "content",
    "form_rows",
    "forms_in",
    "outgoing",
    "present",
    "restamp",
    "rows_of_forms",
    "standing",
    "take",
    "take_under_draft",
    "written",
]

_VALUE: Final = number_of("value")
RECORD: Final = frozenset(table.name for table in EXCHANGED) - CHILDREN
"""What travels in every package; tables of children have packages of their own."""


@dataclass(frozen=True, slots=True)
class _Entry:
    table: str
    key: str
    version: Version
    actor: str | None
    at: str | None
    sequence: int
    copy: str | None


_ENTRIES: Final = (
    "SELECT r.tbl, r.key, v.node, v.number, v.actor, v.at, r.sequence, r.row FROM released r "
    "JOIN release v ON v.id = r.release "
)


def _entries(store: Store, where: str, values: Sequence[object]) -> list[_Entry]:
    return [
        _Entry(name_of(table), key, Version(node, number), actor, at, sequence, copy)
        for table, key, node, number, actor, at, sequence, copy in store.connection.execute(_ENTRIES + where, values)
    ]


def outgoing(
    store: Store,
    base: Mapping[str, int],
    *,
    also: Iterable[tuple[str, str]] = (),
    tables: Collection[str] = RECORD,
) -> list[Row]:
    """The released rows above a base, of values the whole form of which one is above; in the order of names.

    `tables` are those of the scope. `also` names further rows by table and journal key: those another version of which
    is above the base.
    Nothing may be left out of what this returns: `seen` will say that the receiver has it.
    """
    newer = [
        number
        for number, node, release in store.connection.execute("SELECT id, node, number FROM release")
        if above(Version(node, release), base)
    ]
    among = "r.release IN (SELECT value FROM json_each(?))"
    numbers = json.dumps([number_of(table) for table in tables if table != "value"])
    of_scope = "r.tbl IN (SELECT value FROM json_each(?))"
    entries = _entries(store, f"WHERE {among} AND {of_scope}", (json.dumps(newer), numbers))
    found = store.connection.execute(
        f"SELECT key FROM released r WHERE {among} AND r.tbl = {_VALUE}", (json.dumps(newer),)
    )
    figures = {key for (key,) in found} if "value" in tables else set()
    held = {(entry.table, entry.key) for entry in entries}
    for table, key in dict.fromkeys(also):
        if table == "value":
            figures.add(key)
        elif (table, key) not in held:
            entries += _entries(store, "WHERE (r.tbl, r.key) = (?, ?)", (number_of(table), key))
    if not entries and not figures:
        return []
    out = _Out(store)
    others = sorted(map(out.row, entries), key=lambda row: (number_of(row.table), str(row.names)))
    return others + [row for place, elements in out.touched(figures) for row in out.values(*place, elements)]


def form_rows(store: Store, form: FormKey) -> list[Row]:
    """The released values of one form, ordered by element, category and kind: what a digest is made of."""
    return next(rows_of_forms(store, [form]))


def rows_of_forms(store: Store, forms: Iterable[FormKey]) -> Iterator[list[Row]]:
    """The same for many forms, in their order: what is not known here has no rows."""
    out = _Out(store)
    known = periods.ids(store), units.ids(store), catalogue.form_ids(store)
    for form in forms:
        period, unit, number = (
            ids.get(name) for ids, name in zip(known, (form.period, form.unit, form.form), strict=True)
        )
        if period is None or unit is None or number is None:
            yield []
            continue
        yield out.values(period, unit, None, number)


def forms_in(store: Store, rows: Iterable[Row]) -> list[FormKey]:
    """The forms that values and submissions among the rows belong to, in a fixed order."""
    names, forms = Names(store), release.Forms(store)
    keys = ((row.table, names.key(row.table, row.names)[0]) for row in rows if row.table in {"value", "submission"})
    return sorted({form for table, key in keys if key is not None for form in forms.of(table, key)})


_STANDING: Final = (
    "SELECT period, unit, element, category, kind, state, amount, text, note FROM value WHERE (period, unit) = (?, ?)"
)
_FIGURES: Final = (
    "SELECT r.key, r.release, j.change, r.row IS NOT NULL FROM released r "
    f"LEFT JOIN journal j ON j.sequence = r.sequence WHERE r.tbl = {_VALUE} AND r.key >= ? AND r.key < ?"
)


class _Out:
    """Reads released rows of one store with the names of one moment."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.drafts = {(draft.table, draft.key) for draft in release.drafts(store)}
        self.forms = release.Forms(store)
        self.changes: dict[int, tuple[str, str]] = {}
        self.uids, self.periods = units.uids(store), periods.codes(store)
        self.elements, self.categories = catalogue.element_codes(store), catalogue.category_codes(store)
        self.releases = {
            number: (Version(node, release), actor or "", at or "")
            for number, node, release, actor, at in store.connection.execute(
                "SELECT id, node, number, actor, at FROM release"
            )
        }

    def row(self, entry: _Entry) -> Row:
        content = release.released_content(self.store, entry.table, entry.key)
        return self._made(entry, self._names(entry), content)

    def _names(self, entry: _Entry) -> dict[str, Any]:
        from db.history import place

        if entry.table in BY_UID:
            return {"uid": self._uid(entry.table, rows.key_parts(entry.key)[0])}
        named = place(self.store, entry.table, entry.key)
        if entry.table == "unnamed_visit":
            return named
        return {name: self._uid(UID_OF[name], part) if name in UID_OF else part for name, part in named.items()}

    def _uid(self, table: str, number: int) -> str | None:
        found = self.store.connection.execute(f"SELECT uid FROM {table} WHERE id = ?", (number,)).fetchone()
        return str(found[0]) if found else None

    def _made(self, entry: _Entry, names: dict[str, Any], content: Columns | None) -> Row:
        if entry.table == "value" and content is not None:
            content = value_content(content["state"], content["amount"], content["text"], content["note"])
        elif content is not None:
            content = _told(self.store, entry.table, content)
        actor, at = (entry.actor, entry.at) if entry.at is not None else self._written(entry.sequence)
        return Row(entry.table, names, content, entry.version, actor or "", at or "")

    def _written(self, sequence: int) -> tuple[str, str]:
        found = self.store.connection.execute("SELECT change FROM journal WHERE sequence = ?", (sequence,)).fetchone()
        return self._written_in(int(found[0]) if found else 0)

    def _written_in(self, change: int) -> tuple[str, str]:
        """The post and time of a change; of the one that is still open, ours and now."""
        if change not in self.changes:
            told = self.store.connection.execute("SELECT actor, at FROM change WHERE id = ?", (change,)).fetchone()
            self.changes[change] = told or (self.store.actor, self.store.stamp())
        return self.changes[change]

    def touched(self, figures: Iterable[str]) -> list[tuple[tuple[int, int], set[int]]]:
        """The (period, unit) of value keys with their elements, in the order of names."""
        found: dict[tuple[int, int], set[int]] = {}
        for key in figures:
            period, unit, element, _ = key[1:].split(",", 3)
            found.setdefault((int(period), int(unit)), set()).add(int(element))
        return sorted(found.items(), key=lambda item: (self.uids[item[0][1]], self.periods[item[0][0]]))

    def values(self, period: int, unit: int, touched: set[int] | None, form: int | None = None) -> list[Row]:
        """The released values of a unit and period: of one form, or of every form that has a touched element.

        Ordered by element, category and kind, as words.
        """
        now = {VALUE_TEXT % row[:5]: row[5:] for row in self.store.connection.execute(_STANDING, (period, unit))}
        wanted = self._wanted(period, unit, touched, form)
        uid, code = self.uids[unit], self.periods[period]
        found = []
        for key, number, change, copied in self.store.connection.execute(
            _FIGURES, (f"[{period},{unit},", f"[{period},{unit}-")
        ):
            element, category, kind = map(int, key[1:-1].split(",")[2:])
            if element not in wanted:
                continue
            version, actor, at = self.releases[number]
            if not at:
                actor, at = self._written_in(change or 0)
            if copied or ("value", key) in self.drafts:
                told = content(self.store, "value", key)
            else:
                row = now.get(key)
                told = value_content(*row) if row else None
            names = {
                "unit": uid,
                "period": code,
                "element": self.elements[element],
                "category": self.categories[category],
                "kind": KINDS[kind].value,
            }
            found.append(Row("value", names, told, version, actor, at))
        found.sort(key=lambda row: (row.names["element"], row.names["category"], row.names["kind"]))
        return found

    def _wanted(self, period: int, unit: int, touched: set[int] | None, form: int | None) -> set[int]:
        forms = {form} if form is not None else set()
        for element in touched or ():
            forms.update(self.forms.numbers(period, unit, element))
        whole = {element for element, held in self.forms.by_element.items() if not forms.isdisjoint(held)}
        return whole | (touched or set())


def content(store: Store, table: str, key: str) -> Columns | None:
    """What was last released of our row, in the words of an outgoing row; None: nothing, or gone."""
    held = release.released_content(store, table, key)
    if held is None:
        return None
    if table == "value":
        return value_content(held["state"], held["amount"], held["text"], held["note"])
    return _told(store, table, held)


def _told(store: Store, table: str, held: Columns) -> Columns:
    """The columns of our row as they travel; its uid is its name."""
    named = named_children.told(store, table, held) or {}
    return {name: value for name, value in named.items() if table not in BY_UID or name != "uid"}


def written(store: Store, table: str, key: str) -> tuple[str, str]:
    """The post that wrote what was last released of our row, and when."""
    found = _entries(store, "WHERE (r.tbl, r.key) = (?, ?)", (number_of(table), key))
    if not found:
        return store.actor, store.stamp()
    row = _Out(store).row(found[0])
    return row.actor, row.at


def present(store: Store, table: str, key: str) -> Columns | None:
    """What stands in our row now, a draft too, in the words of an outgoing row; None: no row."""
    held = rows.read(store, table, key)
    if held is None or table != "value":
        return held if held is None else _told(store, table, held)
    return value_content(held["state"], held["amount"], held["text"], held["note"])
