"""Typing: every cell is a change, states stay apart, closed forms are not written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.application import checks, entry, history, shipped, submissions, values
from desktop.application.offices import communes_of
from desktop.application.typed_text import AskReading, read_typed
from desktop.domain.findings import Severity
from desktop.domain.periods import Period
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, State, Value, number, plain
from desktop.errors import AppError, UsageError
from desktop.wording import Sentence

P = Period.parse("2024")
ELEMENTS = shipped.catalogue().elements


def commune(record, place=0):
    return communes_of(record, on=P.last)[place]


def type_in(record, element, value, place=0):
    return entry.type_value(record, unit=commune(record, place).uid, period=P, element=element, value=value)


def test_a_typed_value_is_kept_and_its_form_is_in_entry(district):
    assert type_in(district, "population", number(5945)).changed
    assert not type_in(district, "population", number(5945)).changed
    row = entry.matrix(district, form="commune", period=P).rows[0]
    assert (row.state, row.cells[0].figure.value) == ("in_entry", number(5945))


def test_totals_say_how_many_reported(district):
    type_in(district, "doctors", number(2), 0)
    type_in(district, "doctors", NOT_APPLICABLE, 1)
    type_in(district, "doctors", NOT_REPORTED, 2)
    matrix = entry.matrix(district, form="commune", period=P)
    found = matrix.totals[[column.element.code for column in matrix.columns].index("doctors")]
    assert (found.value, found.reported, found.expected) == (number(2), 1, 13)


def test_last_year_stands_beside_this_year(filled):
    matrix = entry.matrix(filled, form="commune", period=P)
    assert matrix.rows[0].cells[0].last_year == number(5820)
    assert matrix.totals_before[0].reported == 14


def test_findings_stand_at_their_cells(filled):
    matrix = entry.matrix(filled, form="commune", period=P)
    codes = [column.element.code for column in matrix.columns]
    row = next(row for row in matrix.rows if row.commune.code == "04486")
    assert row.cells[codes.index("stunted")].worst is Severity.ERROR
    assert row.count(Severity.ERROR) == 2


def test_a_paste_is_one_change_and_one_undo(district):
    cells = [entry.Typed(commune(district, place).uid, "doctors", number(place)) for place in range(5)]
    entry.type_block(district, cells=cells, period=P)
    history.undo(district, source="window")
    assert all(row.value == NOT_REPORTED for row in values.value_rows(district, period=P, element="doctors"))
    history.redo(district, source="window")
    assert len([row for row in values.value_rows(district, period=P) if row.value.is_reported]) == 5


def test_a_checked_form_refuses_and_says_who_may_open_it(filled):
    told = {"unit": commune(filled).code, "form": "commune", "period": P}
    submissions.complete(filled, **told)
    type_in(filled, "doctors", number(3))
    assert entry.matrix(filled, form="commune", period=P).rows[0].state == "in_entry"
    submissions.complete(filled, **told)
    submissions.check(filled, **told)
    with pytest.raises(AppError) as refused:
        type_in(filled, "doctors", number(4))
    assert refused.value.code == "form_checked"
    submissions.lock(filled, **told)
    with pytest.raises(AppError) as refused:
        type_in(filled, "doctors", number(4))
    assert refused.value.code == "form_locked"
    submissions.reopen(filled, **told, reason="trạm gửi lại")
    assert type_in(filled, "doctors", number(4)).changed


@pytest.mark.parametrize(
    ("text", "element", "value"),
    [
        ("1.234", "population", number(1234)),
        ("1234", "population", number(1234)),
        ("12.345.678", "population", number(12345678)),
        ("0", "doctors", ZERO),
        ("", "doctors", NOT_REPORTED),
        ("chưa báo cáo", "doctors", NOT_REPORTED),
        ("x", "ncd_managed", YES),
        ("Không", "ncd_managed", NO),
        ("không áp dụng", "doctors", NOT_APPLICABLE),
        ("74,5", "life_expectancy", number(Decimal("74.5"))),
        ("74.5", "life_expectancy", number(Decimal("74.5"))),
    ],
)
def test_what_people_type_is_read(text, element, value):
    assert read_typed(text, ELEMENTS[element]) == value


def test_a_lone_dash_asks_which_of_three_it_means():
    asked = read_typed("-", ELEMENTS["doctors"])
    assert isinstance(asked, AskReading)
    assert asked.readings == (ZERO, NOT_APPLICABLE, NOT_REPORTED)


@pytest.mark.parametrize("text", ["12,5", "1.23", "abc", "1,234", "12 tỷ", "9" * 20])
def test_what_is_not_a_count_is_refused_in_words(text):
    assert isinstance(read_typed(text, ELEMENTS["population"]), Sentence)


@given(st.integers(-(10**12), 10**12))
def test_every_count_reads_back_from_vietnamese_writing(value):
    assert read_typed(f"{value:,}".replace(",", "."), ELEMENTS["population"]) == number(value)


@given(st.text(max_size=30))
def test_reading_never_fails(text):
    for element in ("population", "ncd_managed", "life_expectancy"):
        read = read_typed(text, ELEMENTS[element])
        assert isinstance(read, Value | Sentence | AskReading)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_plain_notation_reads_back(value):
    read = values.plain_value(str(value), ELEMENTS["life_expectancy"])
    assert Decimal(plain(read) or "x") == value


@pytest.mark.parametrize("text", ["1.234,5", "nan", "Infinity", "1_000", "١٢", "yes", "0.00001", " "])
def test_plain_notation_takes_nothing_else(text):
    with pytest.raises(UsageError):
        values.plain_value(text, ELEMENTS["population"])


def test_a_kept_finding_asks_again_when_its_figure_changes(filled):
    found = [f for f in checks.findings(filled, period=P, unit="04486") if f.rule == "stunted_within_measured"]
    checks.keep(filled, ids=[f.id for f in found], period=P, reason="trạm cân thêm trẻ vãng lai")
    kept = [f for f in checks.findings(filled, period=P, unit="04486") if f.rule == "stunted_within_measured"]
    assert all(f.kept and f.kept.reason == "trạm cân thêm trẻ vãng lai" for f in kept)
    uid = next(c.uid for c in communes_of(filled, on=P.last) if c.code == "04486")
    entry.type_value(filled, unit=uid, period=P, element="stunted", value=number(289))
    again = [f for f in checks.findings(filled, period=P, unit="04486") if f.element == "stunted"]
    assert all(f.kept is None for f in again if f.rule == "stunted_within_measured")


def test_figures_of_a_plan_are_typed_for_the_office(district):
    values.set_value(district, unit="137", period=P, element="life_expectancy", text="74.2")
    (row,) = values.value_rows(district, period=P, unit="137")
    assert (row.unit, row.element, plain(row.value)) == ("137", "life_expectancy", "74.2")
    with pytest.raises(AppError) as refused:
        values.set_value(district, unit="137", period=P, element="population", text="5")
    assert refused.value.code == "communes_report"


def test_states_stay_apart_through_the_record(district):
    for place, text in enumerate(["0", "na", "", "12"]):
        values.set_value(district, unit=commune(district, place).code, period=P, element="doctors", text=text)
    found = [row.value.state for row in values.value_rows(district, period=P, element="doctors")]
    assert found == [State.ZERO, State.NOT_APPLICABLE, State.NOT_REPORTED, State.NUMBER]


def test_a_letter_among_digits_is_refused_with_the_figure_that_must_be_meant(filled):
    element = entry.element_of(filled, "population")
    told = read_typed("2.78O", element)
    assert dict(told.values) == {"text": "2.78O", "meant": "2.780"}
    assert "meant" not in dict(read_typed("12a", element).values)
