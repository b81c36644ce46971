"""One row of the table: what was measured, against what, and what it may be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """A measured number and its limit; `at_least` turns the comparison round, no limit is a number worth knowing."""

    name: str
    measured: float
    limit: float | None
    yardstick: str
    note: str = ""
    at_least: bool = False
    unit: str = "x"

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def pack(rows: Iterable[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False)


def unpack(text: str) -> list[Row]:
    return [Row(**told) for told in json.loads(text)]


def shown(rows: Sequence[Row]) -> str:
    """The table in Markdown, so that it can be copied into a note as it is."""
    lines = [("measure", "median", "limit", "", "yardstick", "note")]
    for row in rows:
        sign = "" if row.limit is None else (">= " if row.at_least else "<= ") + number(row.limit) + row.unit
        verdict = "" if row.limit is None else "ok" if row.holds else "OVER"
        lines.append((row.name, number(row.measured) + row.unit, sign, verdict, row.yardstick, row.note))
    widths = [max(len(line[at]) for line in lines) for at in range(4)] + [0, 0]
    told = [
        "| " + " | ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    told.insert(1, "|" + "|".join("-" * (width + 2) for width in (*widths[:4], 7, 2)) + "|")
    return "\n".join(told)


def number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def in_turn(ours: Work, yardstick: Work, times: int, *, between: Work | None = None) -> tuple[float, float, float]:
    """Median ratio of wall times of pairs run one after the other, and the median seconds of both.

    `between` clears up after each pair, untimed.
    """
    first: list[float] = []
    second: list[float] = []
    for _ in range(times):
        first.append(seconds(ours))
        second.append(seconds(yardstick))
        if between is not None:
            between()
    return median(a / b for a, b in zip(first, second, strict=True)), median(first), median(second)


def seconds(work: Work) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
