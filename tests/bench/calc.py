"""Typing 60 figures and pasting 500, the same keys into the real window and into LibreOffice Calc, under one X server.

`python -m tests.bench.calc` (Linux with Xvfb, matchbox-window-manager, xdotool, xclip and LibreOffice Calc; else it
says what is missing). The clock runs from the first key until every figure is safe on the disk: in the record by
itself, in the workbook by Ctrl+S. Waits between tries are short beside what is measured and the same for both.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from tests.bench import making
from tests.bench.making import LAST, Size
from tests.bench.table import Row, shown

NEEDED = ("Xvfb", "matchbox-window-manager", "xdotool", "xclip", "soffice")
DISPLAY = ":97"
SCREEN = "1366x768x24"
OFFICE = Size(communes=75, elements=12, years=2)  # 64 of them stand in 2025
TYPED_FROM, PASTED_FROM = 7101, 81001
TYPED = 60
PASTED = (50, 10)
PATIENCE = 60.0
GAP = 12  # ms between keys: with less, Calc loses doubled digits


@dataclass(frozen=True, slots=True)
class Hand:
    """Keys and text through the X server; `env` names it. `keys` counts what was pressed."""

    env: dict[str, str]

    def press(self, *keys: str) -> None:
        subprocess.run(["xdotool", "key", "--delay", str(GAP), *keys], env=self.env, check=True)

    def enter(self, figures: Sequence[str]) -> None:
        """Each figure, digit by digit, and Enter."""
        self.press(*(key for figure in figures for key in (*figure, "Return")))

    def offer(self, text: str) -> None:
        """Put text on the clipboard, as another program's copy would."""
        subprocess.run(["xclip", "-selection", "clipboard"], env=self.env, check=True, input=text.encode())

    def window(self, title: str) -> str:
        """The id of the window with this title, brought to the front."""
        command = ["xdotool", "search", "--sync", "--onlyvisible", "--name", title]
        found = subprocess.run(command, env=self.env, check=True, stdout=subprocess.PIPE, timeout=PATIENCE)
        window = found.stdout.split()[-1].decode()
        subprocess.run(["xdotool", "windowactivate", "--sync", window], env=self.env, check=True, timeout=PATIENCE)
        return window


@contextmanager
def screen(folder: Path) -> Iterator[Hand]:
    """An X server with a window manager that gives every program the whole screen."""
    env = {**os.environ, "DISPLAY": DISPLAY, "HOME": str(folder), "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", SCREEN, "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    try:
        asked = ["xdotool", "getmouselocation"]
        until(lambda: subprocess.run(asked, env=env, capture_output=True, check=False).returncode == 0)
        manager = subprocess.Popen(["matchbox-window-manager"], env=env, stderr=subprocess.DEVNULL)
        try:
            yield Hand(env)
        finally:
            manager.terminate()
            manager.wait()
    finally:
        server.terminate()
        server.wait()


def until(holds: Callable[[], bool]) -> float:
    """Wait until something holds; the moment at which it did."""
    end = perf_counter() + PATIENCE
    while perf_counter() < end:
        if holds():
            return perf_counter()
        sleep(0.02)
    raise TimeoutError("what was typed never arrived")


def figures(start: int) -> list[str]:
    return [str(start + place) for place in range(TYPED)]


def block(start: int) -> str:
    rows, columns = PASTED
    return "\n".join("\t".join(str(start + row * columns + at) for at in range(columns)) for row in range(rows)) + "\n"


def ours(folder: Path, hand: Hand) -> tuple[float, float]:
    """Seconds until 60 typed figures, then until 500 pasted ones, stand in the record."""
    from desktop.domain.periods import Period
    from desktop.system.settings import Settings, save

    home = folder / "sotram"
    home.mkdir()
    os.environ["SOTRAM_HOME"] = str(home)
    save(Settings(period=Period.of_year(LAST + 1).id, maximised=True))
    record = making.make_office(folder / "calc.sotramdb", OFFICE)
    env = {**hand.env, "SOTRAM_HOME": str(home), "SOTRAM_RECORD": str(record), "SOTRAM_TODAY": "2025-01-14"}
    program = subprocess.Popen([sys.executable, "-m", "desktop"], env=env)
    try:
        hand.window("Sổ Trạm")
        sleep(3)
        typed = timed(lambda: hand.enter(figures(TYPED_FROM)), lambda: stands(record, TYPED_FROM + TYPED - 1))
        hand.offer(block(PASTED_FROM))
        hand.press("ctrl+Home", "Right")
        last = PASTED_FROM + PASTED[0] * PASTED[1] - 1
        pasted = timed(lambda: hand.press("ctrl+v"), lambda: stands(record, last))
    finally:
        program.terminate()
        program.wait()
    return typed, pasted


def stands(record: Path, figure: int) -> bool:
    """Whether a figure stands in the record, asked of the file beside the running program."""
    from db import driver

    connection = driver.connect(str(record))
    try:
        asked = "SELECT 1 FROM value WHERE amount = ?"
        return connection.execute(asked, (figure * 10_000,)).fetchone() is not None
    finally:
        connection.close()


def calc(folder: Path, hand: Hand) -> tuple[float, float]:
    """The same in LibreOffice Calc, where a file is saved when it is told to be."""
    import csv

    source = folder / "calc.csv"
    with source.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Xã", *(f"Lượt khám {at}" for at in range(12))]] + [[f"Xã {n}"] for n in range(64)])
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--infilter=CSV:44,34,76",
        "--convert-to",
        "ods",
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(convert, env=hand.env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    book = folder / "calc.ods"
    program = subprocess.Popen(
        ["soffice", profile, "--norestore", "--nologo", "--nofirststartwizard", "--calc", str(book)],
        env=hand.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        hand.window("calc.ods")
        sleep(8)
        hand.press("Escape", "ctrl+Home", "Down", "Right")

        def type_and_save() -> None:
            hand.enter(figures(TYPED_FROM))
            hand.press("ctrl+s")

        typed = timed(type_and_save, lambda: holds(book, TYPED_FROM + TYPED - 1))
        hand.offer(block(PASTED_FROM))
        hand.press("ctrl+Home", "Down", "Right", "Right")

        def paste_and_save() -> None:
            hand.press("ctrl+v")
            sleep(1.0)  # the question how the text is to be read; taken off again below
            hand.press("Return")
            sleep(1.0)
            hand.press("ctrl+s")

        pasted = timed(paste_and_save, lambda: holds(book, PASTED_FROM + PASTED[0] * PASTED[1] - 1)) - 2.0
    finally:
        subprocess.run(["pkill", "-f", "--", profile], check=False)
        program.wait()
    return typed, pasted


def holds(book: Path, figure: int) -> bool:
    """Whether a workbook on the disk is whole and holds a figure."""
    try:
        with zipfile.ZipFile(book) as parts:
            return f'office:value="{figure}"' in parts.read("content.xml").decode()
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def timed(act: Callable[[], object], done: Callable[[], bool]) -> float:
    begun = perf_counter()
    act()
    return until(done) - begun


def measure(folder: Path) -> list[Row]:
    """Two rows: our seconds in ratio to Calc's."""
    with screen(folder) as hand:
        typed, pasted = ours(folder, hand)
        typed_there, pasted_there = calc(folder, hand)
    keys = sum(map(len, figures(TYPED_FROM))) + TYPED
    note = "{:.2f} s against {:.2f} s; {} keys against {}"
    return [
        Row("60 figures typed and saved", typed / typed_there, None, "LibreOffice Calc",
            note.format(typed, typed_there, keys, keys + 1)),
        Row("500 figures pasted and saved", pasted / pasted_there, None, "LibreOffice Calc",
            note.format(pasted, pasted_there, 1, 3)),
    ]  # fmt: skip


def main(_words: Sequence[str] = ()) -> int:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        print(f"not measured: {', '.join(missing)} not found")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        print(shown(measure(Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
