"""The program that needs no Python: PyInstaller, then its own demo."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from steps import system
from steps.shell import ON_WINDOWS, PYTHON, ROOT, WORK, Word, run, tell

MADE = WORK / "dist" / "sotram"


def make() -> None:
    """Freeze into .work/dist/sotram (never into build/), then let the made program run the demo elsewhere."""
    system.need_libraries(screen=True)
    shutil.rmtree(MADE, ignore_errors=True)
    places: list[Word] = ["--workpath", WORK / "pyinstaller", "--distpath", WORK / "dist"]
    run([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, ROOT / "installer.spec"])
    program = MADE / ("sotram.exe" if ON_WINDOWS else "sotram")
    with tempfile.TemporaryDirectory(prefix="sổ trạm ") as folder:
        home = Path(folder, "home")
        run([program, "demo", Path(folder, "demo")], env={"SOTRAM_HOME": str(home)}, cwd=Path(folder))
    size = sum(path.stat().st_size for path in MADE.rglob("*") if path.is_file() and not path.is_symlink())
    tell(f"{program.relative_to(ROOT)}: {size / 1e6:.0f} MB in its folder; the demo ran.")
