"""An erasure that is killed in the middle ends at the next opening, and then nothing tells the name any more."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from time import perf_counter

import pytest

from db import backup, check
from desktop.application import children, offices, weighing
from desktop.application.children import NewChild
from desktop.application.erasing import erase_child
from desktop.application.records import open_record
from desktop.domain.children import Measurement, Sex

KILLS = int(os.environ.get("SOTRAM_ERASING_KILLS", "4"))
TODAY = date(2024, 6, 1)
NAME, MOTHER, NOTE = "Giàng Thị Kín", "Lý Thị Mờ", "gần suối Lạnh"

pytestmark = pytest.mark.posix


def _made(folder: Path) -> tuple[Path, str]:
    """A record with a child to be erased among others, and a backup of it."""
    path = folder / "r" / "so.sotramdb"
    offices.create_office(path, level="commune", unit="04459", today=TODAY, actor="lan")
    with open_record(path, actor="lan") as record:
        commune = offices.communes_of(record, on=TODAY)[0].uid
        told = {"village": "bản Mỏ Vàng", "mother": MOTHER, "note": NOTE}
        new = [NewChild(commune, f"Vàng A Chư {place}", Sex.MALE, date(2022, 3, 14)) for place in range(400)]
        new.insert(200, NewChild(commune, NAME, Sex.FEMALE, date(2022, 3, 14), **told))
        uid = children.register(record, new=new).uids[200]
        for place in range(3):
            day = TODAY - timedelta(days=30 * place)
            weighing.measure(record, measurements=[Measurement(uid, day, None, 9800 + place, 812, note=NOTE)])
        backup.make(record, folder / "sao lưu")
    return path, uid


def _tells(folder: Path) -> list[str]:
    """The files of a folder that hold a part of what was erased."""
    parts = [text.encode() for text in (NAME, MOTHER, NOTE, "giang thi kin", "ly thi mo")]
    return [one.name for one in sorted(folder.iterdir()) if any(part in one.read_bytes() for part in parts)]


@pytest.mark.slow
def test_killed_in_the_middle_an_erasure_ends_at_the_next_opening(tmp_path: Path) -> None:
    made, uid = _made(tmp_path / "made")
    whole = _time_of(made, uid, tmp_path / "timed")
    chance, erased = random.Random(12), 0
    for kill in count():
        if kill >= KILLS and erased:  # kills that all come before the erasure prove nothing
            break
        place = tmp_path / f"{kill}"
        shutil.copytree(made.parent, place / "r")
        path, list_ = place / "r" / made.name, tmp_path / "made" / "sao lưu" / backup.LIST
        list_.unlink(missing_ok=True)  # kills before it is written must not lose it
        _killed(path, uid, chance.uniform(0, whole) + kill // KILLS * whole)  # a busy machine may be slower by now
        with open_record(path, actor="lan") as record:  # the next opening ends it, or it never began
            standing = bool(children.find(record, text=NAME, today=TODAY))
            if standing:
                erase_child(record, uid=uid, reason="Đơn số 12")
            assert check.check(record) == []
        erased += not standing
        assert _tells(path.parent) == []
        told = list_.read_text(encoding="utf-8")
        assert uid in told
        assert NAME not in told


def _time_of(made: Path, uid: str, place: Path) -> float:
    """How long the erasing takes here, from the opened record on."""
    shutil.copytree(made.parent, place / "r")
    program = _program(place / "r" / made.name, uid)
    assert program.stdout is not None
    assert program.stdout.readline() == "opened\n"
    begun = perf_counter()
    assert program.stdout.readline() == "erased\n"
    program.communicate()
    return perf_counter() - begun


def _killed(path: Path, uid: str, after: float) -> None:
    program = _program(path, uid)
    assert program.stdout is not None
    program.stdout.readline()
    try:
        program.wait(after)
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
    program.communicate()


def _program(path: Path, uid: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.db.erasing_program", str(path), uid],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SOTRAM_HOME": str(path.parent.parent / "home")},
    )
