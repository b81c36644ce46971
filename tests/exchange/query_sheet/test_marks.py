"""What the hidden cells of our own sheets say comes back as it was said."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, State, Value, number
from desktop.exchange.grid import Sheet
from desktop.exchange.identity import Identity, Purpose, column_mark, marked, row_mark
from desktop.exchange.query_sheet.marks import Mark

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
CODES = st.from_regex(r"[a-z_0-9]{1,12}", fullmatch=True)
VALUES = (
    st.sampled_from([YES, NO, NOT_APPLICABLE, NOT_REPORTED])
    | st.integers(-(10**12), 10**12).map(number)
    | st.decimals(-1000, 1000, places=4).map(number)
    | WORDS.map(lambda text: Value(State.TEXT, text=text))
)


@given(CODES, st.lists(CODES, max_size=3), VALUES)
def test_a_mark_comes_back(element, rules, value):
    mark = Mark(element, tuple(rules), value)
    assert Mark.of(mark.text()) == mark


@given(st.text(max_size=40))
def test_any_other_text_is_no_mark_or_a_whole_one(text):
    mark = Mark.of(text)
    assert mark is None or Mark.of(mark.text()) == mark


@given(st.sampled_from(Purpose), st.lists(WORDS, min_size=8, max_size=8))
def test_an_identity_comes_back(purpose, words):
    identity = Identity(purpose, *words)
    assert Identity.of(identity.text()) == identity


@given(st.text(max_size=60))
def test_any_other_text_is_no_identity(text):
    assert Identity.of(text) is None
    assert Identity.of(f"sotram:{text}") is None


def test_marks_are_found_wherever_they_were_moved():
    identity = Identity(Purpose.TEMPLATE, "o", "u", "04459", "form", "1", "2024", "actual", "2025-01-02")
    rows = [[""], ["", "", identity.text()], ["", column_mark("entry"), "x"], [row_mark("people"), "5"]]
    found = marked(Sheet("a", rows))
    assert found is not None
    assert (found.identity, found.rows, dict(found.columns)) == (identity, ((4, "people"),), {"entry": 2})
    assert marked(Sheet("a", rows[2:])) is None


def test_a_number_too_long_for_a_cell_is_kept_exactly():
    value = number(Decimal("123456789012345.6789"))
    assert Mark.of(Mark("e", (), value).text()) == Mark("e", (), value)
