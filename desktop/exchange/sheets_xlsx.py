"""What calamine does not tell about .xlsx: hidden rows, formulas without a result, errors, fonts, percent formats.

The parts are searched as bytes: building every cell once more would cost ten times the reading of the values.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape

from desktop.exchange.grid import CellError, Merge, Raw, Uncomputed, column_number

_PREFIX = rb"<(?:\w+:)?"
_SHEET = re.compile(_PREFIX + rb"sheet\s[^>]*>")
_RELATION = re.compile(_PREFIX + rb"Relationship\s[^>]*>")
_ROW = re.compile(_PREFIX + rb"row\s[^>]*>")
_COLUMN = re.compile(_PREFIX + rb"col\s[^>]*>")
_MERGE = re.compile(_PREFIX + rb'mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})\d')
_ERROR_CELL = re.compile(_PREFIX + rb'c\s([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_FORMULA_CELL = re.compile(
    _PREFIX + rb"c\s([^>]*[^/>])>\s*<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_STYLED = re.compile(_PREFIX + rb"c\s([^>]*)>")
_VALUE = re.compile(_PREFIX + rb"v>([^<]*)<")
_FONT_NAME = re.compile(_PREFIX + rb'(?:name|rFont)\s[^>]*?val="([^"]*)"')
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(_PREFIX + rb"xf\s([^>]*)>")
_NUMBER_FORMAT = re.compile(_PREFIX + rb"numFmt\s([^>]*)>")
_BUILT_IN_PERCENTS = {b"9", b"10"}


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the parts of one sheet say beside its values; rows and columns count from 1."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    odd_cells: tuple[tuple[int, int, Raw], ...] = ()
    percents: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class BookFacts:
    """Facts of all sheets by name, and the names of all fonts."""

    sheets: dict[str, SheetFacts]
    fonts: frozenset[str]


def read_facts(data: bytes) -> BookFacts:
    """Search the parts of an .xlsx; parts that are damaged or missing are passed over (calamine decides on those)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _part(archive, "xl/styles.xml")
            fonts = _FONT_NAME.findall(styles) + _FONT_NAME.findall(_part(archive, "xl/sharedStrings.xml"))
            percents = _percent_styles(styles)
            paths = _sheet_paths(archive)
            sheets = {name: _sheet_facts(_part(archive, path), percents) for name, path in paths.items()}
            return BookFacts(sheets, frozenset(font.decode("utf-8", "replace") for font in fonts))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return BookFacts({}, frozenset())


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""


def _attribute(tag: bytes, name: bytes) -> bytes | None:
    found = re.search(rb"(?<![\w])" + name + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag)
    if not found:
        return None
    return found[1] if found[1] is not None else found[2]


def _sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = {
        _attribute(tag, b"Id"): (_attribute(tag, b"Target") or b"").decode("utf-8", "replace")
        for tag in _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels"))
    }
    paths: dict[str, str] = {}
    for tag in _SHEET.findall(_part(archive, "xl/workbook.xml")):
        name, target = _attribute(tag, b"name"), targets.get(_attribute(tag, rb"\w+:id"))
        if name is not None and target:
            shown = unescape(name.decode("utf-8", "replace"))
            paths[shown] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    return paths


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    own = {
        _attribute(tag, b"numFmtId")
        for tag in _NUMBER_FORMAT.findall(styles)
        if b"%" in (_attribute(tag, b"formatCode") or b"")
    }
    formats = _FORMATS.search(styles)
    if not formats:
        return frozenset()
    wanted = own | _BUILT_IN_PERCENTS
    return frozenset(
        str(place).encode()
        for place, tag in enumerate(_FORMAT.findall(formats.group()))
        if _attribute(tag, b"numFmtId") in wanted
    )


def _sheet_facts(part: bytes, percent_styles: frozenset[bytes]) -> SheetFacts:
    last_row = 0
    hidden_rows: set[int] = set()
    for tag in _ROW.findall(part):
        last_row = int(_attribute(tag, b"r") or last_row + 1)
        if b"hidden" in tag and _is_true(_attribute(tag, b"hidden")):
            hidden_rows.add(last_row)
    last_column = max((column_number(letters.decode()) for letters in set(_REFERENCE.findall(part))), default=0)
    return SheetFacts(
        last_row,
        last_column,
        frozenset(hidden_rows),
        _hidden_columns(part, last_column),
        (*_errors(part), *_formulas(part)),
        _percent_cells(part, percent_styles) if percent_styles else frozenset(),
        tuple(
            (int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
            for left, top, right, bottom in _MERGE.findall(part)
        ),
    )


def _is_true(value: bytes | None) -> bool:
    return value in (b"1", b"true")


def _hidden_columns(part: bytes, last_column: int) -> frozenset[int]:
    hidden: set[int] = set()
    for tag in _COLUMN.findall(part):
        if _is_true(_attribute(tag, b"hidden")):
            first, last = int(_attribute(tag, b"min") or 1), int(_attribute(tag, b"max") or 1)
            hidden.update(range(first, min(last, last_column) + 1))
    return frozenset(hidden)


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", _attribute(attributes, b"r") or b"")
    return (int(found[2]), column_number(found[1].decode())) if found else None


def _errors(part: bytes) -> list[tuple[int, int, Raw]]:
    if b't="e"' not in part:
        return []
    found: list[tuple[int, int, Raw]] = []
    for attributes, body in _ERROR_CELL.findall(part):
        place, value = _place(attributes), _VALUE.search(body)
        if place and b"<" in body and not attributes.endswith(b"/"):
            found.append((*place, CellError(unescape(value[1].decode("utf-8", "replace")) if value else "#")))
    return found


def _formulas(part: bytes) -> list[tuple[int, int, Raw]]:
    if b"f>" not in part and b"<f " not in part:
        return []
    found: list[tuple[int, int, Raw]] = []
    for attributes, formula in _FORMULA_CELL.findall(part):
        place = _place(attributes)
        if place and _attribute(attributes, b"t") not in (b"str", b"e"):
            found.append((*place, Uncomputed(unescape(formula.decode("utf-8", "replace")))))
    return found


def _percent_cells(part: bytes, styles: frozenset[bytes]) -> frozenset[tuple[int, int]]:
    cells: set[tuple[int, int]] = set()
    for attributes in _STYLED.findall(part):
        if _attribute(attributes, b"s") in styles:
            place = _place(attributes)
            if place:
                cells.add(place)
    return frozenset(cells)
