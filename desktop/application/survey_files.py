"""A survey from a file of any layout: which column holds what, prevalence with its design, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from desktop.application.growth_surveys import Surveyed, survey
from desktop.domain.findings import Finding
from desktop.domain.growth.plausibility_lines import lines_of
from desktop.domain.growth.survey_words import VERDICTS, group_words
from desktop.errors import AppError
from desktop.exchange.grid import column_letter, column_number
from desktop.exchange.survey_table import Holds, SurveyTable, read_survey, write_plain
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.records import Record
    from desktop.domain.growth.prevalence import Estimate

__all__ = ["Holds", "Row", "SurveyChoice", "SurveyTable", "Surveyed", "file_survey", "read_survey", "rows_of"]

Step = Callable[[int, int], None]
NEEDED: Final = (Holds.SEX, Holds.WEIGHT, Holds.LENHEI)
FIGURES: Final = (("HA", "-2"), ("HA", "-3"), ("WA", "-2"), ("WH", "-2"), ("WH", "-3"), ("WH", "+2"))
"""The rates of the table, by index and cut-off: stunting, severe, underweight, wasting, severe, overweight."""


@dataclass(frozen=True, slots=True)
class SurveyChoice:
    """Which column (from 0) holds what, and which are grouped by."""

    places: Mapping[Holds, int]
    by: tuple[int, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether sex, weight, height and an age are named."""
        told = self.places
        aged = Holds.AGE_DAYS in told or Holds.AGE_MONTHS in told or (Holds.BIRTH in told and Holds.VISIT in told)
        return aged and all(one in told for one in NEEDED)


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its rates, in the order of `FIGURES`."""

    group: str
    rates: tuple[Estimate, ...]


def file_survey(table: SurveyTable, choice: SurveyChoice, *, step: Step | None = None) -> Surveyed:
    """Prevalence and plausibility of a table; AppError `columns` where too little is named, `weight` as the engine."""
    if not choice.is_enough:
        raise AppError(
            "columns",
            say("Sex, age, weight and height are needed."),
            say("Choose their columns; the age as days, as months, or as birth date and day of the visit."),
        )
    by = _grouped(table, choice)
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.csv"
        write_plain(table, choice.places, by, plain)
        tell = None if step is None else lambda done: step(done, max(len(table.rows), 1))
        found = survey(
            plain,
            by=tuple(by),
            weight=_named(choice, Holds.SAMPLING),
            cluster=_named(choice, Holds.CLUSTER),
            strata=_named(choice, Holds.STRATUM),
            tell=tell,
        )
    columns = [*choice.places.values(), *by.values()]
    told = tuple(_placed(one, table, columns) for one in found.written.findings)
    return replace(found, written=replace(found.written, file=Path(table.file), findings=told))


def _grouped(table: SurveyTable, choice: SurveyChoice) -> dict[str, int]:
    """Columns to group by under names that are each their own, and none of the engine's."""
    taken = {one.value for one in choice.places}
    found: dict[str, int] = {}
    for at in dict.fromkeys(choice.by):
        name = table.heads[at] or column_letter(at + 1)
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        found[name] = at
    return found


def _named(choice: SurveyChoice, holds: Holds) -> str | None:
    return holds.value if holds in choice.places else None


def _placed(finding: Finding, table: SurveyTable, columns: Sequence[int]) -> Finding:
    """Where it stands in the file the person chose."""
    letter = None
    if finding.column is not None:
        at = column_number(finding.column) - 1
        letter = column_letter(columns[at] + 1) if at < len(columns) else None
    row = None if finding.row is None else finding.row - 2 + table.first_row
    return replace(finding, file=table.file, row=row, column=letter)


def rows_of(found: Surveyed) -> list[Row]:
    """The groups of a survey with the rates people ask for, in the order of the engine."""
    by_group: dict[str, dict[tuple[str, str], Estimate]] = {}
    for one in found.prevalence.estimates:
        by_group.setdefault(one.group, {})[one.index, one.cutoff] = one
    return [Row(group, tuple(told[figure] for figure in FIGURES)) for group, told in by_group.items()]


def save_prevalence(found: Surveyed, out: Path) -> None:
    """All estimates as CSV, like `growth prevalence` writes them."""
    from desktop.exchange.growth_results import PREVALENCE, estimate_rows, write_rows

    write_rows(out, PREVALENCE, [estimate_rows(found.prevalence.estimates)])


def survey_pdf(record: Record, found: Surveyed, choice: SurveyChoice, *, today: date) -> bytes:
    """The paper of a survey: rates with their limits by group, the plausibility score with its bands."""
    from desktop.application.offices import office
    from desktop.application.reports import paper_office
    from desktop.reports.pdf import print_pdf
    from desktop.reports.survey_report import SurveyInput, survey_document

    judged, words = found.plausibility, partial(render, language="vi")
    told = SurveyInput(
        paper_office(office(record, on=today)),
        today,
        found.written.file.name,
        found.written.rows,
        found.written.unreadable,
        tuple((words(group_words(row.group)), row.rates) for row in rows_of(found)),
        judged.score,
        words(VERDICTS[judged.verdict]),
        judged.children,
        tuple(lines_of(judged)),
        tuple(one.value for one in (Holds.SAMPLING, Holds.CLUSTER, Holds.STRATUM) if one in choice.places),
    )
    held = BytesIO()
    print_pdf(survey_document(told), held, made=today)
    return held.getvalue()
