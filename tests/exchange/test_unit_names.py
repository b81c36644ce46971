"""Names of communes as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.unit_names import KnownUnit, Sureness, UnitNames

UNITS = [
    KnownUnit("04456", "Thị trấn Mù Cang Chải"),
    KnownUnit("04459", "Xã Hồ Bốn"),
    KnownUnit("04462", "Xã Nậm Có"),
    KnownUnit("04480", "Xã Cao Phạ", ("Xã Cao Pha mới",)),
    KnownUnit("00001", "Phường Phúc Xá"),
    KnownUnit("00004", "Phường 1"),
    KnownUnit("uid:x", "Xã Hòa An"),
]
NAMES = UnitNames(UNITS)


@pytest.mark.parametrize("name", [unit.name for unit in UNITS])
def test_a_name_means_its_unit(name: str) -> None:
    for written in (name, name.upper(), f"  {name} ", f"1. {name}", f"{name} (*)", f"{name}."):
        found = NAMES.by_name(written)
        assert found.sureness is Sureness.SURE
        assert found.unit is not None
        assert found.unit.name == name


@pytest.mark.parametrize(
    ("written", "code", "sureness"),
    [
        ("TT Mù Cang Chải", "04456", "sure"),
        ("T.Trấn Mù Cang Chải", "04456", "sure"),
        ("Mu Cang Chai", "04456", "sure"),
        ("Mù Căng Chải", "04456", "other_marks"),
        ("Xã Mù Cang Chải", "04456", "doubtful"),
        ("X. Hồ Bốn", "04459", "sure"),
        ("TYT xã Hồ Bốn", "04459", "sure"),
        ("Hồ Bổn", "04459", "other_marks"),
        ("Nậm Cóo", "04462", "doubtful"),
        ("Xã Cao Pha mới", "04480", "sure"),
        ("P. Phúc Xá", "00001", "sure"),
        ("P.1", "00004", "sure"),
        ("Hoà An", "uid:x", "sure"),
        ("04459 Hồ Bốn", "04459", "sure"),
        ("Huyện Mù Cang Chải", None, "unknown"),
        ("Xã Tú Lệ", None, "unknown"),
        ("Phường 2", None, "unknown"),
        ("Tổng cộng", None, "unknown"),
        ("1", None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_a_written_name_is_found(written: str, code: str | None, sureness: str) -> None:
    found = NAMES.by_name(written)
    assert (found.unit.code if found.unit else None, found.sureness.value) == (code, sureness)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("04456", "04456"),
        (4456, "04456"),
        (4456.0, "04456"),
        ("'04456", "04456"),
        (1, "00001"),
        ("137", None),
        ("Xã", None),
        (1.5, None),
    ],
)
def test_codes_are_found_with_their_zeros(raw: object, code: str | None) -> None:
    found = NAMES.by_code(raw)
    assert (found.code if found else None) == code


@given(st.text(max_size=30))
def test_any_text_can_be_asked(text: str) -> None:
    NAMES.by_name(text)
    NAMES.by_code(text)
