"""Files as they were understood: workbooks, archives of them, our own sheets; nothing is compared or written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application import catalogue
from desktop.application.history_units import writable
from desktop.application.import_boundaries import on_its_boundaries
from desktop.application.import_dashes import settle_dashes
from desktop.application.learned import Learned, learned
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.text import fold, squeeze
from desktop.domain.values import Kind, State
from desktop.errors import AppError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.domain.legacy_text import Encoding
    from desktop.exchange.grid import Workbook
    from desktop.exchange.reading import SheetReading
    from desktop.exchange.unit_names import KnownUnit

AUTO: Final = "auto"
_FIRST_LINES: Final = 6
LAYOUTS: Final = (AUTO, "summary", "template", "query")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked for: period, kind, encoding (None: as the file says), and typed values to be replaced.

    `unit` and `form` are codes that our own sheets must be of; `layout` is one of LAYOUTS; `sender` says whose settled
    headings hold (None: told from the file).
    """

    period: Period | None = None
    kind: Kind | None = None
    encoding: Encoding | None = None
    replace: bool = False
    unit: str | None = None
    form: str | None = None
    layout: str = AUTO
    sender: str | None = None
    dash: State | None = None
    """What "-" means in the file: zero, not_applicable or not_reported; None leaves it to be settled."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as it was understood; a workbook in an archive is called `archive.zip/path`.

    `workbook` are its cells as they stand in the file, for showing.
    """

    file: str
    layout: str
    encoding: str
    sheets: tuple[SheetReading, ...]
    sender: str = ""
    workbook: Workbook | None = field(default=None, repr=False, compare=False)


def workbooks_in(paths: Iterable[Path]) -> list[Path]:
    """Files as they are, folders as the workbooks and archives in and below them, in order of their names."""
    from desktop.exchange.zipped import WORKBOOKS

    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = (one for one in path.rglob("*") if one.is_file() and not one.name.startswith(("~$", ".")))
        found += sorted(one for one in inside if one.suffix.lower() in (*WORKBOOKS, ".zip"))
    return found


def read_file(
    record: Record, path: Path, called: str, wanted: Wanted, each: Mapping[str, Wanted]
) -> Iterator[tuple[FileReading | None, list[Finding]]]:
    """What each workbook of a file says; an error finding for what cannot be read.

    The file is `called` so among the others; `each`: what some are asked.
    """
    from desktop.exchange.zipped import is_archive, unzip

    try:
        data = read_bytes(path)
        if not is_archive(data):
            yield _read_workbook(record, data, called, each.get(called, wanted))
            return
        opened = unzip(data, called)
    except AppError as fault:
        yield None, [_refused(fault, called)]
        return
    yield None, list(opened.findings)
    for inside, content in opened.files:
        name = f"{called}/{inside}"
        yield _read_workbook(record, content, name, each.get(name, wanted))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; AppError `cannot_read_file`."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise AppError(
            "cannot_read_file",
            say("{file} cannot be opened.", file=path.name),
            say("Look whether the file is there, and whether another program holds it open."),
        ) from fault


def _refused(fault: AppError, name: str) -> Finding:
    return Finding(f"import.{fault.code}", Severity.ERROR, fault.title, fault.advice, file=name)


def _read_workbook(record: Record, data: bytes, name: str, wanted: Wanted) -> tuple[FileReading | None, list[Finding]]:
    from desktop.exchange.workbook import read_workbook

    try:
        workbook = read_workbook(data, name)
    except AppError as fault:
        return None, [_refused(fault, name)]
    sender = wanted.sender if wanted.sender is not None else sender_of(workbook)
    sheets = _own_sheets(record, workbook, wanted) or summaries(record, workbook, wanted, sender)
    dash = wanted.dash or learned(record, sender=sender).dash
    if dash is not None:
        sheets = [settle_dashes(sheet, dash, catalogue.catalogue(record).elements) for sheet in sheets]
    told = [sheet for sheet in sheets if sheet.candidates or sheet.reasons] or sheets
    layout = str(told[0].layout) if told else "other"
    encoding = str(told[0].encoding) if told else "unicode"
    found = [*workbook.findings, *(finding for sheet in sheets for finding in sheet.all_findings())]
    if wanted.layout not in (AUTO, "summary", layout):
        found.append(_other_layout(name, wanted.layout))
        sheets = []
    return FileReading(name, layout, encoding, tuple(sheets), sender, workbook), found


def _other_layout(name: str, layout: str) -> Finding:
    message = say("{file} holds no sheet of the layout “{layout}”; nothing of it was read.", file=name, layout=layout)
    return Finding("import.other_layout", Severity.ERROR, message, None, file=name)


def _own_sheets(record: Record, workbook: Workbook, wanted: Wanted) -> list[SheetReading]:
    """The sheets of the workbook that we wrote ourselves; none where it is somebody else's."""
    from desktop.exchange.identity import is_ours
    from desktop.exchange.own_text import in_unicode, told
    from desktop.exchange.query_sheet.reading import read_queries
    from desktop.exchange.template.reading import Asked, read_templates

    if wanted.layout == "summary" or not is_ours(workbook):
        return []
    asked = Asked(wanted.period, wanted.kind, wanted.unit, wanted.form)
    known = catalogue.catalogue(record)

    def units(period: Period) -> dict[str, str]:
        return {commune.uid: commune.code for commune in communes_of(record, on=period.last)}

    workbook, encodings = in_unicode(workbook, wanted.encoding)
    read = [
        *read_templates(workbook, known=known, units=units, asked=asked),
        *read_queries(workbook, known=known, units=units, asked=asked),
    ]
    return [told(sheet, encodings) for sheet in read]


def summaries(record: Record, workbook: Workbook, wanted: Wanted, sender: str) -> list[SheetReading]:
    """The sheets of somebody else's workbook, read by the meaning of their headings and what was settled about them."""
    from desktop.exchange.summary_sheet import read_summary

    settled = learned(record, sender=sender)
    read = read_summary(
        workbook,
        elements=(e for e in catalogue.catalogue(record).elements.values() if e.level == "commune"),
        units=lambda period: known_units(record, period, settled),
        period=wanted.period,
        kind=wanted.kind,
        encoding=wanted.encoding,
        learned=settled.headings,
    )
    return [on_its_boundaries(record, sheet) for sheet in read]


def known_units(record: Record, period: Period, settled: Learned | None = None) -> list[KnownUnit]:
    """The communes served on a period and those kept as history, with the names settled for them."""
    from desktop.exchange.unit_names import KnownUnit

    aliases = _by_uid(settled.units if settled else {})
    return [KnownUnit(commune.code, commune.name, aliases.get(commune.uid, ())) for commune in writable(record, period)]


def _by_uid(units: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for written, uid in units.items():
        found[uid] = (*found.get(uid, ()), written)
    return found


def sender_of(workbook: Workbook) -> str:
    """Who a workbook is from, as a key: the folded first line of its first sheet that names no number.

    A title with its year changes from file to file; the office above it does not.
    """
    from desktop.domain.legacy_text import decode, detect

    for sheet in workbook.sheets:
        texts = sheet.texts()
        if texts and not sheet.hidden:
            encoding = detect(texts, sheet.fonts)
            keys = [fold(decode(squeeze(text), encoding)) for text in texts[:_FIRST_LINES]]
            plain = [key for key in keys if not any(char.isdigit() for char in key)]
            return (plain or [re.sub(r"\d+", "", keys[0])])[0].strip()[:80]
    return ""
