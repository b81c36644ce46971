"""File names of packages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.package import manifest, names
from desktop.exchange.package.manifest import Kind
from desktop.exchange.package.receipt import Receipt, Result
from tests.exchange.package import office


def test_a_package_is_named_by_who_to_whom_number_and_day():
    plan = office.about(stream=manifest.Stream(office.NODE, 14, None))
    assert names.package_name(plan) == "137-15-000014-20261121.sotram"
    assert names.package_name(plan, sealed=False) == "137-15-000014-20261121.sotram.zip"


def test_a_receipt_ends_in_r():
    answer = Receipt("f" * 64, Result.ACCEPTED, None, {})
    plan = office.about("15", "137", kind=Kind.RECEIPT, receipt=answer)
    assert names.package_name(plan) == "15-137-000001-20261121-R.sotram"


@pytest.mark.parametrize(
    ("code", "plain"),
    [("137", "137"), ("TTYT-KV1", "TTYT_KV1"), ("Đồng Nai/2", "Dong_Nai_2"), ("..", "0"), ("khu vực", "khu_vuc")],
)
def test_a_code_becomes_a_safe_part_of_a_name(code, plain):
    assert names.plain_code(code) == plain


@given(st.text())
def test_any_code_is_safe(code):
    plain = names.plain_code(code)
    assert plain.isascii()
    assert plain.replace("_", "a").isalnum()
    assert len(plain) <= names.LONGEST_CODE


def test_a_name_that_is_taken_gets_a_number_blind_to_case():
    name = "137-15-000001-20261121.sotram"
    assert names.free_name(name, []) == name
    assert names.free_name(name, [name.upper()]) == "137-15-000001-20261121-2.sotram"
    assert names.free_name(name, [name, "137-15-000001-20261121-2.SOTRAM"]) == "137-15-000001-20261121-3.sotram"
    assert names.free_name(name, [f"{name}.part"]) == "137-15-000001-20261121-2.sotram"
    receipt = "15-137-000001-20261121-R.sotram"
    assert names.free_name(receipt, [receipt]) == "15-137-000001-20261121-2-R.sotram"
    assert names.free_name(f"{name}.zip", [f"{name}.zip"]) == "137-15-000001-20261121-2.sotram.zip"


@pytest.mark.parametrize(
    ("name", "package", "receipt"),
    [
        ("137-15-000001-20261121.sotram", True, False),
        ("137-15-000001-20261121-R.SOTRAM", True, True),
        ("15-137-000001-20261121-2-R.sotram", True, True),
        ("137-15-000001-20261121.sotram.zip", True, False),
        ("137-15-000001-20261121.sotram.part", False, False),
        ("so-tram.sotramdb", False, False),
    ],
)
def test_packages_and_receipts_are_known_by_their_names(name, package, receipt):
    assert names.is_package_name(name) == package
    assert package is False or names.is_receipt_name(name) == receipt
