"""Rows in names that every record knows: uids of units, ids of periods, codes of elements; and back in integers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from db import rows
from db.rows import Columns
from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.codes import KIND_CODE, STATES
from desktop.domain.periods import BadPeriod, Period
from desktop.domain.versions import Version

BY_UID: Final = frozenset(
    {"unit_act", "task", "child", "weighing_session"}
)  # their own integer never leaves the record
UID_OF: Final = {"act": "unit_act", "task": "task", "child": "child"}  # columns that name them
BORN_HERE: Final = frozenset(
    {"unit_act", "child", "weighing_session"}
)  # a row of theirs that comes in gets its integer


class Row(NamedTuple):
    """A released row. `names` is its key in uids, ids and codes; `content` the other columns, None: gone.

    Of values the content is state (word), amount (ten-thousandths), text and note.
    """

    table: str
    names: dict[str, Any]
    content: Columns | None
    version: Version
    actor: str
    at: str


def value_content(state: int, amount: int | None, text: str | None, note: str | None) -> Columns:
    """The columns of a stored figure as they travel: its state as a word, the amount in ten-thousandths."""
    return {"state": STATES[state].value, "amount": amount, "text": text, "note": note}


class Names:
    """Names of other records in this record's integers; made once for many rows, inside a change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._uids = units.ids(store)
        self._periods = dict(periods.ids(store))
        self._known: dict[str, Mapping[str, int]] = {
            "unit": self._uids,
            "old": self._uids,
            "new": self._uids,
            "element": catalogue.element_ids(store),
            "form": catalogue.form_ids(store),
            "category": catalogue.category_ids(store),
            "kind": {kind.value: code for kind, code in KIND_CODE.items()},
            "act": self._by_uid("unit_act"),
            "task": self._by_uid("task"),
        }

    def _by_uid(self, table: str) -> dict[str, int]:
        return dict(self._store.connection.execute(f"SELECT uid, id FROM {table}").fetchall())

    def key(self, table: str, names: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """The journal key of a row, or the name of the column that is not known here. Puts in new periods."""
        if table == "value":
            return self._value_key(names)
        if table in BY_UID:
            number = self._number(table, names["uid"])
            return (None, "uid") if number is None else (rows.key_text(number), None)
        parts: list[Any] = []
        for column in rows.shapes(self._store)[table].key:
            told = names.get(column)
            known = self._known.get(column)
            if column == "child" and table != "unnamed_visit":
                told = self._number("child", told)
            part = self._period(told) if column == "period" else told if known is None else known.get(str(told))
            if part is None:
                return None, column
            parts.append(part)
        return rows.key_text(*parts), None

    def _number(self, table: str, uid: Any) -> int | None:
        if table in _KNOWN:
            return self._known[_KNOWN[table]].get(uid)
        # Children are many: only those that are asked for are looked up.
        found = self._store.connection.execute(f"SELECT id FROM {table} WHERE uid = ?", (uid,)).fetchone()
        return int(found[0]) if found else None

    def _value_key(self, names: Mapping[str, Any]) -> tuple[str | None, str | None]:
        # Written out: it is asked twice for every figure of a package.
        told, known = names.get, self._known
        parts = (
            self._period(told("period")),
            self._uids.get(told("unit", "")),
            known["element"].get(told("element", "")),
            known["category"].get(told("category", "")),
            known["kind"].get(told("kind", "")),
        )
        if None in parts:
            return None, _VALUE_KEY[parts.index(None)]
        return VALUE_TEXT % parts, None

    def _period(self, name: Any) -> int | None:
        known = self._periods.get(name)
        if known is None and isinstance(name, str):
            try:
                known = self._periods[name] = periods.key(self._store, Period.parse(name))
            except BadPeriod:
                return None
        return known


_KNOWN: Final = {"unit_act": "act", "task": "task"}
_VALUE_KEY: Final = ("period", "unit", "element", "category", "kind")
VALUE_TEXT: Final = "[%d,%d,%d,%d,%d]"
