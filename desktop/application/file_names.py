"""What files are called while they lie on the desk: by their name, and by folders where two have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def names_apart(files: Sequence[Path]) -> dict[Path, str]:
    """A name for each file: its own, with as many folders before it as tell it from the others, `xa-a/bao-cao.xlsx`."""
    names = {path: path.name for path in files}
    depths = dict.fromkeys(names, 1)
    while True:
        shared = Counter(names.values())
        longer = [path for path, name in names.items() if shared[name] > 1 and depths[path] < len(path.parts)]
        if not longer:
            return names
        for path in longer:
            depths[path] += 1
            names[path] = Path(*path.parts[-depths[path] :]).as_posix()


def renamed(asked: Mapping[str, T], before: Mapping[Path, str], after: Mapping[Path, str]) -> dict[str, T]:
    """What was asked of files under the names they had before; those in an archive keep their place in it."""
    moved = {name: after[path] for path, name in before.items() if path in after}
    found = {}
    for name, wanted in asked.items():
        old = next((old for old in moved if is_of(name, old)), None)
        found[name if old is None else moved[old] + name.removeprefix(old)] = wanted
    return found


def is_of(name: str, file: str) -> bool:
    """Whether a name is a file's, or that of a workbook in it."""
    return name == file or name.startswith(f"{file}/")
