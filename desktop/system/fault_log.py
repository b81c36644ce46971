"""What a log says of a fault of the program: kinds of exception and places in the code, never values or folders.

Values may name people, and so may the folder of a person's own files.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path


def lines_of(fault: BaseException | None) -> list[str]:
    """Kinds of exception and places in the program, the oldest cause first; no messages, no source lines."""
    if fault is None:
        return []
    root = Path(sys.modules["desktop"].__path__[0]).parent
    lines = lines_of(fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__))
    lines.append(f"{type(fault).__module__}.{type(fault).__name__}")
    for frame in traceback.extract_tb(fault.__traceback__):
        file = Path(frame.filename)
        inside = file.relative_to(root) if file.is_relative_to(root) else Path(*file.parts[-2:])
        lines.append(f"  {inside.as_posix()}:{frame.lineno} {frame.name}")
    return lines
