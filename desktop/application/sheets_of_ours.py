"""What the sheets we hand out have in common: whom they are for, where they are put, how they are named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.application.deadlines import due
from desktop.application.figures import meant_communes
from desktop.application.offices import Commune, OfficeView
from desktop.application.records import Record
from desktop.domain.elements import Form
from desktop.domain.periods import Period
from desktop.errors import AppError
from desktop.system.i18n import shown
from desktop.wording import say

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Written:
    """A file on disk and how many cells of it matter: to be filled in, or filled."""

    file: Path
    cells: int


def asked_communes(record: Record, unit: str, period: Period) -> list[Commune]:
    """The commune a code means, or all communes of the office; AppError `unknown_unit`."""
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    return communes


def receiver_of(own: OfficeView) -> str:
    """Who receives a commune's form: this office, or the one it reports to where it is the commune's own."""
    if own.level != "commune":
        return own.name
    return next(iter(own.letterhead.addressees), "")


def due_text(record: Record, form: Form, commune: Commune, period: Period) -> str:
    """The last day a commune's form is on time, as printed; "" where no rule is known."""
    found = due(record, form=form.code, period=period, unit=commune.uid)
    return shown(found.day, "vi") if found is not None else ""


def put_file(out: Path, data: bytes) -> Path:
    """Put bytes on disk whole or not at all; AppError `cannot_write`."""
    part = out.with_name(out.name + ".part")
    try:
        if out.exists() and not out.is_file():
            raise FileExistsError(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(out)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise AppError(
            "cannot_write",
            say("{file} could not be written.", file=out.name),
            say("Close the file if another program shows it, or choose another folder."),
        ) from fault
    return out


def file_name(*parts: str, suffix: str) -> str:
    """A name Windows takes, of a few words."""
    return " ".join(_UNSAFE.sub(" ", " ".join(parts)).split()).rstrip(". ") + suffix
