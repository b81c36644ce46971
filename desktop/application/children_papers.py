"""Papers about children: the nutrition report, the session's list, the follow-up list and a child's card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from desktop.application import nutrition, weighing
from desktop.application.child_care import counts
from desktop.application.children_columns import share
from desktop.application.children_lists import child_card, follow_up_list, weighing_list
from desktop.application.children_register import register_list
from desktop.application.figures import meant_communes
from desktop.application.nutrition_regime import regime_lines
from desktop.application.offices import office
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.errors import AppError, UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from db.tables.child_columns import Step
    from desktop.reports.model import Document

NUTRITION: Final = "nutrition"
WEIGHING_LIST: Final = "weighing-list"
FOLLOW_UP: Final = "follow-up"
CHILD_CARD: Final = "child-card"
REGISTER: Final = "acute-malnutrition"
PAPERS: Final = (NUTRITION, WEIGHING_LIST, FOLLOW_UP, CHILD_CARD, REGISTER)
BY_SESSION: Final = (NUTRITION, WEIGHING_LIST, FOLLOW_UP)
BY_VILLAGE: Final = (WEIGHING_LIST, FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Which:
    """What of a period a paper is of: sessions (uids, or those on a day), one village (empty: none told), a child."""

    sessions: tuple[str, ...] | None = None
    session_day: date | None = None
    village: str | None = None
    child: str | None = None


EVERYTHING: Final = Which()


def paper_pdf(
    record: Record,
    *,
    name: str,
    unit: str | None,
    period: Period,
    today: date,
    child: str | None = None,
    which: Which = EVERYTHING,
    step: Step | None = None,
) -> tuple[bytes, int]:
    """A paper as PDF with its number of pages; the same record and day give the same bytes. `step` may stop it."""
    from desktop.reports.pdf import print_pdf

    document = paper(record, name=name, unit=unit, period=period, today=today, child=child, which=which, step=step)
    held = BytesIO()
    pages = print_pdf(document, held, made=today)
    return held.getvalue(), pages.total


def paper(
    record: Record,
    *,
    name: str,
    unit: str | None,
    period: Period,
    today: date,
    child: str | None = None,
    which: Which = EVERYTHING,
    step: Step | None = None,
) -> Document:
    """A paper as a document; of a child's card the child (uid) must be named. AppError `no_session`, UsageError."""
    child = child or which.child
    sessions = which.sessions
    if which.session_day is not None:
        sessions = sessions_on(record, unit=unit, period=period, day=which.session_day)
    if name == NUTRITION:
        return nutrition_document(record, unit=unit, period=period, today=today, sessions=sessions, step=step)
    if name == WEIGHING_LIST:
        return weighing_list(record, unit=unit, period=period, today=today, sessions=sessions, village=which.village)
    if name == FOLLOW_UP:
        day = None if sessions is None else max(_last(record, uid) for uid in sessions)
        return follow_up_list(record, unit=unit, period=period, today=today, day=day, village=which.village, step=step)
    if name == REGISTER:
        return register_list(record, unit=unit, period=period, today=today)
    if child is None:
        raise UsageError(
            "child_needed",
            say("A card is made of one child; say which."),
            say("Add --child with the code of the child (“sotram children” lists them)."),
        )
    return child_card(record, child=child, period=period, today=today)


def check_choice(name: str, which: Which) -> None:
    """UsageError where a paper has no session or no village to choose."""
    if (which.sessions is not None or which.session_day is not None) and name not in BY_SESSION:
        raise UsageError("no_choice", say("This paper is of no session."), say("Leave --session out."))
    if which.village is not None and name not in BY_VILLAGE:
        raise UsageError("no_choice", say("This paper is not made by village."), say("Leave --village out."))


def sessions_on(record: Record, *, unit: str | None, period: Period, day: date) -> tuple[str, ...]:
    """The sessions (uids) held on a day by the communes meant; AppError `no_session`."""
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    found = weighing.sessions(record, communes=[one.uid for one in communes], on=day)
    if not found:
        raise AppError(
            "no_session",
            say("No weighing session was held on {day}.", day=day),
            say("“sotram children sessions” lists the sessions with their days."),
        )
    return tuple(one.uid for one in found)


def _last(record: Record, uid: str) -> date:
    held = weighing.one(record, uid)
    return held.last or held.first


def nutrition_document(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    today: date,
    sessions: tuple[str, ...] | None = None,
    step: Step | None = None,
) -> Document:
    """The report of a period; only the `sessions` (uids) count where they are named."""
    from desktop.application.reports import paper_office
    from desktop.reports.nutrition_report import Aim, NutritionInput, nutrition_report
    from desktop.reports.targets_words import whole_text

    with record.reading():
        now = nutrition.results(record, unit=unit, period=period, sessions=sessions, step=share(step, 0, 2))
        past = nutrition.trend(record, period=period, now=now, step=share(step, 1, 2))
        steps = nutrition.paths(record, unit=unit, period=period)
        named = [weighing.one(record, uid) for uid in sessions or ()]
        own = office(record, on=period.last, signed=today)
        uids = [commune.uid for commune in now.communes]
        cared = counts(record, communes=uids, first=period.first, last=period.last)
        regime = regime_lines(record, period=period, level=own.level)
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
            care=tuple((one.name, told.care) for one, told in zip(now.communes, cared, strict=True)),
            regime=regime,
        )
    )
