"""A workbook with some of its cells written: only the parts that must change do, all others keep every byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from typing import Final

from desktop.exchange.fill.sheet_xml import Content, Place, formulas, put_cells
from desktop.exchange.fill.stale import stale

_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_CALC: Final = re.compile(r"<((?:\w+:)?)calcPr(\s[^>]*?)?(/>|>)")
_LOAD: Final = re.compile(r"\sfullCalcOnLoad\s*=\s*(?:\"[^\"]*\"|'[^']*')")
# What may stand before calcPr in the part's fixed order; the last of them that is there is where it goes.
_BEFORE_CALC: Final = ("sheets", "functionGroups", "externalReferences", "definedNames")
_MAIN: Final = "xl/workbook.xml"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its name, in the order of the tabs."""
    relations: dict[str, str] = {}
    for found in _RELATION.finditer(_text(archive, "xl/_rels/workbook.xml.rels")):
        identifier, target = _attribute(found[1], "Id"), _attribute(found[1], "Target")
        relations[identifier] = posixpath.normpath(posixpath.join("xl", target)) if target[:1] != "/" else target[1:]
    parts: dict[str, str] = {}
    spelled = {name.lower(): name for name in archive.namelist()}  # programs take no notice of case in these
    for found in _SHEET.finditer(_text(archive, _MAIN)):
        part = relations.get(_attribute(found[1], r"(?:\w+:)?id"), "")
        if part:
            parts[unescape(_attribute(found[1], "name"))] = spelled.get(part.lower(), part)
    return parts


def fill_book(data: bytes, cells: Mapping[str, Mapping[Place, Content]]) -> bytes:
    """The workbook with cells written, by the name of their sheet; formulas are computed anew when it is opened."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = sheet_parts(archive)
        names = set(archive.namelist())
        sheets = {name: _text(archive, part) for name, part in parts.items() if part in names}
        wanted = {name: dict(places) for name, places in cells.items() if places and name in sheets}
        old = stale({name: list(formulas(xml)) for name, xml in sheets.items()}, wanted)
        changed = {
            parts[name]: put_cells(sheets[name], wanted.get(name, {}), old.get(name, frozenset()))
            for name in sheets
            if name in wanted or name in old
        }
        if changed:
            changed[_MAIN] = _computed_on_load(_text(archive, _MAIN))
        return _copied(archive, changed)


def formula_places(data: bytes) -> dict[str, frozenset[Place]]:
    """The cells that hold formulas, by the name of their sheet: they are never written over."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        return {
            name: frozenset(place for place, _ in formulas(_text(archive, part)))
            for name, part in sheet_parts(archive).items()
            if part in names
        }


def is_signed(data: bytes) -> bool:
    """Whether the workbook carries a digital signature, which ends when anything changes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith("_xmlsignatures/") for name in archive.namelist())


def own_suffix(data: bytes) -> str:
    """What a workbook is called by what it holds: Excel refuses one whose name says otherwise."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ".xlsm" if b"macroEnabled" in archive.read("[Content_Types].xml") else ".xlsx"


def _copied(archive: zipfile.ZipFile, changed: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as out:
        out.comment = archive.comment
        for part in archive.infolist():
            kept = zipfile.ZipInfo(part.filename, part.date_time)
            kept.compress_type, kept.external_attr, kept.create_system = (
                part.compress_type,
                part.external_attr,
                part.create_system,
            )
            content = archive.read(part)
            if part.filename in changed:
                content = _encoded(content, changed[part.filename])
            out.writestr(kept, content)
    return held.getvalue()


def _computed_on_load(xml: str) -> str:
    found = _CALC.search(xml)
    if found:
        told = _LOAD.sub("", found[2] or "")
        return (
            f'{xml[: found.start()]}<{found[1]}calcPr{told.rstrip()} fullCalcOnLoad="1"{found[3]}{xml[found.end() :]}'
        )
    for name in reversed(_BEFORE_CALC):
        ends = list(re.finditer(rf"</((?:\w+:)?){name}>|<((?:\w+:)?){name}(?:\s[^>]*)?/>", xml))
        if ends:
            prefix = ends[-1][1] or ends[-1][2] or ""
            return f'{xml[: ends[-1].end()]}<{prefix}calcPr fullCalcOnLoad="1"/>{xml[ends[-1].end() :]}'
    return xml


def _attribute(text: str, name: str) -> str:
    found = re.search(rf"(?:^|\s){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", text)
    return (found[1] if found[1] is not None else found[2]) if found else ""


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode(_encoding(archive.read(part)))


def _encoding(content: bytes) -> str:
    """How a part is written: UTF-8 unless its first bytes say UTF-16; a byte order mark stays where it is."""
    return "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"


def _encoded(before: bytes, text: str) -> bytes:
    return text.encode(_encoding(before))
