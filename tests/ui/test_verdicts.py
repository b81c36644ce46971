"""Figures beside their targets: what is printed never contradicts the verdict."""

from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.application.plans import TargetStatus
from desktop.domain.elements import Direction, Indicator
from desktop.domain.plans import Comparator, Target
from desktop.domain.plans.status import Figure, Judgement, Status
from desktop.ui import verdicts

COVERAGE = Indicator("insurance_coverage", "", "", "%", Direction.HIGHER, "insured", "population", 100, 1, ("office",))
WANTED = Target("insurance_coverage", 2025, Comparator.AT_LEAST, Decimal(95), "%", "", "II", "")


@pytest.mark.parametrize(
    ("value", "shown"), [("94.94", "94,9%"), ("94.96", "94,96%"), ("94.996", "94,996%"), ("95", "95,0%")]
)
def test_a_figure_that_misses_its_target_does_not_look_like_it(styled, value, shown):
    status = Status.MET if value == "95" else Status.MISSED
    row = TargetStatus(WANTED, COVERAGE, Figure(Fraction(value)), Judgement(status), None)
    assert verdicts.figure(row) == shown
