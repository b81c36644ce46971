"""From `resources/locale/<language>/*.po`, one file per area, to the one `.mo` the program reads.

Babel does it, so this runs inside .venv; `compile_in_environment` starts it there when a `.po` is newer.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from steps.shell import PYTHON, ROOT, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCALE = ROOT / "resources" / "locale"
DOMAIN = "sotram"


def compile_in_environment() -> None:
    """Compile what is stale, with the environment's Babel."""
    if any(is_stale(folder) for folder in languages()):
        run(
            [PYTHON, "-c", "from steps import translations; translations.compile_stale()"],
            env={"PYTHONPATH": str(ROOT / "build")},
        )


def languages() -> Iterator[Path]:
    """The folders of languages that have words."""
    return (folder for folder in sorted(LOCALE.glob("*/")) if any(folder.glob("*.po")))


def compiled(folder: Path) -> Path:
    """Where a language's `.mo` lies."""
    return folder / "LC_MESSAGES" / f"{DOMAIN}.mo"


def is_stale(folder: Path) -> bool:
    """Whether a `.po` came, went or changed after the `.mo` was written."""
    target = compiled(folder)
    if not target.exists():
        return True
    made = target.stat().st_mtime_ns
    return any(path.stat().st_mtime_ns >= made for path in [folder, *folder.glob("*.po")])


def compile_language(folder: Path) -> None:
    """Merge the areas of one language and write its `.mo`; fuzzy and empty entries are left out."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=folder.name, domain=DOMAIN, charset="utf-8")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name, abort_invalid=True):
                if message.id and message.string and not message.fuzzy:
                    merged.add(message.id, message.string, context=message.context)
    target = compiled(folder)
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, merged)
    unfinished.replace(target)


def compile_stale() -> None:
    """Compile every language whose words changed."""
    for folder in languages():
        if is_stale(folder):
            compile_language(folder)
