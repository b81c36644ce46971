"""Villages of a station added or answered many at once, from lines as they are typed or pasted."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from desktop.application.changes import Changes
from desktop.application.records import Record
from desktop.application.station_profiles import place_on, said_of
from desktop.application.station_writing import say_facts
from desktop.domain.stations import villages
from desktop.domain.stations.facts import Way, on_day
from desktop.domain.text import fold, nfc, squeeze
from desktop.domain.units import UnitKind
from desktop.domain.values import Value
from desktop.errors import AppError
from desktop.wording import say

_CELLS: Final = re.compile(r"[\t;|]")
_HEADS: Final = frozenset({"stt", "tt", "thon", "thon, ban", "thon ban", "ten thon", "ten thon, ban", "ten thon ban"})


def read_lines(text: str) -> list[tuple[str, Value]]:
    """Villages from lines: name, then “có” or “không”, then whether trained; between them tabs or semicolons.

    AppError `bad_village` names the line; a village twice stands by its last line.
    """
    found: dict[str, tuple[str, Value]] = {}
    for number, line in enumerate(nfc(text).splitlines(), 1):
        cells = _CELLS.split(line)
        if not line.strip() or fold(cells[0]).strip(" .") in _HEADS:
            continue
        read = villages.of_line(cells)
        if read is None or not read[0] or len(read[0]) > villages.LONGEST:
            raise AppError(
                "bad_village",
                say("Line {row} is no village: “{text}”.", row=number, text=squeeze(line)[:60]),
                say("Write the name; then, after a semicolon, “có” or “không”; then whether trained."),
            )
        found[villages.key(read[0])] = read
    return list(found.values())


def say_villages(record: Record, *, uid: str, text: str, since: date, source: str = "window") -> Changes:
    """Say from a day on what lines tell of villages of a station, as one change; villages not named stay as they are.

    AppError `bad_village`, `no_villages`, `not_asked`, `unknown_unit`.
    """
    place = place_on(record, uid, since)
    if place.kind is not UnitKind.STATION:
        raise AppError(
            "not_asked",
            say("Villages are listed for the commune's health station, not for {place}.", place=place.name),
            say("Choose the station."),
        )
    lines = read_lines(text)
    if not lines:
        raise AppError("no_villages", say("No village is named."), say("Write one village a line."))
    standing = on_day(said_of(record, place.uid), since)
    named = [(villages.known(standing, name), value) for name, value in lines]
    said = [(place.uid, one.code, value) for one, value in named if not villages.says_nothing_new(standing, one, value)]
    what = say("List {count} villages of {place}", count=len(said), place=place.name)
    return say_facts(record, said=said, since=since, what=what, source=source, way=Way.TYPED)
