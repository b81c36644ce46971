"""Names of sheets that every spreadsheet program takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """The names with forbidden signs as spaces, cut to 31 letters and told apart by numbers."""
    taken: set[str] = set()
    names = []
    for text in wanted:
        plain = " ".join(_FORBIDDEN.sub(" ", text).split())[:LONGEST].strip() or "Biểu"
        name, number = plain, 2
        while name.casefold() in taken:
            tail = f" ({number})"
            name, number = plain[: LONGEST - len(tail)] + tail, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names
