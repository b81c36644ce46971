"""Figures one office keeps as history of a unit another office reports: whose they are is known wherever they go."""

from __future__ import annotations

import pytest

from db.tables import submissions
from desktop.application import board, values
from desktop.application import submissions as forms
from desktop.application.history_units import keep_history, kept_as_history
from desktop.application.packages.desk import open_conflicts
from tests.application.packages.making import TODAY, YEAR, exchange

THEIRS = "commune-2"


@pytest.fixture
def three(pcs):
    """An office that keeps the other's commune as history, the office of that commune, and the one above both."""
    keeper, holder, above = pcs("04001", "04002", "137")
    keep_history(keeper.record, unit="04002", day=YEAR.last, basis="NQ 1")
    keeper.write(2, "births", 40)
    keeper.write(2, "deaths", 3)
    for element, figure in (("births", 44), ("deaths", 3), ("insured", 10)):
        holder.write(2, element, figure)
    return keeper, holder, above


def whose(pc):
    return [begun.holder for begun in submissions.of(pc.record, units=[THEIRS])]


@pytest.mark.parametrize("keeper_first", [True, False])
@pytest.mark.parametrize("is_complete", [True, False])
def test_the_figure_of_the_units_own_office_stands_and_the_other_is_kept_beside_it(
    three, stick, keeper_first, is_complete
):
    keeper, holder, above = three
    if is_complete:
        forms.complete(holder.record, unit="04002", form="commune", period=YEAR, reason="")
    first, second = (keeper, holder) if keeper_first else (holder, keeper)
    exchange(first, above, stick)
    taken = exchange(second, above, stick)
    [told] = taken.conflicts
    assert "handed_over" not in {finding.rule for finding in taken.findings}
    assert (told.element, told.holder["amount"], told.other["amount"]) == ("births", "44", "40")
    assert (above.read(2, "births"), above.read(2, "insured"), whose(above)) == (44, 10, ["office-04002"])
    for pc in (keeper, holder):
        exchange(above, pc, stick)
        [one] = open_conflicts(pc.record)
        assert (pc.read(2, "births"), whose(pc)) == (44, ["office-04002"])
        assert (one.stands["amount"], one.other["amount"]) == ("44", "40")


def test_what_is_only_kept_as_history_is_in_no_total_of_the_office_above(three, stick):
    keeper, _holder, above = three
    exchange(keeper, above, stick)
    assert (above.read(2, "births"), whose(above)) == (40, ["office-04001"])
    shown = board.board(above.record, year=2025, today=TODAY)
    assert [row.cells[0].keeper for row in shown.rows if row.cells[0]] == ["", "Trạm Y tế xã Âu Lâu", ""]
    [row] = values.value_rows(above.record, period=YEAR, element="births", unit="137")
    assert (row.value.amount, row.reported, row.expected) == (None, 0, 3)
    [row] = values.value_rows(keeper.record, period=YEAR, element="births", unit="04002")
    assert row.value.amount == 400_000


def test_a_unit_kept_as_history_by_one_office_is_kept_by_no_other(three, stick):
    keeper, holder, above = three
    exchange(keeper, above, stick)
    exchange(above, holder, stick)
    assert [len(kept_as_history(pc.record)) for pc in three] == [1, 0, 0]
