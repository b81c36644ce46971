"""The growth standards at work: z-scores of children, curves for the charts; the tables are read when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from desktop.system.paths import resource

if TYPE_CHECKING:
    # numpy takes a tenth of a second: it is loaded with the first child, not with the window.
    from desktop.domain.growth.curves import Curve
    from desktop.domain.growth.prevalence import Prevalence
    from desktop.domain.growth.scores import Index, Measurement, Scores, Sex
    from desktop.domain.growth.standards import Standards


@cache
def standards() -> Standards:
    """WHO's tables as shipped; a fault in them is a fault of the program."""
    from desktop.exchange.growth_tables import read_standards

    return read_standards(lambda name: resource("growth", name).read_text(encoding="utf-8"))


def scores(rows: Iterable[Measurement]) -> list[Scores]:
    """The figures of each measurement, in the same order."""
    from desktop.domain.growth.one_by_one import scores_of

    return scores_of(standards(), list(rows))


def rates(rows: Sequence[Measurement], by: Mapping[str, Sequence[str]] | None = None) -> Prevalence:
    """Prevalence with limits of children measured once each: by age, sex, both, and the values of columns.

    `by` gives each column one value a row, an empty one for no group. All children count alike and were not drawn in
    clusters: that is a routine weighing; the design of a survey is `application/growth_surveys`.
    """
    from desktop.domain.growth.columns import Columns
    from desktop.domain.growth.groupings import by_values, usual
    from desktop.domain.growth.prevalence import prevalence
    from desktop.domain.growth.zscores import zscores

    columns = Columns.of_measurements(rows)
    groupings = usual(columns) + [by_values(name, values) for name, values in (by or {}).items()]
    return prevalence(columns, zscores(standards(), columns), groupings)


def curve(index: Index, sex: Sex, sd: int, *, lying: bool | None = None) -> Curve:
    """The line of a whole SD (-3 to 3) for a chart; `lying` chooses the table of weight-for-length."""
    from desktop.domain.growth.curves import curve_of

    return curve_of(standards(), index, sex, sd, lying=lying)
