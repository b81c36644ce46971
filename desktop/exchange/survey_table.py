"""A survey's table in any workbook or CSV: its headings, what each probably holds, and its rows in the plain form.

The plain form is what `growth_files` reads (contract, `growth`): words of people (nam, nữ, nằm, có, 14/03/2022, 7,8)
become its signs, everything else stays as it is, so that what cannot be read is told by the same reader.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from desktop.domain.text import fold, squeeze
from desktop.errors import AppError
from desktop.exchange.grid import Raw, Sheet
from desktop.exchange.weighing.dates import read_date
from desktop.exchange.weighing.headings import role_of
from desktop.exchange.weighing.model import Role as ListRole
from desktop.exchange.workbook import read_workbook
from desktop.wording import say


class Holds(StrEnum):
    """What a column of a survey holds; the values are the names the engine's files have."""

    ID = "id"
    SEX = "sex"
    AGE_DAYS = "age_days"
    AGE_MONTHS = "age_months"
    BIRTH = "birth_date"
    VISIT = "visit_date"
    WEIGHT = "weight"
    LENHEI = "lenhei"
    MEASURE = "measure"
    OEDEMA = "oedema"
    CLUSTER = "cluster"
    STRATUM = "stratum"
    SAMPLING = "sampling_weight"


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """Headings and rows of the table; `first_row` is the row of the sheet below the headings, from 1."""

    file: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Raw]]
    first_row: int

    def guessed(self) -> dict[Holds, int]:
        """What the headings say; a column is named once, and the first that fits is taken."""
        found: dict[Holds, int] = {}
        for place, head in enumerate(self.heads):
            holds = _meant(head)
            if holds is not None and holds not in found:
                found[holds] = place
        if Holds.AGE_DAYS in found:
            found.pop(Holds.AGE_MONTHS, None)
        return found


_LISTED: Final = {
    ListRole.SEX: Holds.SEX,
    ListRole.AGE: Holds.AGE_MONTHS,
    ListRole.BIRTH: Holds.BIRTH,
    ListRole.VISIT: Holds.VISIT,
    ListRole.WEIGHT: Holds.WEIGHT,
    ListRole.LENHEI: Holds.LENHEI,
    ListRole.LYING: Holds.LENHEI,
    ListRole.STANDING: Holds.LENHEI,
    ListRole.POSITION: Holds.MEASURE,
    ListRole.OEDEMA: Holds.OEDEMA,
}
_PATTERNS: Final = (
    (Holds.SAMPLING, r"^(?:sw|wt|weights?|sampling[ _]?weight|sample[ _]?weight|trong so.*|quyen so.*)$"),
    (Holds.CLUSTER, r"^(?:cluster.*|psu|cum\b.*|ma cum|dia ban.*|\bea\b)$"),
    (Holds.STRATUM, r"^(?:strat(?:um|a).*|tang\b.*|vung (?:dieu tra|mau).*)$"),
    (Holds.AGE_DAYS, r"^(?:age[ _]?(?:in[ _])?days|tuoi.*ngay.*|so ngay tuoi|ngay tuoi)$"),
    (Holds.AGE_MONTHS, r"^(?:age(?:[ _](?:in[ _])?months?)?|months?|thang tuoi|tuoi.*)$"),
    (Holds.ID, r"^(?:id|stt|ma(?: so)?(?: tre)?|hhid|child[ _]?id)$"),
    (Holds.SEX, r"^(?:sex|gender|gioi(?: tinh)?)$"),
    (Holds.BIRTH, r"^(?:dob|birth[ _]?date|date[ _]of[ _]birth)$"),
    (Holds.VISIT, r"^(?:visit[ _]?date|date[ _]of[ _](?:visit|interview)|survdate|date|ngay dieu tra|ngay phong van)$"),
    (Holds.WEIGHT, r"^(?:weight.*kg.*|wt ?kg)$"),
    (Holds.LENHEI, r"^(?:len(?:gth)?[ _/]?hei(?:ght)?|height|length|lh)$"),
    (Holds.MEASURE, r"^(?:measure[dr]?|recumbent|lorh)$"),
    (Holds.OEDEMA, r"^(?:o?edema)$"),
)


def read_survey(path: Path) -> SurveyTable:
    """The first table with headings of a file. AppError as `read_workbook` says, and `columns` where there is none."""
    book = read_workbook(path.read_bytes(), path.name)
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:30]):
            if sum(_meant(head) is not None for head in map(_text, row)) >= 3:
                return _table(path.name, sheet, at)
    raise AppError(
        "columns",
        say("{file} holds no table of children with headings.", file=path.name),
        say("One row must name the columns: sex, age or birth date, weight, height."),
    )


def _table(name: str, sheet: Sheet, at: int) -> SurveyTable:
    heads = tuple(squeeze(_text(cell)) for cell in sheet.rows[at])
    rows = [row for row in sheet.rows[at + 1 :] if any(cell != "" for cell in row)]
    return SurveyTable(name, heads, rows, at + 2)


def _meant(head: str) -> Holds | None:
    told = re.sub(r"\s*\([^()]*\)$", "", fold(head)).strip()
    if told == "weight":
        return Holds.WEIGHT
    for holds, pattern in _PATTERNS:
        if re.fullmatch(pattern, told):
            return holds
    listed = role_of((head,))
    return _LISTED.get(listed) if listed is not None else None


def write_plain(table: SurveyTable, places: Mapping[Holds, int], by: Mapping[str, int], out: Path) -> None:
    """Write the rows as the engine reads them: the columns named, then those to group by, under their names."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*places, *by])
        for row in table.rows:
            told = [_plain(holds, row[at] if at < len(row) else "") for holds, at in places.items()]
            writer.writerow([*told, *(_text(row[at]) if at < len(row) else "" for at in by.values())])


_BOYS: Final = frozenset({"nam", "trai", "m", "male", "boy", "1", "be trai"})
_GIRLS: Final = frozenset({"nu", "gai", "f", "female", "girl", "2", "be gai"})
_LYING: Final = frozenset({"l", "nam", "n", "lying", "recumbent", "chieu dai", "dai"})
_STANDING: Final = frozenset({"h", "dung", "d", "standing", "s", "chieu cao", "cao"})
_YES: Final = frozenset({"y", "yes", "1", "co", "x", "c", "phu", "true"})


def _plain(holds: Holds, raw: Raw) -> str:
    text = _text(raw)
    folded = fold(text)
    if holds is Holds.SEX:
        return "m" if folded in _BOYS else "f" if folded in _GIRLS else text
    if holds is Holds.MEASURE:
        return "l" if folded in _LYING else "h" if folded in _STANDING else text
    if holds is Holds.OEDEMA:
        return "y" if folded in _YES else ""
    if holds in (Holds.BIRTH, Holds.VISIT):
        read = read_date(raw, birth=holds is Holds.BIRTH).value if text else None
        return read.isoformat() if read is not None else text
    if holds in (Holds.ID, Holds.CLUSTER, Holds.STRATUM):
        return text
    return re.sub(r"\s*(?:kg|cm)$", "", text.replace(",", "."), flags=re.IGNORECASE)


def _text(raw: Raw) -> str:
    if isinstance(raw, datetime | date):
        return raw.isoformat()[:10]
    if isinstance(raw, float):
        return f"{Decimal(repr(raw)).normalize():f}"
    return squeeze(str(raw)) if isinstance(raw, str | int) else ""
