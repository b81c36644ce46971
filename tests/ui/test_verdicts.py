"""Figures beside their targets: what is printed never contradicts the verdict."""

from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.application.plans import TargetStatus
from desktop.domain.elements import Direction, Indicator
from desktop.domain.plans import Comparator, Target
from desktop.domain.plans.status import Figure, Judgement, Status
from desktop.ui import verdicts
from desktop.ui.style.signs import Sign

COVERAGE = Indicator("insurance_coverage", "", "", "%", Direction.HIGHER, "insured", "population", 100, 1, ("office",))
WANTED = Target("insurance_coverage", 2025, Comparator.AT_LEAST, Decimal(95), "%", "", "II", "")


@pytest.mark.parametrize(
    ("value", "shown"), [("94.94", "94,9%"), ("94.96", "94,96%"), ("94.996", "94,996%"), ("95", "95,0%")]
)
def test_a_figure_that_misses_its_target_does_not_look_like_it(styled, value, shown):
    status = Status.MET if value == "95" else Status.MISSED
    row = TargetStatus(WANTED, COVERAGE, Figure(Fraction(value)), Judgement(status), None)
    assert verdicts.figure(row) == shown


@pytest.mark.parametrize(("top", "is_over"), [(9990, False), (10000, False), (10280, True)])
def test_a_share_of_more_than_its_whole_is_never_shown_as_simply_met(styled, top, is_over):
    figure = Figure(Fraction(top, 100), Fraction(top), Fraction(10000), 14, 14)
    row = TargetStatus(WANTED, COVERAGE, figure, Judgement(Status.MET), None)
    assert verdicts.said(row) == ("Đạt, trên 100%: xem lại" if is_over else "Đạt")
    assert verdicts.sign(row) is (Sign.WARNING if is_over else Sign.CHECKED)
    assert ("10.280/10.000" in verdicts.over_whole(row)) is is_over
