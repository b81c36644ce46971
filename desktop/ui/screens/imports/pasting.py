"""A block copied in Excel, kept as a small file so that it is read like every other one."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from desktop.domain.text import nfc


def pasted_file(text: str, now: datetime) -> Path | None:
    """The block as a file of tab-parted lines; None where fewer than two lines were copied."""
    lines = [line for line in nfc(text).splitlines() if line.strip()]
    if len(lines) < 2:
        return None
    folder = Path(tempfile.mkdtemp(prefix="sotram-"))
    out = folder / f"dan-luc-{now:%H.%M.%S}.csv"
    out.write_text(nfc(text), encoding="utf-8", newline="")
    return out
