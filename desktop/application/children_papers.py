"""Papers about children: the nutrition report, the session's list, the follow-up list and a child's card."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from desktop.application import nutrition, weighing
from desktop.application.children_lists import child_card, follow_up_list, weighing_list
from desktop.application.offices import office
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.errors import UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.reports.model import Document

NUTRITION: Final = "nutrition"
WEIGHING_LIST: Final = "weighing-list"
FOLLOW_UP: Final = "follow-up"
CHILD_CARD: Final = "child-card"
PAPERS: Final = (NUTRITION, WEIGHING_LIST, FOLLOW_UP, CHILD_CARD)


def paper_pdf(
    record: Record, *, name: str, unit: str | None, period: Period, today: date, child: str | None = None
) -> tuple[bytes, int]:
    """A paper as PDF with its number of pages; the same record and day give the same bytes."""
    from desktop.reports.pdf import print_pdf

    document = paper(record, name=name, unit=unit, period=period, today=today, child=child)
    held = BytesIO()
    pages = print_pdf(document, held, made=today)
    return held.getvalue(), pages.total


def paper(
    record: Record, *, name: str, unit: str | None, period: Period, today: date, child: str | None = None
) -> Document:
    """A paper as a document; of a child's card the child (uid) must be named."""
    if name == NUTRITION:
        return nutrition_document(record, unit=unit, period=period, today=today)
    if name == WEIGHING_LIST:
        return weighing_list(record, unit=unit, period=period, today=today)
    if name == FOLLOW_UP:
        return follow_up_list(record, unit=unit, period=period, today=today)
    if child is None:
        raise UsageError(
            "child_needed",
            say("A card is made of one child; say which."),
            say("Add --child with the code of the child (“sotram children” lists them)."),
        )
    return child_card(record, child=child, period=period, today=today)


def nutrition_document(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    today: date,
    sessions: tuple[str, ...] | None = None,
) -> Document:
    """The report of a period; only the `sessions` (uids) count where they are named."""
    from desktop.application.reports import paper_office
    from desktop.reports.nutrition_report import Aim, NutritionInput, nutrition_report
    from desktop.reports.targets_words import whole_text

    with record.reading():
        now = nutrition.results(record, unit=unit, period=period, sessions=sessions)
        past = nutrition.trend(record, period=period, now=now)
        steps = nutrition.paths(record, unit=unit, period=period)
        named = [weighing.one(record, uid) for uid in sessions or ()]
        own = office(record, on=period.last, signed=today)
    return nutrition_report(
        NutritionInput(
            office=paper_office(own),
            year=today.year,
            period=period,
            units=tuple((commune.uid, commune.name) for commune in now.communes),
            whole=whole_text(own.level, own.name) if len(now.communes) != 1 else now.communes[0].name,
            found=now.found,
            trend=tuple(past),
            aims=tuple(Aim(step.plan, step.target, step.year, step.required) for step in steps),
            sessions=tuple(one.name or f"{one.first:%d/%m/%Y}" for one in named),
        )
    )
