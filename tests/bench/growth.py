"""Growth: all four z-scores with flags beside one bare numpy pass over the same columns; prevalence of a whole survey.

The bare pass reads the tables and takes the four formulas, each over all rows at once, without a rule, a flag, a
rounding or a missing value: what the processor must do in any case.
"""

from __future__ import annotations

import csv
import tracemalloc
from itertools import chain
from pathlib import Path
from statistics import median

import numpy as np

from desktop.application.growth import standards
from desktop.application.growth_surveys import write_zscores
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.design import Design
from desktop.domain.growth.groupings import by_values, usual
from desktop.domain.growth.prevalence import prevalence
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import zscores
from tests.bench.table import Row, in_turn, seconds
from tests.domain.growth.practice import commune, commune_zscores, table

TIMES = 7
IN_FILE = 1_000_000


def measure(folder: Path) -> list[Row]:
    return [*computing(100_000), *computing(1_000_000), *estimating(), *reading(folder)]


def children(count: int) -> Columns:
    """The made-up district, drawn again and again."""
    return commune()[np.random.default_rng(1).integers(0, len(commune()), count)]


def computing(count: int) -> list[Row]:
    columns = children(count)
    zscores(standards(), columns[:20_000])
    ratio, ours, bare = in_turn(lambda: zscores(standards(), columns), lambda: bare_pass(columns), TIMES)
    given = sum(getattr(columns, name).nbytes for name in Columns.__dataclass_fields__)
    tracemalloc.start()
    zscores(standards(), columns)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    speed = f"{count / ours / 1e6:.1f} million children a second against {count / bare / 1e6:.1f}"
    memory = f"{taken / 1e6:.0f} MB with the answer beside {given / 1e6:.0f} MB of columns"
    named = f"{count:,}".replace(",", ".")
    return [
        Row(f"z-scores of {named} children", ratio, 3, "one bare numpy pass", speed),
        Row(f"memory of {named} children", 1 + taken / given, 6, "the columns", memory),
    ]


def bare_pass(columns: Columns) -> list[np.ndarray]:
    tables = standards()
    with np.errstate(all="ignore"):
        row = np.clip(columns.days, 0, 1826) + (columns.sex - 1) * np.int32(1827)
        step = np.clip(columns.micrometres // 1000 - 450, 0, 650)
        kilos, centimetres = columns.milligrams / 1e6, columns.micrometres / 1e4
        bmi = kilos / (centimetres / 100) ** 2
        return [
            ((measure / lms.mu[at]) ** lms.lam[at] - 1) / (lms.lam[at] * lms.sigma[at])
            for measure, lms, at in (
                (centimetres, tables.by_age[Index.HA], row),
                (kilos, tables.by_age[Index.WA], row),
                (kilos, tables.by_length, step),
                (bmi, tables.by_age[Index.BMI], row),
            )
        ]


def estimating() -> list[Row]:
    """20.000 children, 38 groups of 33 figures, weights, clusters and strata; WHO's program takes 72 to 75 s."""
    rows = table("commune_input")
    columns, found = commune(), commune_zscores()
    design = Design(
        np.array([float(row["sw"]) for row in rows]),
        [row["cluster"] for row in rows],
        [row["strata"] for row in rows],
    )
    groupings = [*usual(columns), *(by_values(name, [row[name] for row in rows]) for name in ("area", "commune"))]
    figures = len(prevalence(columns, found, groupings, design).estimates)
    taken = median(seconds(lambda: prevalence(columns, found, groupings, design)) for _ in range(TIMES))
    note = f"{figures} figures with limits; WHO's own program 72 to 75 s"
    return [Row("prevalence of 20.000 children, 38 groups", taken, 0.1, "a tenth of a second", note, unit=" s")]


def reading(folder: Path) -> list[Row]:
    """A file of a million children to a file of their z-scores, beside reading and writing it only."""
    source = folder / "children.csv"
    heads = ["id", "sex", "age_days", "weight", "lenhei", "measure", "oedema"]
    lines = [[row[head] for head in heads] for row in table("commune_input")]
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(chain([heads], *([lines] * (IN_FILE // len(lines)))))
    ours = seconds(lambda: write_zscores(source, folder / "z.csv"))
    bare = seconds(lambda: copied(source, folder / "copy.csv"))
    note = f"{ours:.1f} s against {bare:.1f} s to read and write the rows"
    return [Row("growth zscores, a file of 1.000.000 children", ours / bare, None, "csv.reader, csv.writer", note)]


def copied(source: Path, target: Path) -> None:
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out).writerows(csv.reader(file))
