"""Surveys as files: z-scores of every child, prevalence by groups, how far the measurements can be believed.

They need no record. Rows that cannot be read are told as findings (the first of them) and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.application.growth import standards
from desktop.domain.findings import Finding, Severity
from desktop.errors import AppError
from desktop.wording import say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from desktop.domain.growth.columns import Columns
    from desktop.domain.growth.plausibility import Plausibility
    from desktop.domain.growth.prevalence import Prevalence
    from desktop.domain.growth.zscores import ZScores
    from desktop.exchange.growth_files import ChildrenFile
    from desktop.exchange.growth_rows import Piece

Tell = Callable[[int], object]
SHOWN: Final = 100  # findings of unreadable rows that are told one by one


@dataclass(frozen=True, slots=True)
class Written:
    """What a command read and wrote: rows, how many of them were unreadable, and what a person should know."""

    file: Path
    rows: int
    unreadable: int
    findings: tuple[Finding, ...]


class _Tally:
    """Counts pieces as they pass, and keeps their findings while they are few."""

    def __init__(self, tell: Tell | None) -> None:
        self.rows = 0
        self.unreadable = 0
        self.findings: list[Finding] = []
        self._tell = tell

    def count(self, piece: Piece) -> None:
        """One more piece was read."""
        self.rows += len(piece.columns)
        self.unreadable += len(piece.findings)
        self.findings += piece.findings[: max(SHOWN - len(self.findings), 0)]
        if self._tell is not None:
            self._tell(self.rows)

    def written(self, file: Path, more: Sequence[Finding] = ()) -> Written:
        """All that was counted."""
        return Written(file, self.rows, self.unreadable, (*self.findings, *more))


def apart(source: Path, out: Path) -> None:
    """AppError `same_file` where the answer would be written over the question."""
    try:
        same = out.exists() and source.samefile(out)
    except OSError:
        same = False
    if same or source.absolute() == out.absolute():
        raise AppError(
            "same_file",
            say("The results would be written over {file} itself; nothing was written.", file=source.name),
            say("Give the results another name."),
        )


def write_zscores(source: Path, out: Path, *, tell: Tell | None = None) -> Written:
    """Write z-scores and flags of every row, a piece at a time; `tell` hears how many are done.

    AppError `columns` and `unreadable` as `exchange/growth_files` says, `same_file`; nothing is written then.
    """
    from desktop.domain.growth.zscores import zscores
    from desktop.exchange.growth_files import open_children
    from desktop.exchange.growth_results import ZSCORES, ZscoreRows, write_rows
    from desktop.exchange.growth_rows import pieces

    apart(source, out)
    file = open_children(source, with_ids=True)
    tally = _Tally(tell)
    made = ZscoreRows()

    def rows() -> Iterator[Iterable[Sequence[object]]]:
        for piece in pieces(file):
            found = zscores(standards(), piece.columns)
            yield made.of(piece.ids, found, piece.unreadable)
            tally.count(piece)

    write_rows(out, ZSCORES, rows())
    return tally.written(out)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey's prevalence, how far it can be believed, and what was read."""

    prevalence: Prevalence
    plausibility: Plausibility
    written: Written


def write_prevalence(
    source: Path,
    out: Path,
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
    cluster: str | None = None,
    strata: str | None = None,
    tell: Tell | None = None,
) -> Written:
    """Write prevalence by age, sex, both and the columns of `by`; the others name the columns of the design.

    A row that cannot be read stays in the sample without a measurement. AppError `columns`, `unreadable`, and `weight`
    for a sampling weight that is negative or no number.
    """
    from desktop.exchange.growth_results import PREVALENCE, estimate_rows, write_rows

    apart(source, out)
    tally = _Tally(tell)
    read, columns = _read_survey(source, tally, by, weight, cluster, strata)
    found = _estimated(read, by, columns)
    write_rows(out, PREVALENCE, [estimate_rows(found.estimates)])
    return tally.written(out, _left_out(found, source.name))


@dataclass(frozen=True, slots=True)
class _DesignColumns:
    weight: str | None
    cluster: str | None
    strata: str | None


def _read_survey(
    source: Path, tally: _Tally, by: Sequence[str], weight: str | None, cluster: str | None, strata: str | None
) -> tuple[_Survey, _DesignColumns]:
    from desktop.exchange.growth_files import open_children

    named = [name for name in (weight, cluster, strata) if name is not None]
    return _read_whole(open_children(source, others=[*by, *named]), tally), _DesignColumns(weight, cluster, strata)


def _estimated(read: _Survey, by: Sequence[str], design: _DesignColumns) -> Prevalence:
    from desktop.domain.growth.design import Design
    from desktop.domain.growth.groupings import by_values, usual
    from desktop.domain.growth.prevalence import prevalence
    from desktop.exchange.growth_files import OTHER

    groupings = usual(read.columns) + [by_values(name, read.others[OTHER + name]) for name in dict.fromkeys(by)]
    drawn = Design(
        None if design.weight is None else _weights(design.weight, read.others[OTHER + design.weight]),
        None if design.cluster is None else read.others[OTHER + design.cluster],
        None if design.strata is None else read.others[OTHER + design.strata],
    )
    return prevalence(read.columns, read.zscores, groupings, drawn)


def survey(
    source: Path,
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
    cluster: str | None = None,
    strata: str | None = None,
    tell: Tell | None = None,
) -> Surveyed:
    """Both in one reading: prevalence with the design, and the plausibility over the same rows and clusters."""
    from desktop.domain.growth.plausibility import plausibility
    from desktop.exchange.growth_files import OTHER

    tally = _Tally(tell)
    read, columns = _read_survey(source, tally, by, weight, cluster, strata)
    found = _estimated(read, by, columns)
    readable = ~read.unreadable
    told = None if cluster is None else read.others[OTHER + cluster]
    kept = None if told is None else [one for one, good in zip(told, readable.tolist(), strict=True) if good]
    judged = plausibility(read.columns[readable], read.zscores[readable], kept)
    return Surveyed(found, judged, tally.written(source, _left_out(found, source.name)))


def _left_out(found: Prevalence, file: str) -> list[Finding]:
    told = (
        ("age", found.too_old, say("{count} children over 1826 days are left out.", count=found.too_old)),
        (
            "design",
            found.outside_design,
            say("{count} rows without a cluster or stratum are left out.", count=found.outside_design),
        ),
        (
            "weight",
            found.without_weight,
            say("{count} rows without a sampling weight count with the weight 0.", count=found.without_weight),
        ),
    )
    return [Finding(f"growth.{rule}", Severity.WARNING, message, file=file) for rule, count, message in told if count]


def judge_plausibility(source: Path, *, tell: Tell | None = None) -> tuple[Plausibility, Written]:
    """The SMART score of a file; a column `cluster`, where there is one, tells the clusters."""
    from desktop.domain.growth.plausibility import plausibility
    from desktop.exchange.growth_files import CLUSTER, open_children

    tally = _Tally(tell)
    read = _read_whole(open_children(source), tally)
    readable = ~read.unreadable
    clusters = read.others.get(CLUSTER)
    kept = None if clusters is None else [one for one, good in zip(clusters, readable.tolist(), strict=True) if good]
    return plausibility(read.columns[readable], read.zscores[readable], kept), tally.written(source)


@dataclass(frozen=True, slots=True)
class _Survey:
    """A whole file in memory."""

    columns: Columns
    zscores: ZScores
    unreadable: NDArray[np.bool_]
    others: dict[str, list[str]]


def _read_whole(file: ChildrenFile, tally: _Tally) -> _Survey:
    import numpy as np

    from desktop.domain.growth.columns import Columns
    from desktop.domain.growth.zscores import zscores
    from desktop.exchange.growth_rows import pieces

    columns, unreadable = [], [np.zeros(0, np.bool_)]
    others: dict[str, list[str]] = {name: [] for name in file.grouped}
    for piece in pieces(file):
        columns.append(piece.columns)
        unreadable.append(piece.unreadable)
        for name, values in piece.others.items():
            others[name] += values
        tally.count(piece)
    joined = Columns.joined(columns)
    return _Survey(joined, zscores(standards(), joined), np.concatenate(unreadable), others)


def _weights(name: str, cells: Sequence[str]) -> NDArray[np.float64]:
    import numpy as np

    from desktop.exchange.growth_cells import UNREADABLE, Remembered, weight

    weights = np.array(list(map(Remembered(weight).__getitem__, cells)), np.float64)
    faults = np.flatnonzero(weights == UNREADABLE)
    if len(faults):
        raise AppError(
            "weight",
            say("“{cell}” in the column “{column}” is no sampling weight.", cell=cells[faults[0]], column=name),
            say("A weight is a number of 0 or more."),
        )
    return weights
