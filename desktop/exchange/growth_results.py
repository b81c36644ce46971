"""The answers of `growth …` as CSV: UTF-8, comma, plain numbers with a point, nothing where there is no number."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import inf
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.prevalence import Estimate
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import ZScores
from desktop.domain.values import plain_fraction
from desktop.exchange.growth_cells import Remembered

ZSCORES: Final = "id,clenhei,cmeasure,c9mo_flag,cbmi,zlen,flen,zwei,fwei,zwfl,fwfl,zbmi,fbmi".split(",")
PREVALENCE: Final = "group,index,cutoff,n,weighted_n,prevalence,se,lower,upper".split(",")
DECIMALS: Final = 6
_POSITIONS: Final = ("", "l", "h")
_FLAGS: Final = ("0", "1", "")
_NONE: Final = inf  # no measurement and no z-score is infinite


def write_rows(path: Path, head: Sequence[str], pieces: Iterable[Iterable[Sequence[object]]]) -> None:
    """Write a file whole or not at all: beside its place first, then into it. OSError as the system raises it."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            for rows in pieces:
                writer.writerows(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class ZscoreRows:
    """Makes the rows of z-scores, one a child; how a number is written is remembered from piece to piece."""

    def __init__(self) -> None:
        self._plain = Remembered(plain_number)
        self._plain[_NONE] = ""

    def of(self, ids: Sequence[str], found: ZScores, unreadable: NDArray[np.bool_]) -> Iterator[tuple[str, ...]]:
        """The rows of a piece; a child that could not be read has its id and nothing else."""
        bmi = np.where(np.isnan(found.bmi), _NONE, found.bmi)
        columns = [
            ids,
            self._texts(np.where(found.micrometres > 0, found.micrometres / 1e4, _NONE)),
            map(_POSITIONS.__getitem__, found.position.tolist()),
            map(_FLAGS.__getitem__, np.where(unreadable, 2, found.unlikely_position).tolist()),
            map(_ten_decimals, bmi.tolist()),
        ]
        for index in Index:
            z = found.of(index)
            missing = np.isnan(z)
            columns.append(self._texts(np.where(missing, _NONE, z)))
            columns.append(map(_FLAGS.__getitem__, np.where(missing, 2, found.flagged(index)).tolist()))
        return zip(*columns, strict=True)

    def _texts(self, values: NDArray[np.float64]) -> Iterator[str]:
        return map(self._plain.__getitem__, values.tolist())


def estimate_rows(estimates: Iterable[Estimate]) -> Iterator[tuple[object, ...]]:
    """One row an estimate, at most six decimals, half up."""
    for one in estimates:
        figures = (one.weighted_n, one.value, one.se, one.lower, one.upper)
        yield one.group, str(one.index), one.cutoff, one.n, *("" if it is None else rate(it) for it in figures)


def rate(value: float) -> str:
    """At most six decimals, half up, no trailing zeros."""
    return plain_fraction(Fraction(value), DECIMALS)


def plain_number(value: float) -> str:
    """All its digits, without an exponent and without trailing zeros."""
    text = repr(value)
    return (f"{value:f}" if "e" in text else text).removesuffix(".0")


def _ten_decimals(value: float) -> str:
    return "" if value == _NONE else f"{value:.10f}".rstrip("0").rstrip(".")
