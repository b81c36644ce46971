"""The start and the idle window, in processes of their own, beside an empty PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from desktop.application.demo import demo_office
from tests.bench import making
from tests.bench.table import Row

TIMES = 10
PROGRAM = ["-m", "tests.bench.started"]


def measure(folder: Path) -> list[Row]:
    record = folder / "demo.sotramdb"
    demo_office(record, today=date(2025, 1, 14))
    empty, painted, usable = [], [], []
    started("window", record, folder)
    started("empty", record, folder)
    for _ in range(TIMES):
        empty.append(started("empty", record, folder)["painted"])
        ours = started("window", record, folder)
        painted.append(ours["painted"])
        usable.append(ours["usable"])
    base = median(empty)
    note = f"{{:.0f}} ms against {base * 1e3:.0f} ms, warm, median of {TIMES}"
    rows = [
        Row(
            "Start: painted shell",
            median(painted) / base,
            2.0,
            "an empty QMainWindow",
            note.format(median(painted) * 1e3),
        ),
        Row(
            "Start: usable grid", median(usable) / base, 3.5, "an empty QMainWindow", note.format(median(usable) * 1e3)
        ),
    ]
    return [*rows, memory(folder)]


def memory(folder: Path) -> Row:
    """Resident memory after a second of rest, ten years of a usual office open at its grid."""
    record = making.ten_years(folder)
    ours = [started("idle", record, folder)["resident"] for _ in range(3)]
    empty = [started("empty idle", record, folder)["resident"] for _ in range(3)]
    note = f"{median(ours) / 1e6:.0f} MB against {median(empty) / 1e6:.0f} MB"
    return Row("Idle memory, usual office", median(ours) / median(empty), 3, "an empty QMainWindow", note)


def started(what: str, record: Path, folder: Path) -> dict[str, float]:
    """Start a process; for each word it says, the seconds since its start, or the number behind the word."""
    named = {
        "SOTRAM_HOME": str(folder / "home"),
        "SOTRAM_RECORD": str(record),
        "SOTRAM_TODAY": "2025-01-14",
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": Path.cwd(),
        "PYTHONPYCACHEPREFIX": str(folder.parent / "shared" / "pyc"),  # warm: compiled once, as an installed program is
    }
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = perf_counter()
    found: dict[str, float] = {}
    script = Path(__file__).with_name("empty.py" if what.startswith("empty") else "started.py")
    with subprocess.Popen([sys.executable, str(script), what], env=around | named, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            word, _, told = line.decode().strip().partition(" ")
            found[word] = float(told) if told else perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{script.name} {what}: {process.returncode}")
    return found
