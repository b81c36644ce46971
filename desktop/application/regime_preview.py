"""What a regime's file would do, line by line, as a person reads it before installing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from desktop.application import catalogue
from desktop.application.records import Record
from desktop.application.regimes import Installed, install_file
from desktop.domain.elements import Catalogue, Element, Form, Indicator
from desktop.errors import AppError
from desktop.wording import say


class Deed(StrEnum):
    """What happens to a definition."""

    NEW = "new"
    RENEWED = "renewed"
    ENDS = "ends"


class What(StrEnum):
    """What is defined."""

    FORM = "form"
    ELEMENT = "element"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Line:
    """One definition and what happens to it; `old` is the code it continues, `day` the first, of an end the last."""

    what: What
    code: str
    name_vi: str
    name_en: str
    deed: Deed
    old: str = ""
    old_name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A file read and compared, nothing written; `rules` is how many check rules it holds."""

    done: Installed
    lines: tuple[Line, ...]
    rules: int


def preview_file(record: Record, *, file: Path, begin: date | None = None) -> Preview:
    """What installing a file would do."""
    done = install_file(record, data=read_bytes(file), name=file.name, begin=begin, dry_run=True)
    known = catalogue.catalogue(record)
    return Preview(done, tuple(_lines(done, known)), len(done.told.rules))


def read_bytes(file: Path) -> bytes:
    """The bytes of a file a person chose; AppError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as fault:
        raise AppError(
            "cannot_read_file",
            say("{file} cannot be read: {why}", file=file.name, why=fault.strerror or type(fault).__name__),
            say("Close it if another program shows it, and try again."),
        ) from fault


Told = Mapping[str, Element] | Mapping[str, Form] | Mapping[str, Indicator]


def _lines(done: Installed, known: Catalogue) -> Iterator[Line]:
    """Forms first, then the old forms that end, then what is entered and what is computed."""
    told = done.told.catalogue
    yield from _of(What.FORM, told.forms, known.forms)
    for code, day in done.ends:
        if code not in told.forms:
            form = known.forms[code]
            yield Line(What.FORM, code, form.name_vi, form.name_en, Deed.ENDS, day=day)
    yield from _of(What.ELEMENT, told.elements, known.elements)
    yield from _of(What.INDICATOR, told.indicators, known.indicators)


def _of(what: What, told: Told, known: Told) -> Iterator[Line]:
    for code, one in told.items():
        if known.get(code) == one:
            continue
        deed = Deed.RENEWED if code in known else Deed.NEW
        if isinstance(one, Indicator):
            yield Line(what, code, one.name_vi, one.name_en, deed)
        else:
            old = (known.get(one.continues) or told.get(one.continues)) if one.continues else None
            name = old.name_vi if old else ""
            yield Line(what, code, one.name_vi, one.name_en, deed, one.continues or "", name, one.valid_from)
