"""What a heading or a line of a station's sheet names: an item of the profile, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from desktop.domain.stations.profile import Item, Profile
from desktop.domain.text import fold
from desktop.exchange.headings import near

_NUMBERING: Final = re.compile(
    r"^\s*(?:(?:\d{1,3}|[ivx]{1,5}|[a-zđ])(?:\.\d{1,3})*\s*[.)\-:]+|[-+•*])\s*", re.IGNORECASE
)
_PART: Final = re.compile(r"trong (?:do|so do|so nay)\b[:,]?\s*|chia ra:?\s*")
_BRACKETS: Final = re.compile(r"\s*[\(\[][^()\[\]]*[\)\]]")
_WORD: Final = re.compile(r"[a-z0-9]+")
_FILLER: Final = frozenset("so luong tong cong co cua tram y te duoc hien trong do gom cac va la tai nguoi".split())
_LEAST: Final = 5
_SHORT: Final = tuple(
    (re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"), meaning)
    for pattern, meaning in (
        (r"b\.? ?s\.?|bac sy", "bac si"),
        (r"y ?s\.?|y sy", "y si"),
        (r"d\.? ?d\.?|d\. ?duong", "dieu duong"),
        (r"nhs|nu ho sinh", "nu ho sinh"),
        (r"ktv", "ky thuat vien"),
        (r"bv", "benh vien"),
        (r"pk ?dkkv", "phong kham da khoa khu vuc"),
        (r"yhct", "y hoc co truyen"),
        (r"yhgd", "y hoc gia dinh"),
        (r"b?kln", "benh khong lay nhiem"),
        (r"tha", "tang huyet ap"),
        (r"dtd", "dai thao duong"),
        (r"ttb", "trang thiet bi"),
        (r"(?:nv)? ?yttb|nvyttb", "nhan vien y te thon ban"),
        (r"ctv", "cong tac vien"),
        (r"kcb", "kham chua benh"),
        (r"ds[ -]?khhgd", "dan so"),
    )
)
"""What people shorten, folded."""


@dataclass(frozen=True, slots=True)
class Named:
    """The item a text names; `sure` is false where a person should look."""

    item: Item
    sure: bool


class ItemNames:
    """The items of a profile, ready to be found."""

    def __init__(self, profile: Profile) -> None:
        self._words = profile.words
        self._titles = {fold(group.name_vi) for group in profile.groups} - self._words.keys()
        self._cache: dict[str, Named | None] = {}

    def find(self, text: str) -> Named | None:
        """The item a text names: by name, code or synonym; nearly so where only one is near."""
        if text not in self._cache:
            self._cache[text] = self._search(text)
        return self._cache[text]

    def _search(self, text: str) -> Named | None:
        if _PART.match(_NUMBERING.sub("", fold(text)).strip(" .:;*")):
            return self._part(text)
        for key in _spellings(text):
            if key in self._words:
                return Named(self._words[key], sure=True)
        key = min(_spellings(text), key=len, default="")
        if len(key) < _LEAST or not self._titles.isdisjoint(_spellings(text)):
            return None
        found = {item.code: item for name, item in self._words.items() if len(name) >= _LEAST and near(name, key)}
        if not found:
            wanted = _meaning(key)
            found = {item.code: item for words, item in self._meanings.items() if wanted and words == wanted}
        return Named(next(iter(found.values())), sure=False) if len(found) == 1 else None

    def _part(self, text: str) -> Named | None:
        """What “of these” names is a part of something, never a thing of its own: “Trong đó: YHCT” are people."""
        parts = {name: item for name, item in self._words.items() if item.within is not None}
        for key in _spellings(text):
            if key in parts:
                return Named(parts[key], sure=True)
        for key in _spellings(text):
            wanted = frozenset(_WORD.findall(_PART.sub("", key)))
            found = {item.code: item for name, item in parts.items() if wanted and wanted <= set(_WORD.findall(name))}
            if len(found) == 1:
                return Named(next(iter(found.values())), sure=False)
        return None

    @cached_property
    def _meanings(self) -> Mapping[frozenset[str], Item]:
        """Items by the words that matter in their names; those that two items share are left out."""
        found: dict[frozenset[str], Item | None] = {}
        for name, item in self._words.items():
            words = _meaning(name)
            held = found.get(words, item)
            found[words] = item if held is item else None
        return {words: item for words, item in found.items() if item is not None and words}


def _spellings(text: str) -> Iterator[str]:
    """A text folded, without its numbering, or brackets, as a part; then with what is short spelt out."""
    whole = fold(text).strip(" .:;*")
    yield from _ways(whole)
    spelt = whole
    for short, meaning in _SHORT:
        spelt = short.sub(meaning, spelt)
    if spelt != whole:
        yield from _ways(spelt)


def _ways(whole: str) -> Iterator[str]:
    yield whole
    bare = _NUMBERING.sub("", whole).strip(" .:;*")
    yield bare
    short = _BRACKETS.sub("", bare).strip(" .:;*")
    yield short
    for start in ("trong do: ", "trong do ", "so luong ", "so "):
        if short.startswith(start):
            yield short.removeprefix(start)
    yield f"trong do: {short}"


def _meaning(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name)) - _FILLER
