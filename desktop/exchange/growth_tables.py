"""The tables of the growth standards as files: sex, day or length, L, M, S, a row a line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from desktop.domain.growth.standards import Row, Standards, Table


def read_standards(text_of: Callable[[str], str]) -> Standards:
    """From the texts of the five files, asked for by name; ValueError where one is not whole."""
    return Standards.of({table: _rows(text_of(f"{table}.csv")) for table in Table})


def _rows(text: str) -> Iterator[Row]:
    """Lengths are written in centimetres with one decimal and kept in millimetres."""
    lines = csv.reader(text.splitlines())
    scale = 1 if next(lines)[1] == "age" else 10
    for sex, at, lam, mu, sigma, *_ in lines:
        yield int(sex), round(float(at) * scale), float(lam), float(mu), float(sigma)
