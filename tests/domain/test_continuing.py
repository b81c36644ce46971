"""Lines of elements that continue each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.continuing import Lines
from desktop.domain.elements import Behaviour, Element, Status, ValueType


def _elements(continues: dict[str, str | None]) -> dict[str, Element]:
    return {
        code: Element(
            code, code, "", "", "", ValueType.COUNT, Behaviour.FLOW, "commune", "", Status.OFFICE, continues=old
        )
        for code, old in continues.items()
    }


LINES = Lines.of(_elements({"a": None, "b": "a", "c": "b", "alone": None, "lost": "nobody"}))


def test_the_nearest_of_a_line_answers_older_ones_first():
    assert LINES.others == {"a": ("b", "c"), "b": ("a", "c"), "c": ("b", "a")}
    assert LINES.carried({"a": 1, "c": 3}) == {"a": 1, "b": 1, "c": 3}


def test_what_stands_alone_is_left_alone():
    assert LINES.carried({"alone": 5}) == {"alone": 5}
    assert LINES.widened(["c", "alone"]) == {"a", "b", "c", "alone"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdef")))
def test_whatever_the_file_says_a_line_ends_and_speaks_of_others_only(continues):
    """Circles and elements continued twice are refused at the installation; reading never hangs on them."""
    lines = Lines.of(_elements(continues))
    for code, others in lines.others.items():
        assert code not in others


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "alone"]), st.integers()))
def test_own_figures_stay_and_carrying_twice_is_carrying_once(cells):
    once = LINES.carried(cells)
    assert cells.items() <= once.items()
    assert LINES.carried(once) == once
