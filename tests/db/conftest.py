from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.db.making import KEY, furnish, new_store, open_store


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    return request.param


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "so-tram.sotramdb"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[bool, bool], Path]:
    """One bare and one furnished record of each sort; tests get copies, because making one costs fifty."""
    folder = tmp_path_factory.mktemp("records")
    found: dict[tuple[bool, bool], Path] = {}
    for encrypted in (False, True):
        for furnished in (False, True):
            file = found[encrypted, furnished] = folder / f"{encrypted}-{furnished}.sotramdb"
            with new_store(file, key=KEY if encrypted else None) as store:
                if furnished:
                    furnish(store)
    return found


@pytest.fixture
def store(path: Path, key: bytes | None, made: dict[tuple[bool, bool], Path]) -> Iterator[Store]:
    shutil.copyfile(made[key is not None, False], path)
    with open_store(path, key=key) as opened:
        # What a power cut leaves is asked in test_power; everywhere else waiting for the disk proves nothing.
        opened.connection.execute("PRAGMA synchronous = OFF").fetchall()
        yield opened


@pytest.fixture
def office(path: Path, key: bytes | None, made: dict[tuple[bool, bool], Path]) -> Iterator[Store]:
    shutil.copyfile(made[key is not None, True], path)
    with open_store(path, key=key) as opened:
        # What a power cut leaves is asked in test_power; everywhere else waiting for the disk proves nothing.
        opened.connection.execute("PRAGMA synchronous = OFF").fetchall()
        yield opened
