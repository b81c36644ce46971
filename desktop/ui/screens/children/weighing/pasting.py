"""A copied list with names, pasted at the line of a new child: name, sex, birth date, then what was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from desktop.application.children_pasting import PastedChild
from desktop.application.children_writing import NewChild
from desktop.domain.children import Measurement
from desktop.domain.text import fold
from desktop.ui.screens.children import reading
from desktop.wording import Sentence, say

_HEADS: Final = frozenset({"ho va ten", "ho ten", "ho va ten tre", "ho ten tre", "ten tre", "full name"})


def read_children(
    lines: Sequence[Sequence[str]], *, unit: str, session: str | None, day: date, today: date
) -> list[PastedChild] | Sentence:
    """The lines read; heads and running numbers are passed over. A sentence says what cannot be read."""
    told = [list(line) for line in lines if any(cell.strip() for cell in line)]
    if told and all(_is_numbered(line) for line in told):
        told = [line[1:] for line in told]
    if told and fold(told[0][0]).strip() in _HEADS:
        told = told[1:]
    made = []
    for line in told:
        read = _read(line, unit, Measurement("", day, session), today)
        if isinstance(read, Sentence):
            return say("Nothing was pasted. {name}: {why}", name=line[0].strip() or "?", why=read)
        made.append(read)
    return made


def _is_numbered(line: Sequence[str]) -> bool:
    first = fold(line[0]).strip()
    return len(line) > 1 and (first.isdigit() or first in ("tt", "stt"))


def _read(line: Sequence[str], unit: str, empty: Measurement, today: date) -> PastedChild | Sentence:
    cells = [*line, *[""] * 9]
    name, sex, born = cells[0].strip(), reading.sex(cells[1]), reading.birth_date(cells[2], today)
    if not any(letter.isalpha() for letter in name):
        return say("A child needs a name.")
    for particular in (sex, born):
        if isinstance(particular, Sentence):
            return particular
    assert not isinstance(sex, Sentence)  # noqa: S101 - looked at above
    assert not isinstance(born, Sentence)  # noqa: S101 - looked at above
    new = NewChild(unit, name, sex, born)
    if any(reading.is_absent(cell) for cell in cells[3:5]):
        return PastedChild(new, replace(empty, absent=True))
    found = _found(cells[3:9], empty)
    return found if isinstance(found, Sentence) else PastedChild(new, found)


def _found(cells: Sequence[str], empty: Measurement) -> Measurement | Sentence:
    readers: dict[str, Callable[[str], object]] = {
        "weight": reading.grams,
        "lenhei": reading.millimetres,
        "position": reading.position,
        "muac": reading.arm,
        "oedema": reading.oedema,
    }
    read: dict[str, Any] = {name: reader(cell) for (name, reader), cell in zip(readers.items(), cells, strict=False)}
    wrong = next((one for one in read.values() if isinstance(one, Sentence)), None)
    return wrong if wrong is not None else replace(empty, note=cells[5].strip(), **read)
