"""A change of an office's settings from a day on: only what is told changes, the rest stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

LEVELS: Final = ("commune", "district", "area", "province")


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """What is told anew; None: as it was. An empty `parent` or `basis` takes it away.

    `unit` and `communes` are codes valid on the day of the change (`uid:...` for units without one); for the level
    `area` the unit is its province. `letterhead` holds fields of `Letterhead`, those told only.
    """

    level: str | None = None
    unit: str | None = None
    name: str | None = None
    code: str | None = None
    parent: str | None = None
    basis: str | None = None
    communes: tuple[str, ...] | None = None
    letterhead: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is told."""
        return self == OfficeChange()
