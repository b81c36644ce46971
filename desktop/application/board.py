"""The board of a year: communes by forms and periods; state, lateness, findings and judgement at a glance.

What the checks found is counted apart (`count_findings`, on a worker) and kept; the board shows the last count and says
where figures have moved since.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.tables import finding_counts, submissions
from db.tables import periods as known
from db.tables.finding_counts import FindingCount
from desktop.application import catalogue, checks, judging
from desktop.application.checks import Step
from desktop.application.deadlines import due, is_on_time
from desktop.application.expected import Arrival, Expected, columns_of, expected
from desktop.application.judging import FormJudgement
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import Form
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.workdays import Due


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A form in a period, and when it is due by the office's rule for everybody."""

    form: Form
    period: Period
    due: Due | None
    fresh: bool


@dataclass(frozen=True, slots=True)
class BoardCell:
    """Where one form stands. `counts` is None until the checks were counted; `fresh` tells no figure moved since.

    `keeper` is the office whose history the figures are: it does not report the commune, and no total counts them.
    """

    state: str
    correction: int
    received_on: date | None
    arrival: Arrival
    on_time: bool | None
    days_late: int
    counts: FindingCount | None
    fresh: bool
    judgement: FormJudgement | None
    keeper: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A commune and its cells, one a column; None where it did not stand on the period's last day."""

    commune: Commune
    cells: tuple[BoardCell | None, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole year; communes that ended or began in it have rows of their own."""

    year: int
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]

    def states(self, column: int) -> Counter[str]:
        """How many communes stand in each state in one column."""
        return Counter(row.cells[column].state for row in self.rows if row.cells[column])  # type: ignore[union-attr]


@dataclass(slots=True)
class _Read:
    counts: dict[tuple[str, str, str], FindingCount] = field(default_factory=dict)
    fresh: dict[str, bool] = field(default_factory=dict)
    words: dict[str, dict[tuple[str, str], FormJudgement]] = field(default_factory=dict)
    keepers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def board(record: Record, *, year: int, today: date, form: str | None = None) -> Board:
    """Read the board of a year; reads only, nothing is checked here."""
    columns = columns_of(record, year, form)
    with record.reading():
        owed = list(expected(record, columns=columns))
        read = _read(record, columns)
    places = {(one.code, period.id): place for place, (one, period) in enumerate(columns)}
    names = [period.id for _, period in columns]
    cells: dict[str, list[BoardCell | None]] = {}
    communes: dict[str, Commune] = {}
    for one in owed:
        place = places[one.form.code, one.period.id]
        communes[one.commune.uid] = one.commune
        cells.setdefault(one.commune.uid, [None] * len(columns))[place] = _cell(one, names[place], read, today)
    heads = tuple(
        BoardColumn(each, period, due(record, form=each.code, period=period), read.fresh.get(period.id, False))
        for each, period in columns
    )
    return Board(year, heads, tuple(BoardRow(communes[uid], tuple(row)) for uid, row in cells.items()))


def _read(record: Record, columns: list[tuple[Form, Period]]) -> _Read:
    periods = {period.id: period for _, period in columns}
    read = _Read()
    oldest: dict[str, int] = {}
    for count in finding_counts.of(record, periods):
        read.counts[count.unit, count.form, count.period] = count
        oldest[count.period] = min(count.sequence, oldest.get(count.period, count.sequence))
    for name, sequence in oldest.items():
        looked_at = [one.id for one in checks.looked_at(record, periods[name])]
        moved = finding_counts.moved_since(record, sequence, looked_at)
        beside = finding_counts.written_beside(record, sequence, periods[name]) if not moved else set()
        # What the lists of children and the profiles are asked is only looked up where one of them was written.
        read.fresh[name] = not (moved or (beside and not beside.isdisjoint(checks.beside(record, periods[name]))))
    begun_words = {j.period for j in submissions.judgements(record, periods=periods)}
    for name in begun_words:
        read.words[name] = judging.standing(record, period=name, on=periods[name].last)
    from desktop.application.lineages import keepers  # a start has no use for it

    read.keepers = keepers(record)
    if read.keepers and columns:
        read.names = judging.office_names(record, columns[-1][1].last)
    return read


def _cell(one: Expected, name: str, read: _Read, today: date) -> BoardCell:
    holder = one.begun.holder if one.begun else ""
    is_history = holder in read.keepers.get(one.commune.uid, ())
    return BoardCell(
        one.state,
        one.begun.correction if one.begun else 0,
        one.received_on,
        one.arrival(today),
        is_on_time(one.due, one.received_on),
        one.days_late(today),
        read.counts.get((one.commune.uid, one.form.code, name)),
        read.fresh.get(name, False),
        read.words.get(name, {}).get((one.commune.uid, one.form.code)),
        read.names.get(holder, holder[:8]) if is_history else "",
    )


def stale_periods(record: Record, *, year: int) -> list[Period]:
    """The periods of a year in which forms were begun and whose findings were not counted since figures moved."""
    wanted = {period.id: period for _, period in columns_of(record, year)}
    begun = {row.period for row in submissions.of(record, periods=sorted(wanted))}
    fresh = _read(record, columns_of(record, year)).fresh
    return sorted(wanted[name] for name in begun if not fresh.get(name))


def count_findings(record: Record, *, period: Period, step: Step | None = None) -> list[FindingCount]:
    """Run the checks of a period and keep how many breaches each form has; not a change of the record."""
    sequence = record.head()
    found = checks.findings(record, period=period, step=step)
    uids = {commune.code: commune.uid for commune in communes_of(record, on=period.last)}
    forms = [one for one in catalogue.catalogue(record).forms.values() if one.is_in_force(period)]
    by_element: dict[str, list[str]] = {}
    for form in forms:
        for element in form.elements:
            by_element.setdefault(element, []).append(form.code)
    # One rule broken over several cells is one thing to mend, and it is kept only where all of them are.
    breaches: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in found:
        for code in by_element.get(finding.element or "", ()):
            breaches.setdefault((uids[finding.unit or ""], code, finding.group or finding.id), []).append(finding)
    tally: dict[tuple[str, str], Counter[str]] = {(uid, one.code): Counter() for uid in uids.values() for one in forms}
    for (uid, code, _group), cells in breaches.items():
        is_open = any(one.kept is None for one in cells)
        tally[uid, code][cells[0].severity.value if is_open else "kept"] += 1
    counts = [
        FindingCount(uid, code, period.id, told[Severity.ERROR], told[Severity.WARNING], told["kept"], sequence)
        for (uid, code), told in tally.items()
    ]
    if period.id in known.ids(record):
        with record.writing():
            finding_counts.put(record, period, counts, sequence=sequence)
    return counts
