"""A block copied in Excel, kept as a small file so that it is read like every other one."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.text import nfc

_PREFIX: Final = "sotram-dan-"
_FOLDERS: Final[list[Path]] = []


def forget_pasted() -> None:
    """Throw the small files away: what was pasted is written, or was left."""
    while _FOLDERS:
        shutil.rmtree(_FOLDERS.pop(), ignore_errors=True)


def pasted_file(text: str, now: datetime) -> Path | None:
    """The block as a file of tab-parted lines; None where fewer than two lines were copied."""
    lines = [line for line in nfc(text).splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    _FOLDERS.append(folder)
    out = folder / f"dan-luc-{now:%H.%M.%S}.csv"
    out.write_text(nfc(text), encoding="utf-8", newline="")
    return out
