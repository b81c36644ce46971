"""Which steps a form can take: of our own form by its state, of another office's only a word about it."""

import pytest

from desktop.application import entry
from desktop.application.steps import STEPS, allowed
from desktop.domain.periods import Period


@pytest.mark.parametrize("state", ["not_started", "in_entry", "returned", "complete", "checked", "locked"])
def test_our_form_always_has_a_next_step_and_another_office_s_is_never_moved(state):
    assert allowed(state, is_ours=True)
    assert allowed(state, is_ours=True) <= set(STEPS)
    assert allowed(state, is_ours=False) <= {"check", "return"}


def test_what_another_office_has_locked_can_still_be_returned():
    assert allowed("locked", is_ours=False) == {"check", "return"}
    assert allowed("locked", is_ours=False, is_checked=True) == {"return"}
    assert allowed("in_entry", is_ours=False) == set()


def test_a_matrix_says_whose_each_form_is(filled):
    assert all(row.is_ours for row in entry.matrix(filled, form="commune", period=Period.of_year(2024)).rows)
