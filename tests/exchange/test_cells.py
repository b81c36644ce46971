"""Cells as offices write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.findings import Severity
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, State, Value, plain
from desktop.exchange.cell_readings import BLANK, Reading
from desktop.exchange.cells import read_number, read_text, read_yes_no
from desktop.exchange.grid import CellError, Uncomputed


def _said(reading: Reading) -> str | None:
    return None if reading.value is None else plain(reading.value) or str(reading.value.state)


def _severity(reading: Reading) -> str:
    return max((finding.severity.value for finding in reading.findings), default="")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" 1234 ", "1234"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("1 234", "1234"),
        ("1\u00a0234", "1234"),
        ("1\u2009234\u2009567", "1234567"),
        ("'0", "0"),
        (" 0 ", "0"),
        ("007", "7"),
        ("１２３", "123"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        (5122.0, "5122"),
        (5122, "5122"),
        (2.0000000000001, "2"),
        (-3.0, "-3"),
        ("5 trẻ", "5"),
        ("1.234 trẻ", "1234"),
    ],
)
def test_a_clear_count_is_read_without_a_word(typed: str | float, said: str) -> None:
    reading = read_number(typed, 0, unit="trẻ")
    assert _said(reading) == said
    assert not reading.findings


@pytest.mark.parametrize(
    ("typed", "said", "severity", "others"),
    [
        ("1,234", "1234", "warning", ["1.234"]),
        ("1,234,567", "1234567", "warning", []),
        ("12,5", "12.5", "error", ["125"]),
        ("1.23", "1.23", "error", ["123"]),
        ("12.5", "12.5", "error", ["125"]),
        ("0.123", "0.123", "error", ["123"]),
        ("1.234,5", "1234.5", "error", ["12345"]),
        (12.5, "12.5", "error", ["12500"]),
        (1.234, "1234", "warning", ["1.234"]),
        (1.1, "1.1", "error", ["1100"]),
        ("khoảng 30", "30", "warning", []),
        ("~30", "30", "warning", []),
        ("> 30", "30", "warning", []),
        ("30 cháu", "30", "warning", []),
        ("30 (ước)", "30", "warning", []),
        ("Không", "0", "warning", ["not_reported"]),
        ("không có", "0", "warning", ["not_reported"]),
        ("-", "not_reported", "warning", ["0", "not_applicable"]),
        (" – ", "not_reported", "warning", ["0", "not_applicable"]),
        ("N/A", "not_reported", "warning", ["0", "not_applicable"]),
    ],
)
def test_a_doubtful_count_is_read_with_all_its_readings(
    typed: str | float, said: str, severity: str, others: list[str]
) -> None:
    reading = read_number(typed, 0, unit="trẻ")
    assert _said(reading) == said
    assert _severity(reading) == severity
    assert [plain(other) or str(other.state) for other in reading.alternatives] == others


@pytest.mark.parametrize(
    "typed",
    ["abc", "30-40", "3/4", "12 34", "1.234.56", "5%", "x", "có", "1,2 triệu", "5 nghìn", "5²", "½", "12a3", "(5)", "1e5",
     True, CellError("#REF!"), Uncomputed("A1"), date(2024, 2, 1), datetime(2024, 2, 1, 3, tzinfo=UTC).replace(tzinfo=None), time(1, 2), float("nan"),
     1e300, "9" * 40],
)  # fmt: skip
def test_what_is_no_count_gives_nothing_and_an_error(typed: object) -> None:
    reading = read_number(typed, 0, unit="trẻ")  # type: ignore[arg-type]
    assert reading.value is None
    assert _severity(reading) == "error"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12,50", "12.5"),
        ("12", "12"),
        ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("12,3456", "12.3456"),
        (12.1, "12.1"),
        (0.1 + 0.2, "0.3"),
        ("12,5 %", "12.5"),
        ("-1,5", "-1.5"),
        ("1.234.567", "1234567"),
    ],
)
def test_a_clear_decimal_is_read_without_a_word(typed: str | float, said: str) -> None:
    reading = read_number(typed, 1, unit="%")
    assert _said(reading) == said
    assert not reading.findings


@pytest.mark.parametrize(
    ("typed", "said", "others"),
    [("1.234", "1234", ["1.234"]), ("1,234", "1.234", ["1234"]), ("1,234.5", "1234.5", ["12345"])],
)
def test_a_separator_before_three_digits_is_doubtful_in_a_decimal_field(
    typed: str, said: str, others: list[str]
) -> None:
    reading = read_number(typed, 1)
    assert _said(reading) == said
    assert [plain(other) for other in reading.alternatives] == others
    assert _severity(reading) == "warning"


def test_more_than_four_decimals_are_rounded_and_said() -> None:
    reading = read_number(100 / 3, 1)
    assert _said(reading) == "33.3333"
    assert [finding.rule for finding in reading.findings] == ["import.rounded"]


def test_a_percent_format_shows_a_hundred_times_the_number() -> None:
    assert _said(read_number(0.125, 1, unit="%", shown_as_percent=True)) == "12.5"
    assert read_number(0.125, 0, unit="trẻ", shown_as_percent=True).value is None


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0", "\n"])
def test_a_blank_says_nothing(typed: str) -> None:
    assert read_number(typed, 0) == read_yes_no(typed) == read_text(typed) == BLANK


@pytest.mark.parametrize(
    "typed", ["chưa báo cáo", "Chưa báo cáo.", "CBC", "…", "...", "(chưa có số liệu)", "chưa có số liệu", "?"]
)
def test_words_for_not_reported_are_that_state_without_a_doubt(typed: str) -> None:
    for reading in (read_number(typed, 0), read_number(typed, 1), read_yes_no(typed), read_text(typed)):
        assert reading == Reading(NOT_REPORTED)


@pytest.mark.parametrize("typed", ["không áp dụng", "Không áp dụng", "KAD", "k/a"])
def test_words_for_not_applicable_are_that_state(typed: str) -> None:
    assert read_number(typed, 0) == read_yes_no(typed) == Reading(NOT_APPLICABLE)


@pytest.mark.parametrize("typed", ["x", "X", "có", "Có", "✓", "1", 1, 1.0, True, "đạt", "×", "[x]"])
def test_a_yes_is_read(typed: str | float) -> None:
    assert read_yes_no(typed) == Reading(YES)


@pytest.mark.parametrize("typed", ["không", "Không", "KHÔNG", "ko", "0", 0, 0.0, False, "chưa", "không có"])
def test_a_no_is_read(typed: str | float) -> None:
    assert read_yes_no(typed) == Reading(NO)


def test_a_doubtful_yes_or_no_is_said() -> None:
    reading = read_yes_no("có (từ tháng 6)")
    assert reading.value == YES
    assert _severity(reading) == "warning"
    assert read_yes_no("-").value == NOT_REPORTED
    for typed in ("abc", 2, 0.5, CellError("#N/A"), date(2024, 1, 1)):
        assert read_yes_no(typed).value is None
        assert _severity(read_yes_no(typed)) == "error"


def test_a_text_is_kept_as_written() -> None:
    assert read_text("  Trạm  đang sửa ") == Reading(Value(State.TEXT, text="Trạm đang sửa"))
    assert read_text(12.5) == Reading(Value(State.TEXT, text="12,5"))


def test_every_finding_says_what_was_typed_and_what_was_chosen() -> None:
    (finding,) = read_number("1,234", 0).findings
    assert finding.severity is Severity.WARNING
    assert str(finding.message) == "“1,234” can mean 1234 or 1.234; it was read as 1234."
    assert finding.advice is not None


def _dotted(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


@given(st.integers(0, 10**12), st.sampled_from(["", " ", "\u00a0"]))
def test_a_count_written_the_vietnamese_way_comes_back(whole: int, space: str) -> None:
    for typed in (_dotted(whole), f"{whole:,}".replace(",", " "), str(whole)):
        reading = read_number(space + typed + space, 0)
        assert _said(reading) == str(whole)
        assert not reading.findings


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_decimal_written_the_vietnamese_way_comes_back(whole: int, part: int) -> None:
    exact = Decimal(whole) + Decimal(part) / 100
    reading = read_number(f"{_dotted(whole)},{part:02d}", 1)
    assert reading.value is not None
    assert reading.value.number == Fraction(exact)
    assert not reading.findings


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_stored_number_is_exact(exact: Decimal) -> None:
    reading = read_number(float(exact), 1)
    assert reading.value is not None
    assert reading.value.number == Fraction(exact)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.text("0123456789.,-x% ")))
def test_any_cell_is_read_or_refused_but_never_a_fault(raw: object) -> None:
    for reading in (read_number(raw, 0), read_number(raw, 1, unit="%"), read_yes_no(raw), read_text(raw)):  # type: ignore[arg-type]
        if reading.value is None and reading != BLANK:
            assert any(finding.severity is Severity.ERROR for finding in reading.findings)
        if reading.alternatives:
            assert reading.findings
            assert reading.value not in reading.alternatives


def test_zero_is_zero() -> None:
    assert read_number("0", 0).value == read_number(0.0, 0).value == read_number("0,0", 1).value == ZERO


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2.78O", "2780"),
        ("2O5", "205"),
        ("1.2oo", "1200"),
        ("l.234", "1234"),
        ("I23", "123"),
        ("O5", "5"),
        ("-1O", "-10"),
    ],
)
def test_a_letter_typed_for_a_digit_is_read_as_meant_and_never_silently(typed, said):
    reading = read_number(typed, 0)
    assert _said(reading) == said
    assert [finding.rule for finding in reading.findings] == ["import.letters"]
    assert NOT_REPORTED in reading.alternatives


@pytest.mark.parametrize("typed", ["O", "lO", "10l", "5 l", "abc", "B12", "2O.7.8"])
def test_letters_that_may_be_words_are_no_digits(typed):
    assert "import.letters" not in [finding.rule for finding in read_number(typed, 0).findings]


def test_a_letter_in_a_figure_that_would_be_a_fraction_says_both():
    reading = read_number("2.7O", 0)
    assert {finding.rule for finding in reading.findings} == {"import.letters", "import.fraction"}
