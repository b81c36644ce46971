"""What an intent changed: screens refresh by this answer and never poke each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Subject(StrEnum):
    """A part of the record that a screen may show."""

    OFFICE = "office"
    UNITS = "units"
    CATALOGUE = "catalogue"
    VALUES = "values"
    SUBMISSIONS = "submissions"
    FINDINGS = "findings"
    PLANS = "plans"
    PARTNERS = "partners"
    PACKAGES = "packages"
    BACKUPS = "backups"
    CHILDREN = "children"
    CRITERIA = "criteria"
    STATIONS = "stations"


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects that changed; none where the record already said the same."""

    subjects: frozenset[Subject] = frozenset()

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return bool(self.subjects)

    def __or__(self, other: Changes) -> Changes:
        """Both."""
        return Changes(self.subjects | other.subjects)


NOTHING: Final = Changes()


def changed(rows: int, *subjects: Subject) -> Changes:
    """The subjects where rows were journalled, else nothing."""
    return _of(subjects) if rows else NOTHING


@cache
def _of(subjects: tuple[Subject, ...]) -> Changes:
    return Changes(frozenset(subjects))
