"""The villages of a station, each with whether a health worker is active in it: facts with days like all others.

A village is an item whose code is its name; it stands in the list from the day it is first answered until it is taken
away. Nobody is named. The counts of villages follow from the list and are not typed beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from desktop.domain.stations.answers import read_answer
from desktop.domain.stations.facts import Fact
from desktop.domain.stations.profile import OWN, Asked, Choice, Item
from desktop.domain.text import fold, fold_tones, nfc, sort_key, squeeze
from desktop.domain.units import UnitKind
from desktop.domain.values import NOT_APPLICABLE, State, Value, number
from desktop.wording import Sentence

GROUP: Final = "villages"
PREFIX: Final = "village:"
ALL: Final = "villages"
WITH_WORKER: Final = "villages_with_worker"
COUNTS: Final = (ALL, WITH_WORKER)
"""The items that follow from the list."""
LONGEST: Final = 80
TRAINED: Final = "trained"
UNTRAINED: Final = "untrained"
ACTIVE: Final = "active"
NONE: Final = "none"
UNKNOWN: Final = "unknown"
CHOICES: Final = (
    Choice(TRAINED, "Có (đã đào tạo)", "Yes (trained)", ("Có, đã đào tạo", "Đã đào tạo", "Đã được đào tạo")),
    Choice(UNTRAINED, "Có (chưa đào tạo)", "Yes (not trained)", ("Có, chưa đào tạo", "Chưa đào tạo")),
    Choice(ACTIVE, "Có (chưa rõ đào tạo)", "Yes (training not known)", ("Có", "x", "c", "yes", "Có nhân viên y tế")),
    Choice(NONE, "Không có", "No", ("k", "ko", "Không", "Chưa có", "no")),
    Choice(UNKNOWN, "Chưa biết", "Not known yet"),
)
_WITH: Final = frozenset({TRAINED, UNTRAINED, ACTIVE})


def is_village(code: str) -> bool:
    """Whether an item is a village of a station's list."""
    return code.startswith(PREFIX)


def village(name: str) -> Item:
    """The item of a village; its name is shortened where it is very long."""
    told = squeeze(nfc(name))[:LONGEST].strip()
    return Item(PREFIX + told, told, Asked.CHOICE, choices=CHOICES, of=(UnitKind.STATION,), source=OWN)


def listed(standing: Mapping[str, Fact]) -> list[Item]:
    """The villages of a station in Vietnamese order."""
    return of_codes(standing)


def of_codes(codes: Iterable[str]) -> list[Item]:
    """The villages among items (codes) in Vietnamese order."""
    names = [code.removeprefix(PREFIX) for code in codes if is_village(code)]
    return [village(name) for name in sorted(names, key=sort_key)]


def cells(value: Value) -> tuple[str, str]:
    """What a list says of a village in two columns: whether there is a worker, whether trained; as `told` reads it."""
    trained = {TRAINED: "có", UNTRAINED: "không"}.get(value.text or "", "")
    worker = "có" if value.text in _WITH else "không" if value.text == NONE else ""
    return worker, trained


def says_nothing_new(standing: Mapping[str, Fact], item: Item, value: Value) -> bool:
    """Whether a list only names a village that is answered already: a blank never takes an answer away."""
    return value.text == UNKNOWN and item.code in standing


def known(standing: Mapping[str, Fact], name: str) -> Item:
    """The village of this name: the one in the list, whatever its capitals and tone places, else a new one.

    Marks tell villages apart (Bản Năm, Bản Nậm); a name typed without any means the one village it can be.
    """
    there = listed(standing)
    same = [one for one in there if key(one.name_vi) == key(name)]
    if not same and name.isascii():
        same = [one for one in there if fold(one.name_vi) == fold(name)]
    return same[0] if len(same) == 1 else village(name)


def key(name: str) -> str:
    """What two spellings of one village share."""
    return fold_tones(squeeze(nfc(name))).casefold()


def counted(standing: Mapping[str, Fact]) -> frozenset[str]:
    """The items that follow from a station's list of villages and are not typed beside it."""
    return frozenset(counts(standing))


def counts(standing: Mapping[str, Fact]) -> dict[str, Fact]:
    """How many villages the list has, and in how many a worker is active: said once all of them are known."""
    told = [fact for code, fact in standing.items() if is_village(code) and fact.value != NOT_APPLICABLE]
    if not told:
        return {}
    oldest = min(told, key=lambda fact: fact.since)
    found = {ALL: len(told)}
    if all(fact.value.text != UNKNOWN for fact in told):
        found[WITH_WORKER] = sum(fact.value.text in _WITH for fact in told)
    return {code: Fact(oldest.place, code, oldest.since, number(count), oldest.way) for code, count in found.items()}


def told(worker: str, trained: str = "") -> Value | None:
    """What a list says of a village in two columns, whether there is a worker and whether trained; None: unreadable.

    Nothing written is *not known yet*; any number above 0 is yes.
    """
    one = village("")
    read = read_answer(one, _spelt(worker))
    more = read_answer(replace(one, asked=Asked.YES_NO), _spelt(trained))
    if isinstance(read, Sentence) or isinstance(more, Sentence):
        return None
    code = read.text or (NONE if read == NOT_APPLICABLE else UNKNOWN)
    if code == ACTIVE and more.state in (State.YES, State.NO):
        code = TRAINED if more.state is State.YES else UNTRAINED
    return Value(State.TEXT, text=code)


def _spelt(text: str) -> str:
    """A number of workers as yes or no: in lists it is no number of an answer."""
    told = squeeze(text)
    return ("x" if int(told) else "k") if told.isascii() and told.isdigit() else told


def of_line(cells: Sequence[str]) -> tuple[str, Value] | None:
    """A village of a pasted line: name, whether there is a worker, whether trained; a number before it is passed over.

    None where its answer cannot be read.
    """
    parts = [squeeze(cell) for cell in cells]
    if len(parts) > 1 and parts[0].rstrip(".").isdigit():
        parts = parts[1:]
    value = told(*(parts[1:3] if len(parts) > 1 else [""]))
    return None if value is None else (parts[0], value)
