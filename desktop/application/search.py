"""Finding anything by a few letters without marks: communes, figures, indicators, tasks, plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.application.catalogue import catalogue
from desktop.application.offices import communes_of
from desktop.application.plans import plans_of
from desktop.application.records import Record
from desktop.application.stations import stations
from desktop.domain.text import fold
from desktop.wording import Label


class HitKind(StrEnum):
    """What was found."""

    COMMUNE = "commune"
    ELEMENT = "element"
    INDICATOR = "indicator"
    PLAN = "plan"
    TASK = "task"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is, its code, how it is called, and a second line."""

    kind: HitKind
    code: str
    label: Label
    detail: str = ""


def find(record: Record, text: str, *, on: date, limit: int = 20) -> list[Hit]:
    """What fits every word typed, accent-blind; beginnings of names before words inside, in the order of the kinds."""
    words = fold(text).split()
    if not words:
        return []
    found: list[tuple[int, int, Hit]] = []
    for place, (key, name, hit) in enumerate(_folded(record, on)):
        if all(word in key for word in words):
            rank = 0 if name.startswith(words[0]) else 1 if f" {words[0]}" in name else 2
            found.append((rank, place, hit))
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])[:limit]]


# Whatever moves a unit, a definition or a plan; folding a thousand names anew would be felt at every key.
_TABLES: Final = (
    *("unit", "unit_version", "unit_attribute", "office_commune"),
    *("element", "indicator", "plan", "target", "task"),
)


def _folded(record: Record, on: date) -> list[tuple[str, str, Hit]]:
    """Everything that can be found on a day: folded text, folded name, hit."""
    return record.cached(f"search {on}", _TABLES, lambda: _fold_all(record, on))


def _fold_all(record: Record, on: date) -> list[tuple[str, str, Hit]]:
    return [
        (fold(f"{hit.label.vi} {hit.code} {hit.detail}"), fold(hit.label.vi), hit) for hit in _everything(record, on)
    ]


def _everything(record: Record, on: date) -> Iterator[Hit]:
    for commune in communes_of(record, on=on):
        yield Hit(HitKind.COMMUNE, commune.code, Label(commune.name))
    for place in stations(record, on=on):
        yield Hit(HitKind.STATION, place.uid, Label(place.name), place.facility_code)
    known = catalogue(record)
    for element in known.elements.values():
        if element.level == "commune":
            yield Hit(HitKind.ELEMENT, element.code, Label(element.name_vi, element.name_en), element.short_vi)
    for indicator in known.indicators.values():
        yield Hit(HitKind.INDICATOR, indicator.code, Label(indicator.name_vi, indicator.name_en))
    for plan in plans_of(record).values():
        yield Hit(HitKind.PLAN, plan.code, Label(plan.title), plan.symbol)
        for task in plan.tasks:
            yield Hit(HitKind.TASK, plan.code, Label(task.text), task.clauses)
