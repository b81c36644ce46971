"""Rows of a package: `rows/<table>.ndjson`, one row a line, written fast and read strictly.

A line holds `version` [node, release], `who` (the post, never a name), `at` (wall time, for people), `gone` where the
row was deleted, and the fields of its table (`tables.TABLES`). Rows of one key stand together; more than one version of
a key travel while a conflict is open (`desktop.domain.versions`).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from desktop.domain.values import Value
from desktop.domain.versions import Version
from desktop.exchange.package import strict_json, value_lines
from desktop.exchange.package.row import Row
from desktop.exchange.package.strict_json import BadJson
from desktop.exchange.package.tables import TABLES, Check, Table, plain_amount

BATCH: Final = 2000


def write_rows(table: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines of a row file, some thousand at a time."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        text = value_lines.write(batch, _line) if table == "value" else "".join(map(_line, batch))
        yield unicodedata.normalize("NFC", text).encode()


def _line(row: Row) -> str:
    told: dict[str, Any] = {"version": list(row.version), "who": row.who, "at": row.at}
    if row.gone:
        told["gone"] = True
    told |= {name: _filled(value) for name, value in row.fields.items() if value is not None}
    return strict_json.encode(told) + "\n"


def _filled(value: object) -> object:
    return {name: item for name, item in value.items() if item is not None} if isinstance(value, dict) else value


def unit_field(*, uid: str, code: str | None, name: str, valid_from: str | None) -> dict[str, Any]:
    """The unit of a row of figures; make it once for all rows of the unit."""
    return {"uid": uid, "code": code, "name": name, "valid_from": valid_from}


def value_fields(
    *,
    unit: Mapping[str, Any],
    period: str,
    element: str,
    category: str,
    kind: str,
    value: Value,
    origin: str | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """The fields of a value's row."""
    return {
        "unit": unit,
        "period": period,
        "element": element,
        "category": category,
        "kind": kind,
        "state": value.state.value,
        "amount": None if value.amount is None else plain_amount(value.amount),
        "text": value.text,
        "origin": origin,
        "note": note,
    }


def read_rows(table: str, chunks: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a row file; BadJson with its line for anything that is not a row of this table."""
    shape = TABLES[table]
    if table == "value":
        yield from value_lines.read(chunks, lambda text, line: _checked(shape, strict_json.read_line(text, line), line))
        return
    for line, found in enumerate(strict_json.read_lines(chunks), start=1):
        yield _checked(shape, found, line)


def each_once(table: str, rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; BadJson with its line for a version of a key that stands there twice.

    Of figures, nearly all rows of a package, the later one counts; nothing is remembered of them.
    """
    names, told = tuple(TABLES[table].key), set[int]()
    for line, row in enumerate(rows, start=1):
        if table != "value":
            one = hash((row.version, *(_plain(row.fields.get(name)) for name in names)))
            if one in told:
                raise BadJson(f"{table}: told twice", line)
            told.add(one)
        yield row


def _plain(value: object) -> object:
    """A part of a key as something that can be compared: of a unit its uid."""
    return value.get("uid") if isinstance(value, dict) else value


def _checked(shape: Table, found: dict[str, Any], line: int) -> Row:
    row = _row(found)
    wrong = "version, who, at or gone" if row is None else _wrong_field(shape, row)
    if row is None or wrong is not None:
        raise BadJson(f"{shape.name}: {wrong}", line)
    return row


def _row(found: dict[str, Any]) -> Row | None:
    version, who, at, gone = (found.pop(name, None) for name in ("version", "who", "at", "gone"))
    match version:
        case [str(node), int(release)] if release > 0 and 0 < len(node) <= 64:
            whole = isinstance(who, str) and len(who) <= 300 and isinstance(at, str) and len(at) <= 40
            if whole and not isinstance(release, bool) and (gone is None or gone is True):
                return Row(Version(node, release), who, at, found, gone is True)
    return None


def _wrong_field(shape: Table, row: Row) -> str | None:
    """The name of a field that is missing or wrong."""
    found = row.fields
    needed = shape.key.items() if row.gone else (*shape.key.items(), *shape.needed.items())
    for name, check in needed:
        if not _passes(check, found.get(name)):
            return name
    if row.gone:
        return None
    for name, check in shape.optional.items():
        value = found.get(name)
        if value is not None and not _passes(check, value):
            return name
    return None if shape.agrees(found) else "the fields contradict each other"


def _passes(check: Check, value: object) -> bool:
    try:
        return check(value)
    except TypeError:
        return False


_DIGESTED: Final = ("period", "element", "category", "kind", "state", "amount", "text", "note")


def form_digest(values: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the rows of one form in key order: what both sides hold, whoever wrote it and when.

    The fields are those of value rows; period, element, category, kind, state, amount, text and note count.
    """
    lines = sorted([fields.get(name) or "" for name in _DIGESTED] for fields in values)
    return hashlib.sha256(b"".join(strict_json.canonical(line) + b"\n" for line in lines)).hexdigest()
