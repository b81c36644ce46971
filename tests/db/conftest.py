from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.db.making import KEY, furnish, new_store


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    return request.param


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "so-tram.sotramdb"


@pytest.fixture
def store(path: Path, key: bytes | None) -> Iterator[Store]:
    with new_store(path, key=key) as made:
        yield made


@pytest.fixture
def office(store: Store) -> Store:
    return furnish(store)
