"""The log of a fault says where it happened and names nobody."""

from __future__ import annotations

from desktop.domain.periods import Period
from desktop.system.fault_log import lines_of


def fault() -> Exception:
    try:
        try:
            Period.parse("Nguyễn Thị Hoa")
        except ValueError as first:
            raise KeyError("sổ của chị Hoa") from first
    except KeyError as second:
        return second
    raise AssertionError


def test_kinds_and_places_are_told_the_cause_first() -> None:
    told = lines_of(fault())
    kinds = [line for line in told if not line.startswith(" ")]
    assert set(kinds[:-1]) == {"desktop.domain.periods.BadPeriod"}
    assert kinds[-1] == "builtins.KeyError"
    assert any(line.startswith("  desktop/domain/periods.py:") and line.endswith(" parse") for line in told)


def test_neither_values_nor_folders_are_told() -> None:
    told = "\n".join(lines_of(fault()))
    assert "Hoa" not in told
    assert not any(line.startswith(("  /", "  C:")) for line in told.splitlines())
