"""Definitions that travel with use: own elements, forms and units that the rows of a package name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from db import travel
from db.tables import catalogue as rows
from db.tables import criteria, definitions, units
from db.tables.codes import DEFAULT_CATEGORY_CODE
from desktop.application import shipped
from desktop.application.catalogue import catalogue
from desktop.application.packages.wire import UNIT_BESIDE
from desktop.application.records import Record
from desktop.application.stations import KINDS
from desktop.domain.criteria.sets import CriteriaSet
from desktop.domain.elements import Catalogue, Element, Form
from desktop.domain.units import Unit, UnitKind, UnitVersion
from desktop.domain.versions import Version
from desktop.exchange.package.container import Opened
from desktop.exchange.package.row import Row


def with_use(record: Record, out: Iterable[travel.Row], version: Version) -> dict[str, list[Row]]:
    """Rows for what is not shipped and is named by the figures going out."""
    known, given = catalogue(record), shipped.catalogue()
    named_units = {row.names["unit"] for row in out if "unit" in row.names}
    named_units |= {
        row.content["unit"] for row in out if row.table in UNIT_BESIDE and row.content and row.content["unit"]
    }
    named_units |= _places_of_care(record, named_units)
    named_elements = {row.names["element"] for row in out if "element" in row.names}
    named_forms = {row.names["form"] for row in out if "form" in row.names}
    found: dict[str, list[Row]] = {}

    def add(table: str, fields: dict[str, Any]) -> None:
        told = {name: value for name, value in fields.items() if value is not None}
        found.setdefault(table, []).append(Row(version, record.actor, record.stamp(), told))

    for unit in _own_units(record, named_units):
        _add_unit(add, unit)
    for code in sorted(named_elements):
        if given.elements.get(code) != known.elements[code]:
            add("element", {"code": code, "definition": json.loads(definitions.dump(known.elements[code]))})
    categories = {row.names["category"] for row in out if "category" in row.names} - {DEFAULT_CATEGORY_CODE}
    for code in sorted(categories):
        add("category", {"code": code, "definition": json.loads(rows.category_definition(record, code))})
    for code in sorted(named_forms):
        if given.forms.get(code) != known.forms[code]:
            add("form", {"code": code, "definition": json.loads(definitions.dump(known.forms[code]))})
    for told in _named_tables(record, out):
        add("criteria_set", {"code": told.code, "definition": json.loads(definitions.dump(told))})
    return found


def _named_tables(record: Record, out: Iterable[travel.Row]) -> list[CriteriaSet]:
    """The tables of sub-criteria that points and evidence going out were given by."""
    named = {row.names["criteria_set"] for row in out if "criteria_set" in row.names}
    own = criteria.sets(record) if named else {}
    return [own[code] for code in sorted(named & own.keys())]


def _places_of_care(record: Record, communes: Collection[str]) -> set[str]:
    """The stations, points and polyclinics ever linked to the communes a package speaks of: they go with them."""
    return {
        unit.uid
        for unit in units.register(record).units.values()
        if unit.kind in KINDS and any(version.parent in communes for version in unit.versions)
    }


def _own_units(record: Record, named: Iterable[str]) -> list[Unit]:
    """Units that are not in the shipped register, with those above them, the highest first."""
    mine, register = units.is_shipped(record), units.register(record)
    found: dict[str, Unit] = {}

    def climb(uid: str) -> None:
        if uid in mine or uid in found or uid not in register.units:
            return
        unit = register.units[uid]
        found[uid] = unit
        for version in unit.versions:
            if version.parent:
                climb(version.parent)

    for uid in sorted(named):
        climb(uid)
    return list(found.values())


def _add_unit(add: Any, unit: Unit) -> None:
    add("unit", {"unit": unit.uid, "kind": unit.kind.value})
    for version in unit.versions:
        begin, end = version.valid_from, version.valid_to
        add(
            "unit_version",
            {
                "unit": unit.uid,
                "valid_from": begin.isoformat() if begin else "",
                "valid_to": end.isoformat() if end else None,
                "code": version.code,
                "name": version.name,
                "parent": version.parent,
            },
        )


def take(record: Record, opened: Opened) -> None:
    """Take in what is not known here, inside the change; what is known is never changed by a package.

    Only places of care follow the office that told them last, as long as nobody here has changed them.
    """
    _take_units(record, opened)
    held = rows.category_ids(record)
    for row in opened.rows("category"):
        if row.fields["code"] not in held:
            rows.put_category(record, row.fields["code"], json.dumps(row.fields["definition"], ensure_ascii=False))
    known = catalogue(record)
    elements = {
        code: definition for code, definition in _defined(opened, "element", Element) if code not in known.elements
    }
    forms = {code: definition for code, definition in _defined(opened, "form", Form) if code not in known.forms}
    speakable = known.elements.keys() | elements.keys()
    forms = {code: form for code, form in forms.items() if set(form.elements) <= speakable}
    if elements or forms:
        rows.put(record, Catalogue(elements, forms))
    loaded = criteria.sets(record)
    for code, one in _defined(opened, "criteria_set", CriteriaSet):
        if code not in loaded and code == one.code and one.frame:
            criteria.put_set(record, one)


def _defined(opened: Opened, table: str, cls: type[Any]) -> Iterable[tuple[str, Any]]:
    for row in opened.rows(table):
        try:
            yield row.fields["code"], definitions.load(cls, json.dumps(row.fields["definition"]))
        except (ValueError, TypeError, KeyError):
            continue  # a definition nobody can read: its figures wait at the desk


def _take_units(record: Record, opened: Opened) -> None:
    known = units.register(record).units
    kinds = {row.fields["unit"]: UnitKind(row.fields["kind"]) for row in opened.rows("unit")}
    versions: dict[str, list[UnitVersion]] = {}
    for row in opened.rows("unit_version"):
        versions.setdefault(row.fields["unit"], []).append(_version(row.fields))
    new = {
        uid: Unit(uid, kind, tuple(sorted(versions[uid], key=_begin)))
        for uid, kind in kinds.items()
        if uid not in known and uid in versions
    }
    placed = set(known)
    while ready := [unit for unit in new.values() if all(not v.parent or v.parent in placed for v in unit.versions)]:
        units.put_units(record, ready)
        placed |= {unit.uid for unit in ready}
        new = {uid: unit for uid, unit in new.items() if uid not in placed}
    for uid in kinds.keys() & known.keys() & versions.keys():
        told = Unit(uid, known[uid].kind, tuple(sorted(versions[uid], key=_begin)))
        fits = all(version.parent in placed for version in told.versions)
        if told.kind in KINDS and told != known[uid] and fits and not units.was_changed_here(record, uid):
            units.put_units(record, [told])


def _begin(version: UnitVersion) -> str:
    return str(version.valid_from or "")


def _version(told: Any) -> UnitVersion:
    from datetime import date

    begin, end = told["valid_from"], told.get("valid_to")
    return UnitVersion(
        date.fromisoformat(begin) if begin else None,
        date.fromisoformat(end) if end else None,
        told.get("code"),
        told["name"],
        told.get("parent"),
    )
