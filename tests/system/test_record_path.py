"""Window and command line open the same record."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.system import paths
from desktop.system.settings import Settings, record_path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTRAM_HOME", str(tmp_path))
    monkeypatch.delenv("SOTRAM_RECORD", raising=False)


def test_nothing_chosen_means_the_record_at_home() -> None:
    assert record_path(Settings()) == paths.default_record()


def test_a_chosen_record_counts_while_it_is_there(tmp_path: Path) -> None:
    chosen = tmp_path / "Sổ huyện.sotramdb"
    assert record_path(Settings(record=str(chosen))) == paths.default_record()
    chosen.touch()
    assert record_path(Settings(record=str(chosen))) == chosen


def test_the_environment_names_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTRAM_RECORD", str(tmp_path / "x.sotramdb"))
    assert record_path(Settings(record=str(tmp_path))) == tmp_path / "x.sotramdb"
