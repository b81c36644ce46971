"""Files of children for `growth …`: their head, and how they are written.

UTF-8 with or without its mark, UTF-16 with one, else Windows' Vietnamese page; comma, or semicolon or tab where the
head has no comma (then a decimal comma is read too).
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.text import nfc
from desktop.errors import AppError
from desktop.wording import say

AGES: Final = (("age_days",), ("age_months",), ("birth_date", "visit_date"))
NEEDED: Final = ("sex", "weight", "lenhei")
OTHER: Final = "column:"  # before the name of a column a person asked for
CLUSTER: Final = "cluster"
_USED: Final = (*NEEDED, *(head for heads in AGES for head in heads), "measure", "oedema", CLUSTER)
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ChildrenFile:
    """A file whose head was understood: the place of each column that is used, by its name in the contract."""

    path: Path
    codec: str
    delimiter: str
    heads: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def grouped(self) -> tuple[str, ...]:
        """The names of the columns that are read as words."""
        return tuple(name for name in self.places if name.startswith(OTHER) or name == CLUSTER)


def open_children(path: Path, *, with_ids: bool = False, others: Sequence[str] = ()) -> ChildrenFile:
    """Understand the head. AppError `columns` where a needed or asked column is missing or stands there twice.

    Needed are sex, weight, lenhei and one way to tell the age (and id for `with_ids`).
    """
    codec = _codec(path)
    with path.open(encoding=codec, errors="replace", newline="") as file:
        line = file.readline()
    delimiter = next((sign for sign in ",;\t" if sign in line), ",")
    heads = tuple(nfc(head).strip() for head in next(csv.reader([line], delimiter=delimiter), []))
    by_name: dict[str, list[int]] = {}
    for place, head in enumerate(heads):
        by_name.setdefault(head.casefold(), []).append(place)
    ages = [names for names in AGES if all(name in by_name for name in names)]
    needed = (*(("id",) if with_ids else ()), *NEEDED, *(ages[0] if ages else AGES[0]))
    lacking = [name for name in needed if name not in by_name]
    if lacking:
        raise AppError(
            "columns",
            say("{file} has no column “{columns}”.", file=path.name, columns="”, “".join(lacking)),
            say("The first line names the columns: id, sex, age_days, weight, lenhei, measure, oedema."),
        )
    places = {name: _only(path, name, by_name[name]) for name in ("id", *_USED) if name in by_name}
    places |= {OTHER + name: _asked(path, name, heads) for name in others}
    return ChildrenFile(path, codec, delimiter, heads, places)


def _only(path: Path, name: str, places: Sequence[int]) -> int:
    if len(places) > 1:
        raise AppError(
            "columns",
            say("{file} has the column “{column}” twice.", file=path.name, column=name),
            say("Leave one of the two, and save the file again."),
        )
    return places[0]


def _asked(path: Path, name: str, heads: Sequence[str]) -> int:
    """The column a person named: as it is spelled, else without regard to case."""
    spelled = [place for place, head in enumerate(heads) if head == name]
    alike = [place for place, head in enumerate(heads) if head.casefold() == name.casefold()]
    if not alike:
        raise AppError(
            "columns",
            say("{file} has no column “{columns}”.", file=path.name, columns=name),
            say("Name a column as it stands in the first line of the file."),
        )
    return _only(path, name, spelled or alike)


def _codec(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        for mark, codec in _MARKS:
            if start.startswith(mark):
                return codec
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1258"
    return "utf-8"
