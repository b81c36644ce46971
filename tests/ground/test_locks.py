"""The locks pin every wheel by hash, name no registry, and serve Windows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-win.lock")
REQUIREMENT = re.compile(r"^([a-z0-9.-]+)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    found = (REQUIREMENT.match(line) for line in read(name).splitlines())
    return {(match[1], match[2]) for match in found if match}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_only_pins_and_hashes(name):
    for line in read(name).splitlines():
        assert REQUIREMENT.match(line) or re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.in", "requirements-dev.in"])
def test_no_address_leads_to_a_registry(name):
    assert "://" not in read(name)
    assert "index-url" not in read(name)


def test_the_three_locks_agree():
    shipped, whole, windows = (pins(name) for name in LOCKS)
    assert shipped <= whole
    assert windows <= whole
    assert {name for name, _ in shipped} <= {name for name, _ in windows}


def test_every_wish_is_locked():
    for source, lock in (("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])):
        wishes = re.findall(r"^([A-Za-z][\w-]*)", read(source), re.MULTILINE)
        assert {wish.lower().replace("_", "-") for wish in wishes} <= {name for name, _ in pins(lock)}
