"""WHO's own answers (tests/data/growth) and the columns they were given for."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from desktop.application.growth import standards
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.zscores import ZScores, zscores

DATA = Path(__file__).resolve().parents[2] / "data" / "growth"
POSITIONS = {"": 0, "l": 1, "h": 2}


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns_of(rows, age: str) -> Columns:
    return Columns.of(
        sex=[int(row["sex"] or 0) for row in rows],
        milligrams=[round(float(row["weight"] or 0) * 1e6) for row in rows],
        micrometres=[round(float(row["lenhei"] or 0) * 1e4) for row in rows],
        position=[POSITIONS[row["measure"]] for row in rows],
        oedema=[row["oedema"] == "y" for row in rows],
        **{age: [float(row[f"age_{age}"] or "nan") for row in rows]},
    )


@cache
def commune() -> Columns:
    return columns_of(table("commune_input"), "days")


@cache
def months() -> Columns:
    return columns_of(table("months_input"), "months")


@cache
def commune_zscores() -> ZScores:
    return zscores(standards(), commune())


def floats(rows, column: str) -> np.ndarray:
    return np.array([float(row[column] or "nan") for row in rows])
