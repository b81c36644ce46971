"""What a command may be told: its words, its options, and how the text of each is read.

Reading a word raises UsageError (exit 2): the shape of a date or a period is part of how the command is used.
What a well-formed word names (a unit, an element) is the application's to know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.periods import BadPeriod, Period
from desktop.domain.text import nfc
from desktop.errors import UsageError
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from desktop.cli.output import Answer
    from desktop.cli.session import Session

T = TypeVar("T")
Reader = Callable[[str], object]
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def wrong(title: Sentence, advice: Sentence | None = None) -> UsageError:
    """The refusal of a command that is not understood."""
    return UsageError("usage", title, advice)


def a_text(word: str) -> str:
    """Any text, composed (NFC)."""
    return nfc(word)


def a_path(word: str) -> Path:
    """A file or folder, as the system spells it."""
    if not word or "\0" in word:
        raise wrong(say("A file name is empty or holds a sign no file name can hold."))
    return Path(word)


def a_day(word: str) -> date:
    """2026-07-01 or 01/07/2026."""
    turned = _DAY_FIRST.fullmatch(word)
    try:
        if turned:
            return date(int(turned[3]), int(turned[2]), int(turned[1]))
        if len(word) != 10:
            raise ValueError(word)
        return date.fromisoformat(word)
    except ValueError:
        raise wrong(say("“{word}” is not a date.", word=word), say("Write year, month and day: 2026-07-01.")) from None


def a_period(word: str) -> Period:
    """An id of `contract/record.md` 5."""
    try:
        return Period.parse(word.strip())
    except BadPeriod:
        raise wrong(
            say("“{word}” is not a period.", word=word),
            say("Write for example 2026, 2026S1, 2026Q3, 202609, 2026NineMonths or 2026C10."),
        ) from None


def a_year(word: str) -> int:
    """Four digits."""
    if not (word.isascii() and word.isdigit() and len(word) == 4):
        raise wrong(say("“{word}” is not a year.", word=word))
    return int(word)


def codes(word: str) -> tuple[str, ...]:
    """Codes with commas between them."""
    return tuple(code for code in (part.strip() for part in nfc(word).split(",")) if code)


def one_of(*choices: str) -> Reader:
    """One of a few words."""

    def read(word: str) -> str:
        if word not in choices:
            raise wrong(
                say("“{word}” is not possible here.", word=word),
                say("Choose one of: {words}.", words=", ".join(choices)),
            )
        return word

    return read


@dataclass(frozen=True, slots=True)
class Option:
    """`--name VALUE`; a flag takes no value, `many` takes all words up to the next option and may be repeated."""

    name: str
    read: Reader = a_text
    shown: str = ""
    required: bool = False
    flag: bool = False
    many: bool = False

    @property
    def usage(self) -> str:
        """How it stands in the usage line."""
        text = f"--{self.name}" if self.flag else f"--{self.name} {self.shown}" + (" …" if self.many else "")
        return text if self.required else f"[{text}]"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that stands by its place; `many` takes the rest, at least one."""

    name: str
    read: Reader = a_text
    shown: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words, what it is told, and the function that does it."""

    words: tuple[str, ...]
    about: Sentence
    run: Callable[[Session], Answer]
    places: tuple[Word, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def name(self) -> str:
        """The words with spaces."""
        return " ".join(self.words)

    @property
    def usage(self) -> str:
        """The usage line without the program's name."""
        places = [word.shown + (" …" if word.many else "") for word in self.places]
        return " ".join([self.name, *places, *(option.usage for option in self.options)])


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was told, read."""

    values: Mapping[str, object] = field(default_factory=dict)

    def maybe(self, name: str, kind: type[T]) -> T | None:
        """The value of an option that may be left out."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, kind):
            raise TypeError(f"{name} is {type(value).__name__}, not {kind.__name__}")
        return value

    def get(self, name: str, kind: type[T]) -> T:
        """The value of what must be there."""
        value = self.maybe(name, kind)
        if value is None:
            raise TypeError(f"{name} is not there: the command should require it")
        return value

    def flag(self, name: str) -> bool:
        """Whether a flag was given."""
        return bool(self.values.get(name))

    def many(self, name: str, kind: type[T]) -> list[T]:
        """All values of what may be repeated."""
        values = self.values.get(name, ())
        if not isinstance(values, Sequence) or not all(isinstance(value, kind) for value in values):
            raise TypeError(f"{name} is not a list of {kind.__name__}")
        return list(values)
