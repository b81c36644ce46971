"""The program on an office made up for looking: the shipped sample year, end to end."""

from __future__ import annotations

import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

from steps import system
from steps.shell import PYTHON, WORK, Fault, output, run, tell

if TYPE_CHECKING:
    from pathlib import Path

DEMO = WORK / "demo"
HOME = WORK / "home"


def make() -> dict[str, str]:
    """Run `sotram demo` in an empty .work/demo and say where its documents lie."""
    return make_in(DEMO, home=HOME)


def make_in(folder: Path, *, home: Path) -> dict[str, str]:
    """Run `sotram demo` in an emptied folder; the person's own record and settings are not touched."""
    for place in (folder, home):
        shutil.rmtree(place, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    said = output([PYTHON, "-m", "desktop", "--json", "demo", folder], env={"SOTRAM_HOME": str(home)})
    if said is None:
        run([PYTHON, "-m", "desktop", "demo", folder], env={"SOTRAM_HOME": str(home)})
        raise Fault("The demo failed once and then did not.")
    made = {name: path for name, path in json.loads(said).items() if isinstance(path, str)}
    for name, path in made.items():
        tell(f"{name:10} {path}")
    return made


def open_window() -> None:
    """Open the window on the demo's district; where there is no display, make the documents and say so."""
    if not has_display():
        tell("There is no display here, so no window: this is the demo on the command line.")
        make()
        return
    system.need_libraries(screen=True)
    record = DEMO / "record.path"
    if not record.exists():
        made = make()
        record.write_text(made["record"], encoding="utf-8")
    env = {"SOTRAM_HOME": str(HOME), "SOTRAM_RECORD": record.read_text(encoding="utf-8")}
    run([PYTHON, "-m", "desktop"], env=env)


def has_display() -> bool:
    """Whether a window could be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
