"""The answers of `growth …` as CSV: UTF-8, comma, plain numbers with a point, nothing where there is no number."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

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
_ORDER: Final = (Index.HA, Index.WA, Index.WH, Index.BMI)


def write_rows(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a file whole or not at all: beside its place first, then into it. OSError as the system raises it."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def zscore_rows(ids: Sequence[str], found: ZScores, unreadable: NDArray[np.bool_]) -> Iterator[tuple[str, ...]]:
    """One row a child; one that could not be read has its id and nothing else."""
    plain = Remembered(plain_number)
    bmi = Remembered(_ten_decimals)
    flags = {False: "0", True: "1"}
    readable = ~unreadable
    columns = [
        list(ids),
        _texts(plain, found.micrometres / 1e4, found.micrometres > 0),
        [_POSITIONS[position] for position in found.position.tolist()],
        [
            "" if lost else flags[unlikely]
            for lost, unlikely in zip(unreadable.tolist(), found.unlikely_position.tolist(), strict=True)
        ],
        _texts(bmi, found.bmi, ~np.isnan(found.bmi)),
    ]
    for index in _ORDER:
        z = found.of(index)
        known = readable & ~np.isnan(z)
        columns += [_texts(plain, z, known), _texts(flags, found.flagged(index), known)]
    return zip(*columns, strict=True)


def _texts(texts: Mapping[Any, str], values: NDArray[Any], known: NDArray[np.bool_]) -> list[str]:
    return [texts[value] if there else "" for value, there in zip(values.tolist(), known.tolist(), strict=True)]


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
    return f"{value:.10f}".rstrip("0").rstrip(".")
