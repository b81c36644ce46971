"""The children of a whole province, 150.000 with a million measurements: what `children` measures, at its hard edge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.bench import children
from tests.bench.table import Row


def measure(folder: Path) -> list[Row]:
    return [replace(row, name=f"Province, {row.name}") for row in children.measure(folder, children.PROVINCE)]
