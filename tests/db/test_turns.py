"""Threads at one connection: home goes first, never into the middle of a transaction, and nothing is lost."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db import backup, check, driver, holder
from db.errors import Locked
from db.store import Store
from db.tables import settings
from db.turns import Turns
from desktop.system.drives import Drive
from desktop.system.i18n import render
from desktop.wording import say
from tests.db.making import amount, cell, clock, furnish, new_store, type_in


@pytest.fixture
def stick(path: Path, key: bytes | None) -> Iterator[Store]:
    furnish(new_store(path, key=key)).close()
    with Store.open(
        path, key=key, drive=Drive.REMOVABLE, now=clock, actor="Lan", memory=path.parent / "machine"
    ) as store:
        yield store


def turns_of(store: Store) -> Turns:
    assert store.turns is not None
    return store.turns


def leave_when_asked(store: Store) -> threading.Event:
    """Home without a window's loop: it is told here that somebody waits."""
    asked = threading.Event()
    turns_of(store).ask = asked.set
    return asked


def test_a_worker_waits_until_home_leaves(stick: Store) -> None:
    asked = leave_when_asked(stick)

    def work() -> int:
        with turns_of(stick).held():
            return stick.head()

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(work)
        assert asked.wait(10)
        assert not told.done()
        assert turns_of(stick).leave()
        assert told.result(10) == stick.head()


def test_home_does_not_leave_inside_a_change(stick: Store) -> None:
    with stick.change(say("Set"), source="window"):
        settings.put(stick, "a", 1)
        assert not turns_of(stick).leave()
    assert turns_of(stick).leave()


def test_home_comes_between_two_statements_of_a_worker_and_not_into_its_change(stick: Store) -> None:
    asked = leave_when_asked(stick)
    reading, inside, on, out = (threading.Event() for _ in range(4))
    seen = []

    def work() -> None:
        with turns_of(stick).held():
            stick.head()
            reading.set()
            while not on.wait(0.001):
                stick.head()
            with stick.change(say("Type a value"), source="import"):
                settings.put(stick, "worker", 1)
                inside.set()
                assert out.wait(10)
                seen.append(turns_of(stick).is_home_waiting)
                settings.put(stick, "worker", 2)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(work)
        assert asked.wait(10)
        turns_of(stick).leave()
        assert reading.wait(10)
        type_in(stick, cell(1, "births", 1))  # the worker is between two statements
        on.set()
        turns_of(stick).leave()
        assert inside.wait(10)
        threading.Timer(0.05, out.set).start()
        assert settings.get(stick, "worker") == 2  # waited for the end of the change
        done.result(10)
    assert seen == [True]
    assert amount(stick, 1, "births") == 10_000


def test_many_changes_of_several_threads_are_all_kept_and_chained(stick: Store) -> None:
    stick.connection.execute("PRAGMA synchronous = OFF").fetchall()
    asked = leave_when_asked(stick)

    def work(name: str) -> None:
        for number in range(20):
            with turns_of(stick).held():
                with stick.change(say("Set"), source="import"):
                    settings.put(stick, name, number)
                stick.head()

    with ThreadPoolExecutor(3) as pool:
        jobs = [pool.submit(work, name) for name in "abc"]
        for number in range(40):
            type_in(stick, cell(1, "births", number))
            if asked.is_set():
                asked.clear()
                turns_of(stick).leave()
        while not all(job.done() for job in jobs):
            asked.wait(0.01)
            turns_of(stick).leave()
        for job in jobs:
            job.result()
    assert [settings.get(stick, name) for name in "abc"] == [19] * 3
    assert amount(stick, 1, "births") == 390_000
    assert check.check(stick) == []


def test_home_writes_while_a_backup_is_copied(stick: Store, tmp_path: Path) -> None:
    asked = leave_when_asked(stick)
    copied: list[tuple[int, int]] = []
    begun = threading.Event()

    def step(done: int, total: int) -> None:
        copied.append((done, total))
        begun.set()

    def work() -> backup.Backup:
        with turns_of(stick).held():
            return backup.make(stick, tmp_path / "b", step=step)

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(work)
        assert asked.wait(10)
        turns_of(stick).leave()
        assert begun.wait(10)
        type_in(stick, cell(1, "births", 5))
        while not made.done():
            asked.wait(0.01)
            turns_of(stick).leave()
    assert made.result().verified
    assert backup.verify(made.result().file, key=stick.key) == []


def test_a_second_program_is_told_where_the_record_is_open(path: Path) -> None:
    furnish(new_store(path)).close()
    script = (
        "import sys; from pathlib import Path; from db.store import Store; from desktop.system.drives import Drive\n"
        f"s = Store.open(Path({str(path)!r}), actor='Lan', drive=Drive.NETWORK, memory=Path({str(path.parent)!r}))\n"
        "print('open', flush=True); sys.stdin.read(); s.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Locked) as refused:  # it only read so far, and holds the file all the same
            Store.open(path, drive=Drive.NETWORK, memory=path.parent / "machine")
        other.communicate()
    assert refused.value.code == "locked"
    assert refused.value.advice is not None
    told = render(refused.value.advice)
    assert "Lan" not in told  # no personal name in an error
    assert f" {socket.gethostname()} " in told
    with Store.open(path, drive=Drive.NETWORK, memory=path.parent / "machine") as store:
        assert store.head()
    assert sorted(file.name for file in path.parent.glob(path.name + "*")) == [path.name]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"computer": 1, "at": "x"}'])
def test_a_note_nobody_can_read_tells_nothing(path: Path, text: str) -> None:
    path.with_name(path.name + holder.ENDING).write_text(text, encoding="utf-8")
    assert holder.told(path) is None


def test_the_note_names_the_computer(path: Path) -> None:
    holder.note(path, clock().isoformat())
    told = holder.told(path)
    assert told is not None
    assert socket.gethostname() in render(told)


def test_a_record_that_cannot_be_written_is_still_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(new_store(path)).close()
    with Store.open(path, drive=Drive.REMOVABLE, memory=path.parent / "machine"):
        pass  # one file, without a log
    connection = driver.connect(f"file:{path}?mode=ro", drive=Drive.REMOVABLE, kind=driver.Connection)
    holder.seize(connection)
    assert connection.execute("SELECT count(*) FROM record").fetchone() == (1,)
    connection.close()


def test_home_writes_while_a_worker_reads_row_by_row(stick: Store) -> None:
    """Our triggers' functions need Python's lock under SQLite's: two threads inside at once would wait for ever."""
    stick.connection.execute("PRAGMA synchronous = OFF").fetchall()
    asked = leave_when_asked(stick)
    count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i FROM n"

    def work() -> int:
        total = 0
        with turns_of(stick).held():
            for (number,) in stick.connection.execute(count):
                total += number
                if number % 100 == 0:
                    stick.head()
        return total

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(work)
        figure = 0
        while not told.done():
            asked.wait(0.01)
            turns_of(stick).leave()
            figure += 1
            type_in(stick, cell(1, "births", figure))
            turns_of(stick).leave()
    assert told.result() == 3000 * 3001 // 2
    assert amount(stick, 1, "births") == figure * 10_000
