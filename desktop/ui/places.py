"""The places of the window, in the order of the navigation, and how to point into them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """A page of the window; `imports` opens from `entry`, `denominators` from `indicators`: neither has a row."""

    OVERVIEW = "overview"
    ENTRY = "entry"
    STATIONS = "stations"
    CRITERIA = "criteria"
    CHILDREN = "children"
    INDICATORS = "indicators"
    REPORTS = "reports"
    EXCHANGE = "exchange"
    CATALOGUE = "catalogue"
    ADMIN = "admin"
    IMPORTS = "imports"
    DENOMINATORS = "denominators"


@dataclass(frozen=True, slots=True)
class Target:
    """A place and where in it: `unit`, `element`, `indicator`, `tab`, `plan`, `child`."""

    place: Place
    where: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """One part of where."""
        return dict(self.where).get(name)
