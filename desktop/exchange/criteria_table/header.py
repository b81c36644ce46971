"""The header of a table: which decision it details, from which year, by which shares a commune passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from desktop.domain.criteria.sets import HALF, CriteriaSet, Criterion, own_code
from desktop.domain.findings import Severity
from desktop.domain.text import fold
from desktop.exchange.criteria_table import cells
from desktop.exchange.criteria_table.columns import field_of
from desktop.exchange.criteria_table.reader import ADVICE, HEADING_WITHIN, LABELS, Reader
from desktop.exchange.grid import Raw
from desktop.wording import Sentence, say


def read_header(reader: Reader) -> dict[str, Any]:
    """The lines of the header by name, wherever they stand; the cell right of its label says it."""
    told: dict[str, Any] = {}
    for sheet in reader.book.sheets:
        reader.sheet = sheet.name
        for at, row in enumerate(sheet.rows[:HEADING_WITHIN], 1):
            for place, raw in enumerate(row, 1):
                name = field_of(raw) if isinstance(raw, str) else None
                if name is None or name in told:
                    continue
                value = sheet.at(at, place + 1)
                percent = (at, place + 1) in sheet.percents
                told[name] = reader.cell(_READ[name](percent), value, None, name=name, row=at, column=place + 1)
                told[f"{name}.at"] = (sheet.name, at, place + 1)
    return told


_READ: Final[dict[str, Callable[[bool], Callable[[Raw], Any]]]] = {
    "frame": lambda _: cells.shown,
    "name": lambda _: cells.shown,
    "decision": lambda _: cells.shown,
    "source": lambda _: cells.shown,
    "valid_from": lambda _: cells.day,
    "first_year": lambda _: cells.year,
    "last_year": lambda _: cells.year,
    "total_share": lambda percent: lambda raw: cells.share(raw, is_percent=percent),
    "floor_share": lambda percent: lambda raw: cells.share(raw, is_percent=percent),
    "valid_years": lambda _: cells.count,
}


def made(reader: Reader, told: Mapping[str, Any], criteria: tuple[Criterion, ...]) -> CriteriaSet:
    """The table of a header and its criteria; what the header leaves out is taken from the decision it names."""
    code = _decision(told.get("frame") or "", reader.frames)
    frame = reader.frames.get(code)
    if not code:
        _lacks(reader, told, "frame", say("Write the code of the decision whose table this is, for example 1300."))
    elif frame is None:
        _say_unknown(reader, told, code)
    if told.get("first_year") is None and not any(one.rule == "criteria_table.bad_first" for one in reader.findings):
        _lacks(reader, told, "first_year", ADVICE["first"])
    first = told.get("first_year") or 0
    if frame is not None and 0 < first < frame.first_year:
        message = say("{name} is used from {first}, not yet in {year}.", name=frame.name, first=str(frame.first_year),
                      year=str(first))  # fmt: skip
        _at(reader, told, "first_year", "too_early", message, ADVICE["first"])
    last = told.get("last_year")
    if last is not None and last < first:
        message = say("The last year {last} lies before the first, {first}.", last=str(last), first=str(first))
        _at(reader, told, "last_year", "years", message, ADVICE["last"])
    source = told.get("source")
    found = CriteriaSet(
        code="",
        name=told.get("name") or (frame.name if frame else code),
        decision=told.get("decision") or (frame.decision if frame else ""),
        first_year=first,
        last_year=last if last is not None else (frame.last_year if frame else None),
        criteria=criteria,
        total_share=told.get("total_share") or (frame.total_share if frame else Fraction(4, 5)),
        floor_share=told.get("floor_share") or (frame.floor_share if frame else HALF),
        valid_years=told.get("valid_years") or (frame.valid_years if frame else 3),
        valid_from=told.get("valid_from") or (frame.valid_from if frame else None),
        sources=(("bảng điểm", source),) if source else (),
        frame=code,
    )
    return replace(found, code=own_code(found))


def _decision(told: str, frames: Mapping[str, CriteriaSet]) -> str:
    """The code of a decision as people write it: `Quyết định số 1300/QĐ-BYT` is 1300; what is not known stays."""
    found = _WRITTEN.match(fold(told))
    return found[1] if told not in frames and found is not None and found[1] in frames else told


_WRITTEN: Final = re.compile(r"(?:quyet dinh|qd)?\s*(?:so)?\s*:?\s*(\d+)\s*/\s*qd\s*-\s*byt\b")


def _say_unknown(reader: Reader, told: Mapping[str, Any], code: str) -> None:
    message = say("No decision {code} is known here: the table stands by itself.", code=code)
    known = ", ".join(reader.frames)
    advice = say("Where it is the table of a known decision, write its code: {codes}.", codes=known)
    reader.sheet, row, column = told.get("frame.at", (None, None, None))
    reader.add("unknown_frame", message, advice, row=row, column=column, severity=Severity.WARNING)


def _lacks(reader: Reader, told: Mapping[str, Any], name: str, advice: Sentence) -> None:
    message = say("“{heading}” is not filled in.", heading=LABELS[name])
    _at(reader, told, name, f"no_{name.split('_', maxsplit=1)[0]}", message, advice)


def _at(
    reader: Reader, told: Mapping[str, Any], name: str, rule: str, message: Sentence, advice: Sentence | None
) -> None:
    reader.sheet, row, column = told.get(f"{name}.at", (None, None, None))
    reader.add(rule, message, advice, row=row, column=column)
