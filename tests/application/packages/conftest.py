"""Four small offices that know each other's keys, made once and copied for every history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.application.packages.making import Pc, copies, make_offices


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_offices(tmp_path_factory.mktemp("offices"))


@pytest.fixture
def pcs(template: Path, tmp_path: Path) -> Iterator[Callable[..., list[Pc]]]:
    """Computers of the offices with these codes, each with its record; closed after the test."""
    made: list[Pc] = []

    def chosen(*codes: str) -> list[Pc]:
        found = copies(template, tmp_path / "pcs", codes)
        made.extend(found)
        return found

    yield chosen
    for pc in made:
        pc.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "USB của trạm"
