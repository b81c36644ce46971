"""Rows in the names of the package and in the names of the record: there and back, and the digest of a form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from db import travel
from db.release import FormKey
from db.tables import units
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.text import fold
from desktop.domain.units import Register, Unit
from desktop.domain.versions import Version
from desktop.exchange.package.row import Row
from desktop.exchange.package.rows import form_digest
from desktop.exchange.package.tables import TABLES, plain_amount, scaled

# In rows of figures a unit is told with code, name and first day; in the other tables by its uid alone.
_SCORED: Final = frozenset({"criteria_score", "criteria_evidence", "recognition"})
WITH_UNIT: Final = frozenset({"value", "submission", "judgement", "finding_reason", "denominator"}) | _SCORED
# Of these the unit stands beside the key: where a child lives, whose session it was.
UNIT_BESIDE: Final = frozenset({"child", "child_status", "weighing_session", "unnamed_visit"})
_FLAGS: Final = frozenset({"struck", "oedema", "absent", "provisional", "undone", "whole", "official"})
_AMOUNTS: Final = frozenset({"amount", "share", "points"})
_DEFINED: Final = frozenset({"unit_act", "station_item"})
# Who kept a finding and when: every row of a package has a `who` and an `at` of its own.
_KEPT: Final = {"who": "kept_by", "at": "kept_at"}


@dataclass(slots=True)
class Names:
    """Units of one record as packages tell them; made once for many rows."""

    register: Register
    aliases: Mapping[str, str] = field(default_factory=dict)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record) -> Names:
        """The names of a record's units."""
        return cls(units.register(record), {uid: units.resolve(record, uid) for uid in units.aliases(record)})

    def renew(self, register: Register) -> None:
        """Know units anew: acts of a package made some and changed others."""
        self.register = register
        self.told.clear()
        self.found = {key: uid for key, uid in self.found.items() if uid is not None and uid in register.units}

    def unit(self, uid: str) -> dict[str, Any]:
        """A unit as a package tells it."""
        if uid not in self.told:
            unit = self.register.units[uid]
            last, first = unit.versions[-1], unit.versions[0]
            begin = first.valid_from.isoformat() if first.valid_from else None
            self.told[uid] = {"uid": uid, "code": last.code, "name": last.name, "valid_from": begin}
        return self.told[uid]

    def resolve(self, told: Mapping[str, Any], period: str | None) -> str | None:
        """The uid here of a unit a package tells: by uid, else by code on the period's last day under the same name."""
        uid = str(told["uid"])
        uid = self.aliases.get(uid, uid)
        if uid in self.register.units:
            return uid
        key = (uid, period or "")
        if key not in self.found:
            self.found[key] = self._by_code(told, period)
        return self.found[key]

    def _by_code(self, told: Mapping[str, Any], period: str | None) -> str | None:
        code = told.get("code")
        if not code or period is None:
            return None
        day = Period.parse(period).last
        unit: Unit | None = self.register.find(str(code), day)
        version = unit.on(day) if unit else None
        return unit.uid if unit and version and fold(version.name) == fold(str(told["name"])) else None


_KEYS: Final = {name: tuple(table.key) for name, table in TABLES.items()}
Place = tuple[Any, ...]
"""Where a row belongs: its table and the parts of its key, the unit by the uid it has here."""


def key_names(table: str) -> tuple[str, ...]:
    """The fields that make the key of a table's rows."""
    return _KEYS[table]


def place(table: str, fields: Mapping[str, Any], names: Names) -> Place:
    """The place of a package's row; of a unit nobody here knows by the uid it was told with."""
    if table == "value":  # nearly all rows of a package
        unit, period = fields["unit"], fields["period"]
        uid = names.resolve(unit, period) or unit["uid"]
        return table, uid, period, fields["element"], fields["category"], fields["kind"]
    parts = [fields.get(name) for name in key_names(table)]
    if table in WITH_UNIT:
        unit = fields["unit"]
        parts[0] = names.resolve(unit, _period_of(fields)) or unit["uid"]
    return (table, *parts)


def place_of(row: travel.Row) -> Place:
    """The place of a row of ours."""
    return (row.table, *(row.names.get(name) for name in key_names(row.table)))


def _period_of(fields: Mapping[str, Any]) -> str | None:
    return fields.get("period") or (str(fields["year"]) if "year" in fields else None)


def outgoing(row: travel.Row, names: Names) -> Row:
    """A row of the record as the package writes it."""
    if row.table == "value":
        return _told_figure(row, names)
    told: dict[str, Any] = dict(row.names) | dict(row.content or {})
    if row.table in WITH_UNIT or (row.table in UNIT_BESIDE and told.get("unit") is not None):
        told["unit"] = names.unit(told["unit"])
    for name, value in told.items():
        if name in _AMOUNTS and value is not None:
            told[name] = plain_amount(int(value))
        elif name in _FLAGS:
            told[name] = bool(value)
    if row.table == "finding_reason":
        told = {_KEPT.get(name, name): value for name, value in told.items()}
    if row.table in _DEFINED and row.content is not None:
        told["definition"] = json.loads(told["definition"])
    shape = TABLES[row.table]
    known = {*shape.key, *shape.needed, *shape.optional}
    chosen = {name: told[name] for name in told if name in (shape.key if row.content is None else known)}
    return Row(row.version, row.actor, row.at, chosen, gone=row.content is None)


def _told_figure(row: travel.Row, names: Names) -> Row:
    """A value as the package writes it: the way that nearly all rows go."""
    told = dict(row.names)
    told["unit"] = names.unit(told["unit"])
    if row.content is None:
        return Row(row.version, row.actor, row.at, told, gone=True)
    told.update(row.content)
    amount = told["amount"]
    if amount is not None:
        told["amount"] = plain_amount(amount)
    return Row(row.version, row.actor, row.at, told)


def incoming(table: str, row: Row, names: Names) -> travel.Row | None:
    """A row of a package as the record takes it; None where its unit is not known here."""
    if table == "value":
        return _figure(row, names)
    shape = TABLES[table]
    told = dict(row.fields)
    if table in WITH_UNIT:
        uid = names.resolve(told["unit"], _period_of(told))
        if uid is None:
            return None
        told["unit"] = uid
    if table in UNIT_BESIDE and told.get("unit") is not None:
        told["unit"] = names.resolve(told["unit"], None)
        if told["unit"] is None:
            return None
    for name in told.keys() & _AMOUNTS:
        told[name] = scaled(told[name])
    for name in told.keys() & _FLAGS:
        told[name] = int(told[name])
    key = {name: told[name] for name in shape.key}
    if row.gone:
        return travel.Row(table, key, None, row.version, row.who, row.at)
    rest = {name: told.get(name) for name in (*shape.needed, *shape.optional) if name != "origin"}
    return travel.Row(table, key, _whole(table, rest), row.version, row.who, row.at)


def _figure(row: Row, names: Names) -> travel.Row | None:
    """A value, which has no columns of its own kind: the way that nearly all rows go."""
    told = row.fields
    uid = names.resolve(told["unit"], told["period"])
    if uid is None:
        return None
    key = {
        "unit": uid,
        "period": told["period"],
        "element": told["element"],
        "category": told["category"],
        "kind": told["kind"],
    }
    if row.gone:
        return travel.Row("value", key, None, row.version, row.who, row.at)
    amount = told.get("amount")
    content = {
        "state": told["state"],
        "amount": None if amount is None else scaled(amount),
        "text": told.get("text"),
        "note": told.get("note"),
    }
    return travel.Row("value", key, content, row.version, row.who, row.at)


def _whole(table: str, rest: dict[str, Any]) -> dict[str, Any]:
    """Columns the record needs, with what an empty one means."""
    if table in ("submission", "judgement"):
        rest |= {name: rest[name] or 0 for name in ("correction", "completed") if name in rest}
    rest |= {name: rest[name] or 0 for name in ("struck", "oedema", "absent") if name in rest}
    if table == "denominator":
        rest |= {"amount": rest["amount"] or 0, "source": rest["source"] or "", "official": rest["official"] or 0}
    if table == "finding_reason":
        rest |= {name: rest.pop(travels) or "" for name, travels in _KEPT.items()} | {"shown": rest["shown"] or ""}
    if table == "unit_act":
        rest |= {name: rest[name] or 0 for name in ("provisional", "undone")}
    if table in _DEFINED:
        rest["definition"] = json.dumps(rest["definition"] or {}, ensure_ascii=False, separators=(",", ":"))
    return rest


def digests(record: Record, forms: Iterable[FormKey]) -> list[str]:
    """SHA-256 over each form's released figures in key order, so that both sides can prove they hold the same form."""
    return [digest(rows) for rows in travel.rows_of_forms(record, forms)]


def digest(rows: Iterable[travel.Row]) -> str:
    """The same over the figures of one form at hand."""
    return form_digest(_told(row) for row in rows)


def _told(row: travel.Row) -> dict[str, Any]:
    content = row.content or {}
    amount = content.get("amount")
    return row.names | content | {"amount": None if amount is None else plain_amount(amount)}


def packed(table: str, row: Row, came_with: Iterable[Version] = ()) -> str:
    """A package row as JSON text, for the conflict desk and for rows that wait; with the versions it came with."""
    told = {"table": table, "version": list(row.version), "who": row.who, "at": row.at, "gone": row.gone}
    others = {"with": [list(version) for version in came_with]}
    return json.dumps(told | others | {"fields": dict(row.fields)}, ensure_ascii=False)


def unpacked(text: str) -> tuple[str, Row]:
    """The row of such a JSON."""
    told = json.loads(text)
    return told["table"], Row(Version(*told["version"]), told["who"], told["at"], told["fields"], gone=told["gone"])


def came_with(text: str) -> frozenset[Version]:
    """The versions of the same row that lived when such a row was told, itself too."""
    return frozenset(Version(*version) for version in json.loads(text)["with"])
