"""Findings grouped by commune, as one flat list of any length: built in one pass, put into words when painted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.domain.findings import Finding, Severity
from desktop.system.i18n import _, grouped, render
from desktop.ui.widgets.findings import look

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_GRADE: Final = {grade: place for place, grade in enumerate(Severity)}
LAST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule of a commune: the findings of all its cells, the first of them in the form's order leading."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that is shown and gone to."""
        return self.findings[0]

    @property
    def is_open(self) -> bool:
        """Whether nobody kept it."""
        return any(finding.kept is None for finding in self.findings)


@dataclass(slots=True)
class Group:
    """A commune's breaches; a folded one is a single row."""

    unit: str
    name: str
    breaches: list[Breach]
    is_unfolded: bool = True
    errors: int = field(init=False)
    warnings: int = field(init=False)
    kept: int = field(init=False)

    def __post_init__(self) -> None:
        open_ones = [breach.first.severity for breach in self.breaches if breach.is_open]
        self.errors = open_ones.count(Severity.ERROR)
        self.warnings = open_ones.count(Severity.WARNING)
        self.kept = len(self.breaches) - len(open_ones)


Row = Group | Breach


class FindingsModel(QAbstractListModel):
    """Rows: a commune, then its breaches while it is unfolded."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: list[Group] = []
        self.rows: list[Row] = []
        self._columns: Mapping[str, int] = {}
        self._only: frozenset[str] | None = None
        self._by_hand: dict[str, bool] = {}

    def show(self, findings: Iterable[Finding], *, names: Mapping[str, str], columns: Mapping[str, int]) -> None:
        """Show other findings: `names` of communes by code in the order shown, `columns` the numbers of elements."""
        self.beginResetModel()
        self._columns = columns
        self.groups = [
            Group(unit, names.get(unit, unit), breaches, self._is_unfolded(unit))
            for unit, breaches in _grouped(findings, names, columns).items()
        ]
        self._flatten()
        self.endResetModel()

    def fold_all_but(self, units: Collection[str] | None) -> None:
        """Unfold only these communes; None unfolds all."""
        self.beginResetModel()
        self._only = None if units is None else frozenset(units)
        self._by_hand.clear()
        for group in self.groups:
            group.is_unfolded = self._is_unfolded(group.unit)
        self._flatten()
        self.endResetModel()

    def fold(self, unit: str, *, is_folded: bool) -> None:
        """Fold or unfold one commune."""
        self._by_hand[unit] = not is_folded
        self.beginResetModel()
        for group in self.groups:
            if group.unit == unit:
                group.is_unfolded = not is_folded
        self._flatten()
        self.endResetModel()

    def _is_unfolded(self, unit: str) -> bool:
        return self._by_hand.get(unit, self._only is None or unit in self._only)

    def _flatten(self) -> None:
        self.rows = []
        for group in self.groups:
            self.rows.append(group)
            if group.is_unfolded:
                self.rows.extend(group.breaches)

    def row_of(self, finding: Finding) -> int | None:
        """Where a finding stands, if its commune is unfolded."""
        return next(
            (at for at, row in enumerate(self.rows) if isinstance(row, Breach) and finding in row.findings), None
        )

    def counts(self) -> tuple[int, int, int]:
        """Open errors, open warnings and kept ones, over all communes."""
        return (
            sum(group.errors for group in self.groups),
            sum(group.warnings for group in self.groups),
            sum(group.kept for group in self.groups),
        )

    def rowCount(self, parent: Index = ROOT) -> int:
        """Communes and unfolded breaches."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The sentence, only when it is asked for."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, Group):
            return f"{row.name}: {count_words(row.errors, row.warnings, row.kept)}"
        return f"{look(row.first)[2]}, {self.place(row)}: {render(row.first.message)}"

    def place(self, breach: Breach) -> str:
        """The printed numbers of its cells: (8), (9)."""
        numbers = {self._columns.get(finding.element or "") for finding in breach.findings} - {None}
        return ", ".join(f"({number})" for number in sorted(number for number in numbers if number is not None))


def _grouped(
    findings: Iterable[Finding], names: Mapping[str, str], columns: Mapping[str, int]
) -> dict[str, list[Breach]]:
    by_unit: dict[str, dict[str, list[Finding]]] = {unit: {} for unit in names}
    for finding in findings:
        held = by_unit.setdefault(finding.unit or "", {})
        held.setdefault(finding.group or finding.id, []).append(finding)
    made = {}
    for unit, groups in by_unit.items():
        if groups:
            breaches = [Breach(tuple(sorted(held, key=lambda one: _column(one, columns)))) for held in groups.values()]
            breaches.sort(key=lambda one: (not one.is_open, _GRADE[one.first.severity], _column(one.first, columns)))
            made[unit] = breaches
    return made


def _column(finding: Finding, columns: Mapping[str, int]) -> int:
    return columns.get(finding.element or "", LAST)


def count_words(errors: int, warnings: int, kept: int) -> str:
    """1 error · 2 warnings · 1 kept; only what there is."""
    parts: Sequence[tuple[int, str, str]] = (
        (errors, _("1 error"), _("{count} errors")),
        (warnings, _("1 warning"), _("{count} warnings")),
        (kept, _("1 kept"), _("{count} kept")),
    )
    said = [one if count == 1 else many.format(count=grouped(count)) for count, one, many in parts if count]
    return " · ".join(said)
