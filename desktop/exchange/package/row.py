"""One row on its way between records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.domain.versions import Version


class Row(NamedTuple):
    """A row: `who` is the post that wrote it (never a name), `at` the wall time, for people.

    `fields` are those of its table (`tables.TABLES`), empty ones left out or None; of a gone row only the key.
    """

    version: Version
    who: str
    at: str
    fields: Mapping[str, Any]
    gone: bool = False
