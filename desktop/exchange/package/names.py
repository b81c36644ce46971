"""File names of packages: FROM-TO-SEQ6-YYYYMMDD.sotram, ASCII, no person's name in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from desktop.exchange.package.manifest import Kind, Manifest

SEALED: Final = ".sotram"
OPEN: Final = ".sotram.zip"
PART: Final = ".part"
LONGEST_CODE: Final = 24


def package_name(about: Manifest, *, sealed: bool = True) -> str:
    """The name of a package file; receipts end in `-R` before the dot."""
    day = datetime.fromisoformat(about.made).strftime("%Y%m%d")
    mark = "-R" if about.kind == Kind.RECEIPT else ""
    codes = f"{plain_code(about.sender.code)}-{plain_code(about.to.code)}"
    return f"{codes}-{about.stream.sequence:06d}-{day}{mark}{SEALED if sealed else OPEN}"


def plain_code(code: str) -> str:
    """A code as part of a file name: letters and digits of ASCII; whatever else there is becomes one underscore."""
    letters = unicodedata.normalize("NFD", code.replace("đ", "d").replace("Đ", "D")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_")[:LONGEST_CODE] or "0"


def free_name(name: str, there: Iterable[str]) -> str:
    """The name, or the first of NAME-2, NAME-3, ... that no file in a folder has, blind to case as FAT32 is.

    A restored record counts its packages from 1 again and may meet its own older package on the stick.
    """
    taken = {other.casefold() for other in there}
    stem, suffix = (name.removesuffix(OPEN), OPEN) if name.endswith(OPEN) else (name.removesuffix(SEALED), SEALED)
    mark = "-R" if stem.endswith("-R") else ""
    candidate, number = name, 1
    while candidate.casefold() in taken or f"{candidate}{PART}".casefold() in taken:
        number += 1
        candidate = f"{stem.removesuffix(mark)}-{number}{mark}{suffix}"
    return candidate


def is_package_name(name: str) -> bool:
    """Whether a file looks like a package by its name; what it is, only its content says."""
    return name.casefold().endswith((SEALED, OPEN))


def is_receipt_name(name: str) -> bool:
    """Whether a file looks like a receipt by its name."""
    return name.casefold().removesuffix(OPEN).removesuffix(SEALED).endswith("-r")
