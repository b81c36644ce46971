"""What is said to a person, before it is put into a language.

The lowest room of the house: everything may speak, nothing here knows gettext, numbers or dates.
A sentence is an English message id with named values; `desktop.system.i18n.render` turns it into text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message id and the values that stand in its `{name}` places."""

    msgid: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """The English text with plain values: for logs and test failures, never for a screen."""
        return self.msgid.format(**{name: str(value) for name, value in self.values}) if self.values else self.msgid


def say(msgid: str, /, **values: object) -> Sentence:
    """Make a sentence; Babel extracts the first argument as a message id."""
    return Sentence(msgid, tuple(values.items()))


@dataclass(frozen=True, slots=True)
class Label:
    """A name that is data (an element, a form): shown in the language in use, not translated by catalogue."""

    vi: str
    en: str = ""

    def __str__(self) -> str:
        """The English name, or the Vietnamese one where there is none."""
        return self.en or self.vi
