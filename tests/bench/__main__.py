"""`python3 build/dev.py bench [AREA ...] [--edge [--keep FOLDER]]`: measure, print one table, keep it in .work/bench.

Areas: start cell grid journal workbook packages document growth units boundaries children; `--edge` measures a record
of 20 million values beside a usual one (5 GB, about five minutes to make; `--keep` leaves it in a folder and takes it
from there the next time), and the children of a whole province (a million measurements, made in three minutes).
Every area runs in a process of its own, with the yardstick beside it in the same process.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.bench import KEEP
from tests.bench.table import Row, pack, shown, unpack

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".work" / "bench"
AREAS = (
    "start",
    "cell",
    "grid",
    "journal",
    "workbook",
    "packages",
    "document",
    "growth",
    "units",
    "boundaries",
    "children",
)
FOUND = "found: "


def main(words: list[str]) -> int:
    if words[:1] == ["--area"]:
        return one(words[1])
    asked = understood(words)
    if asked is None:
        print(__doc__)
        return 2
    chosen, edge = asked
    WORK.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(WORK / "shared", ignore_errors=True)
    rows: list[Row] = []
    failed: list[str] = []
    for area in [*(chosen or ([] if edge else AREAS)), *(["edge", "province"] if edge else [])]:
        begun = perf_counter()
        found = measured(area)
        print(f"{area}: {perf_counter() - begun:.0f} s", flush=True)
        if found is None:
            failed.append(area)
        else:
            rows += found
    table = shown(rows)
    (WORK / "table.md").write_text(table + "\n", encoding="utf-8")
    print(table)
    over = [row.name for row in rows if not row.holds]
    if over:
        print(f"\nOver their limits: {'; '.join(over)}")
    if failed:
        print(f"\nNot measured: {', '.join(failed)}")
    return 1 if failed else 0


def understood(words: list[str]) -> tuple[list[str], bool] | None:
    """The areas asked for and whether the edge is; None for words that mean nothing."""
    left = list(words)
    kept = None
    if "--keep" in left[:-1]:
        at = left.index("--keep")
        kept = left[at + 1]
        del left[at : at + 2]
    edge = "--edge" in left
    chosen = [word for word in left if word != "--edge"]
    if set(chosen) - set(AREAS) or (kept and not edge):
        return None
    if kept:
        os.environ[KEEP] = str(Path(kept).resolve())
    return chosen, edge


def measured(area: str) -> list[Row] | None:
    """The rows of an area, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--area", area],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(FOUND)]
    if done.returncode or not lines:
        print(done.stdout)
        return None
    return unpack(lines[-1].removeprefix(FOUND))


def one(area: str) -> int:
    folder = WORK / area
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["SOTRAM_HOME"] = str(folder / "home")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        rows = importlib.import_module(f"tests.bench.{area}").measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(FOUND + pack(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
