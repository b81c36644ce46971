"""Power cuts and kills: what was said to be saved is there afterwards."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db import check
from db.store import Store
from tests.db.making import amount, furnish, new_store, open_store
from tests.db.recorder.playing import Event, Fate, build, cut, record
from tests.db.writing_program import figures

PROGRAM = ["-m", "tests.db.writing_program"]
KILLS = int(os.environ.get("SOTRAM_KILLS", "50"))
PAGE = 4096 + 24  # a frame of the write-ahead log

pytestmark = pytest.mark.posix


def _saved(lines: list[str]) -> dict[tuple[int, str], int]:
    """The last figure said to be saved of each cell."""
    found: dict[tuple[int, str], int] = {}
    for line in lines:
        match line.split():
            case ["saved", unit, element, figure]:
                found[int(unit), element] = int(figure)
    return found


def _holds(store: Store, saved: dict[tuple[int, str], int], begun: tuple[int, str, int] | None) -> None:
    """Every saved figure stands; the one that was being typed may stand instead, if it is of the same cell."""
    for (unit, element), figure in saved.items():
        later = {begun[2]} if begun is not None and begun[:2] == (unit, element) else set()
        assert amount(store, unit, element) in {held * 10000 for held in {figure} | later}, (unit, element)


@pytest.mark.slow
def test_killed_at_any_moment_the_program_loses_nothing_it_called_saved(tmp_path: Path) -> None:
    path = tmp_path / "r" / "so.sotramdb"
    path.parent.mkdir()
    furnish(new_store(path, memory=tmp_path / "machine")).close()
    chance = random.Random(KILLS)
    saved: dict[tuple[int, str], int] = {}
    seen = 0
    for seed in range(1, KILLS + 1):
        sort = "cli" if seed % 5 == 0 else "window"
        lines = _killed(path, sort, seed, chance)
        saved |= _saved(lines)
        done = sum(line.startswith("saved") for line in lines)
        seen += done
        todo = figures(seed, 100_000)
        with open_store(path, memory=tmp_path / "machine") as store:
            _holds(store, saved, todo[done])
            assert check.check(store) == []
            written = amount(store, *todo[done][:2]) == todo[done][2] * 10000
        if written:  # it was stored and only its word did not get out
            saved[todo[done][:2]] = todo[done][2]
    assert seen >= KILLS, "kills that come before the first figure prove nothing"


def _killed(path: Path, sort: str, seed: int, chance: random.Random) -> list[str]:
    """What the program said before it was killed: at once, or some way into its work."""
    program = subprocess.Popen(
        [sys.executable, *PROGRAM, sort, str(path), str(seed), "100000"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"SOTRAM_HOME": str(path.parent.parent)},
    )
    assert program.stdout is not None
    lines: list[str] = []
    wanted = chance.choice([0, 1, 2, 5, 20])
    while len(lines) < wanted and (line := program.stdout.readline()):
        lines.append(line)
    try:
        program.wait(chance.random() * 0.02)  # anywhere between two words
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
    lines += program.stdout.readlines()
    program.stdout.close()
    assert program.wait() == -signal.SIGKILL
    return [line for line in lines if line.endswith("\n")]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("recorder"))


def _recorded(library: Path, tmp_path: Path, sort: str, count: int) -> tuple[Path, dict[str, bytes], list[Event]]:
    path = tmp_path / "r" / "so.sotramdb"
    path.parent.mkdir()
    furnish(new_store(path, memory=tmp_path / "machine")).close()
    begun = {str(path): path.read_bytes()}
    home = {"SOTRAM_HOME": str(tmp_path)}
    program = [*PROGRAM, sort, str(path), "1", str(count)]
    return path, begun, record(library, path.parent, tmp_path / "log", program, home)


@pytest.mark.slow
@pytest.mark.tool("gcc")
@pytest.mark.parametrize("sort", ["window", "stick", "cli"])
def test_a_power_cut_loses_nothing_that_was_called_saved(library: Path, tmp_path: Path, sort: str) -> None:
    count = 8 if sort == "cli" else 40
    path, begun, log = _recorded(library, tmp_path, sort, count)
    chance = random.Random(sort)
    points = [*sorted(chance.sample(range(len(log)), min(len(log), max(KILLS // 2, 10)))), len(log)]
    todo = figures(1, count)
    for point in points:
        said = b"".join(event.data for event in log[:point] if event.type == "A").decode().splitlines()
        saved = _saved(said)
        done = sum(line.startswith("saved") for line in said)
        for fate in ("nothing", "everything", "some", "some"):
            _check_cut(log, point, begun, fate, chance, path, tmp_path, saved, todo[done] if done < count else None)


def _check_cut(
    log: list[Event],
    point: int,
    begun: dict[str, bytes],
    fate: Fate,
    chance: random.Random,
    path: Path,
    tmp_path: Path,
    saved: dict[tuple[int, str], int],
    next_: tuple[int, str, int] | None,
) -> None:
    place = tmp_path / "after"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for name, content in cut(log, point, begun, fate, chance).items():
        if not name.endswith("-shm"):  # the index of the log is made anew after a power cut
            (place / Path(name).name).write_bytes(content)
    with open_store(place / path.name) as store:
        _holds(store, saved, next_)
        assert check.check(store) == [], (point, fate)


@pytest.mark.tool("gcc")
def test_a_typed_cell_costs_one_sync_and_at_most_five_pages(library: Path, tmp_path: Path) -> None:
    _, _, log = _recorded(library, tmp_path, "window", 60)
    cells: list[tuple[int, int]] = []
    syncs = written = 0
    for event in log:
        if event.type == "A":
            cells.append((syncs, written))
            syncs = written = 0
        elif event.type == "S":
            syncs += 1
        elif event.type == "W" and event.path.endswith("-wal"):
            written += len(event.data)
    warm = cells[2:]  # the first one makes the log itself
    pages = sorted(size // PAGE for _, size in warm)
    assert {count for count, _ in warm} == {1}
    assert (pages[0], pages[len(pages) // 2]) == (3, 3), "the value, the journal, the change"
    assert pages[len(pages) * 9 // 10] <= 5, (
        "a full page of the journal or of the changes: a new one, its node, the head"
    )
    assert sum(pages) <= 4 * len(pages), "a full page of the values is shared out with its neighbours: six or more"


@pytest.mark.tool("gcc")
def test_the_record_is_never_written_through_a_mapping(library: Path, tmp_path: Path) -> None:
    """What goes through mapped memory is not seen by the recorder and not ordered by a sync."""
    _, _, log = _recorded(library, tmp_path, "window", 3)
    assert {event.path[-4:] for event in log if event.type == "M"} <= {"-shm"}


@pytest.mark.tool("gcc")
def test_the_recorder_notices_a_program_that_does_not_sync(library: Path, tmp_path: Path) -> None:
    """Without syncs a power cut must be seen to lose figures, or the other claims prove nothing."""
    path, begun, log = _recorded(library, tmp_path, "window", 5)
    careless = [event for event in log if event.type != "S"]
    after = cut(careless, len(careless), begun, "nothing", random.Random(1))
    assert after[str(path)] == begun[str(path)]
