"""`plan list`, `targets`, `tasks`, `outline`, `status`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.arguments import Command, Option, Word, a_day, a_path, a_period, a_year
from desktop.cli.output import Answer, code_of, count_findings, finding_lines, findings_json, iso, rate, table
from desktop.cli.session import Session, read_text
from desktop.domain.periods import Period
from desktop.system.i18n import _, render
from desktop.wording import Label, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.application.plans import TargetStatus
    from desktop.domain.elements import Indicator
    from desktop.domain.plans.deadlines import Moment, Reading
    from desktop.domain.plans.plan import OtherPlace, Target, Task

COMPARATORS: Final[dict[str, Sentence]] = {
    ">=": say("at least"),
    "<=": say("at most"),
    ">": say("above"),
    "<": say("below"),
    "~": say("about"),
    "text": say("in words"),
}
STATUSES: Final[dict[str, Sentence]] = {
    "met": say("Met"),
    "on_track": say("On track"),
    "off_track": say("Off track"),
    "missed": say("Missed"),
    "too_few": say("Too few to judge"),
    "no_path": say("No path yet"),
    "not_measurable": say("Not judged at this level"),
    "no_data": say("No figures yet"),
}
_RHYTHMS: Final[dict[str, Sentence]] = {
    "once": say("once"),
    "yearly": say("every year"),
    "quarterly": say("every quarter"),
    "continuous": say("all the time"),
    "span": say("over some years"),
    "unknown": say("unknown"),
}


def list_plans(session: Session) -> Answer:
    """The plans known, by date."""
    from desktop.application.plans import plans_of

    with session.record_or_shipped() as record:
        plans = list(plans_of(record).values())
    data = [
        {
            "code": plan.code,
            "title": plan.title,
            "issuer": plan.issuer,
            "date": iso(plan.date),
            "kind": str(plan.kind),
            "targets": len(plan.targets),
            "tasks": len(plan.tasks),
            "sections": len(plan.sections),
            "source": plan.source,
        }
        for plan in plans
    ]
    heads = (say("Code"), say("Dated"), say("Targets"), say("Tasks"), say("Sections"), say("Title"))
    return Answer(
        data,
        lambda: table(
            heads,
            [
                (plan.code, plan.date, len(plan.targets), len(plan.tasks), len(plan.sections), plan.title)
                for plan in plans
            ],
        ),
    )


def targets(session: Session) -> Answer:
    """The targets of a plan."""
    from desktop.application.catalogue import catalogue
    from desktop.application.plans import targets as targets_of

    told = session.arguments
    with session.record_or_shipped() as record:
        found = targets_of(record, code=told.get("code", str), year=told.maybe("year", int))
        known = catalogue(record).indicators
    heads = (say("Indicator"), say("Year"), say("Sense"), say("Target"), say("Unit of count"), say("Clause"))
    return Answer(
        [_target_json(target, known) for target in found],
        lambda: table(
            heads,
            [
                (
                    _name(target.indicator, known),
                    str(target.year or ""),
                    COMPARATORS[target.comparator],
                    target.value,
                    target.unit,
                    target.clause,
                )
                for target in found
            ],
        ),
    )


def _name(code: str, known: dict[str, Indicator]) -> object:
    indicator = known.get(code)
    return Label(indicator.name_vi, indicator.name_en) if indicator else code


def _target_json(target: Target, known: dict[str, Indicator]) -> dict[str, object]:
    indicator, baseline = known.get(target.indicator), target.baseline
    return {
        "indicator": target.indicator,
        "name_vi": indicator.name_vi if indicator else target.text,
        "year": target.year,
        "comparator": str(target.comparator),
        "value": rate(target.value),
        "unit": target.unit,
        "condition": target.condition,
        "text": target.text,
        "clause": target.clause,
        "sentence": target.sentence,
        "baseline": {"year": baseline.year, "value": rate(baseline.value)} if baseline else None,
    }


def tasks(session: Session) -> Answer:
    """The tasks of a plan, from its appendices and its body."""
    from desktop.application.plans import tasks as tasks_of

    with session.record_or_shipped() as record:
        found = tasks_of(record, code=session.arguments.get("code", str), today=session.today)

    def lines() -> Iterator[str]:
        for task, mine in found:
            yield f"{task.number or '–'}. {'* ' if mine else ''}{task.text}"
            rhythm, due = render(_RHYTHMS[task.reading.recurrence]), _moment(task.reading.due) or ""
            yield f"    {', '.join(task.lead)} | {task.when_text or ''} | {rhythm} {due}".rstrip()
        yield _("* what this office has to do")

    return Answer([_task_json(task, mine) for task, mine in found], lines)


def _task_json(task: Task, mine: bool | None) -> dict[str, object]:  # noqa: FBT001 - three answers, as the contract says
    return {
        "group": task.group,
        "number": task.number,
        "text": task.text,
        "lead": list(task.lead),
        "partners": list(task.partners),
        "when_text": task.when_text,
        **_reading(task.reading),
        "condition": task.reading.condition,
        "clause": task.clauses,
        "sentence": task.sentence,
        "differs": _other(task.differs) if task.differs else None,
        "also": _other(task.also) if task.also else None,
        "mine": mine,
    }


def _other(other: OtherPlace) -> dict[str, object]:
    return {
        "clause": other.clause,
        "when_text": other.when_text,
        **_reading(other.reading),
        "condition": other.reading.condition,
        "sentence": other.sentence,
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {
        "recurrence": str(reading.recurrence),
        "start": _moment(reading.start),
        "due": _moment(reading.due),
        "exclusive": reading.exclusive,
    }


def _moment(moment: Moment | None) -> str | None:
    return None if moment is None else moment.isoformat() if isinstance(moment, date) else str(moment)


def outline(session: Session) -> Answer:
    """The sections of the plan's review report, and who sends it by when."""
    from desktop.application.plans import plan_of

    with session.record_or_shipped() as record:
        plan = plan_of(record, session.arguments.get("code", str))
    data = {
        "sections": [
            {
                "number": section.number,
                "title": section.title,
                "level": section.level,
                "points": list(section.points),
            }
            for section in plan.sections
        ],
        "deadlines": [
            {
                "who": deadline.who,
                "what": deadline.what,
                "due": _moment(deadline.reading.due),
                "exclusive": deadline.reading.exclusive,
                "when_text": deadline.when_text,
                "clause": deadline.clause,
                "sentence": deadline.sentence,
            }
            for deadline in plan.deadlines
        ],
        "contradictions": [
            {
                "name": found.name,
                "text": found.text,
                "kept": found.kept,
                "places": [{"clause": place.clause, "sentence": place.sentence} for place in found.places],
            }
            for found in plan.contradictions
        ],
    }

    def lines() -> Iterator[str]:
        for section in plan.sections:
            yield f"{'  ' * (section.level - 1)}{section.number} {section.title}"
        yield ""
        heads = (say("Who"), say("What"), say("By when"))
        yield from table(heads, [(deadline.who, deadline.what, deadline.when_text) for deadline in plan.deadlines])
        for found in plan.contradictions:
            yield ""
            yield f"{', '.join(place.clause for place in found.places)}: {found.text}"

    return Answer(data, lines)


def install(session: Session) -> Answer:
    """Install or renew a plan from a file that a province wrote; an error in it installs nothing."""
    from desktop.application.plans import install_plan

    file = session.arguments.get("file", Path)
    text = read_text(file)
    with session.record() as record:
        plan, findings, changes = install_plan(record, text=text, name=file.name)
    data = {
        "code": plan.code if plan else None,
        "findings": findings_json(findings),
        "changed": changes.changed,
    }

    def lines() -> Iterator[str]:
        yield from finding_lines(findings)
        yield render(count_findings(findings))

    return Answer(data, lines, code_of(findings))


def status(session: Session) -> Answer:
    """How every target of a plan stands against the record."""
    from desktop.application import plans

    told = session.arguments
    period = told.get("period", Period)
    with session.record() as record:
        found = plans.status(
            record,
            code=told.get("code", str),
            period=period,
            unit=told.maybe("unit", str),
            boundaries=told.maybe("boundaries", date),
        )
    heads = (say("Indicator"), say("Year"), say("Sense"), say("Target"), say("Now"), say("Needed now"), say("Verdict"))
    return Answer(
        [_status_json(row) for row in found],
        lambda: table(
            heads,
            [
                (
                    Label(row.indicator.name_vi, row.indicator.name_en),
                    str(row.target.year or ""),
                    COMPARATORS[row.target.comparator],
                    row.target.value,
                    _short(row.figure.value),
                    _short(row.judgement.required_by_now),
                    STATUSES[row.judgement.status],
                )
                for row in found
            ],
        ),
    )


def _short(value: object) -> Decimal | None:
    text = rate(value)  # type: ignore[arg-type]
    return None if text is None else round(Decimal(text), 2)


def _status_json(row: TargetStatus) -> dict[str, object]:
    figure, judged, limits = row.figure, row.judgement, row.judgement.interval
    return {
        "indicator": row.indicator.code,
        "year": row.target.year,
        "target": rate(row.target.value),
        "comparator": str(row.target.comparator),
        "unit": row.target.unit,
        "value": rate(figure.value),
        "numerator": rate(figure.numerator),
        "denominator": rate(figure.denominator),
        "status": str(judged.status),
        "reason": row.reason,
        "missing": [{"unit": one.code, "name": one.name} for one in row.missing],
        "estimated": row.estimated,
        "required_by_now": rate(judged.required_by_now),
        "provisional": judged.provisional,
        "over_whole": row.is_over_whole,
        "reported": figure.reported,
        "expected": figure.expected,
        "interval": None
        if limits is None
        else {
            "lower": rate(limits.lower),
            "upper": rate(limits.upper),
            "level": rate(limits.level),
            "method": str(limits.method),
        },
        "start": None
        if judged.start is None
        else {"year": judged.start.year, "value": rate(judged.start.value), "source": str(judged.start.source)},
    }


_CODE: Final = Word("code", shown="CODE")

COMMANDS: Final = (
    Command(("plan", "list"), say("Plans known"), list_plans),
    Command(
        ("plan", "targets"),
        say("The targets of a plan, each with its clause"),
        targets,
        (_CODE,),
        (Option("year", a_year, "Y"),),
    ),
    Command(("plan", "tasks"), say("The tasks of a plan and when they are due"), tasks, (_CODE,)),
    Command(("plan", "outline"), say("What the plan's review report must hold, and who sends it"), outline, (_CODE,)),
    Command(
        ("plan", "install"),
        say("Install a plan from a file that a province wrote"),
        install,
        (Word("file", a_path, "FILE"),),
    ),
    Command(
        ("plan", "status"),
        say("How every target of a plan stands"),
        status,
        (_CODE,),
        (
            Option("period", a_period, "P", required=True),
            Option("unit", shown="CODE"),
            Option("boundaries", a_day, "DATE"),
        ),
    ),
)
