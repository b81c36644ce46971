"""The writing half of plan files: a plan as YAML in the order of `plan.schema.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from desktop.domain.plans.deadlines import WHOLE_YEAR, Reading, Recurrence, read_deadlines
from desktop.domain.plans.plan import Contradiction, Deadline, OutlineSection, Plan, Target, Task, without_marks

FORMAT: Final = "sotram-plan/1"


def dump_plan(plan: Plan) -> str:
    """Write a plan in the format `load_plan` reads, in the order of the schema; one long text is one line."""
    header = {
        "format": FORMAT,
        "code": plan.code,
        "symbol": plan.symbol,
        "province": plan.province,
        "title": plan.title,
        "issuer": plan.issuer,
        "date": plan.date.isoformat(),
        "kind": str(plan.kind),
        "source": plan.source,
    }
    lines = [*_mapping(header)]
    lines += _list("targets", [_target(target) for target in plan.targets])
    lines += _list("tasks", [_task(task) for task in plan.tasks])
    if plan.sections or plan.deadlines:
        outline = _list("sections", [_section(section) for section in plan.sections], gap=False)
        outline += _list("deadlines", [_deadline(deadline) for deadline in plan.deadlines], gap=False)
        lines += ["", "outline:", *(f"  {line}" for line in outline)]
    lines += _list("contradictions", [_contradiction(found) for found in plan.contradictions])
    return "\n".join(lines) + "\n"


def _target(target: Target) -> list[str]:
    baseline = target.baseline
    return _mapping(
        {
            "indicator": target.indicator,
            "year": _number(target.year),
            "comparator": str(target.comparator),
            "value": _number(target.value),
            "unit": target.unit or None,
            "condition": target.condition,
            "baseline": _mapping({"year": _number(baseline.year), "value": _number(baseline.value)})
            if baseline
            else None,
            "text": target.text,
            "clause": target.clause,
            "sentence": target.sentence,
        }
    )


def _task(task: Task) -> list[str]:
    also = task.also
    return _mapping(
        {
            "group": task.group,
            "number": task.number,
            "text": None if task.text == without_marks(task.sentence) else task.text,
            "lead": task.lead,
            "partners": task.partners,
            "when_text": task.when_text,
            **_reading(task.reading, task.when_text),
            "clause": task.clause,
            "sentence": task.sentence,
            "also": _mapping(
                {
                    "clause": also.clause,
                    "when_text": also.when_text,
                    **_reading(also.reading, also.when_text),
                    "sentence": also.sentence,
                }
            )
            if also
            else None,
        }
    )


def _reading(reading: Reading, when_text: str | None) -> dict[str, str | None]:
    """The fields that state a reading, none where the words alone give it."""
    readings = read_deadlines(when_text)
    if readings == (reading,):
        return {}
    alike = [found for found in readings if found.recurrence is reading.recurrence]
    plain = WHOLE_YEAR if reading.recurrence is Recurrence.YEARLY else Reading(reading.recurrence)
    if (alike[0] if alike else plain) == reading:
        return {"recurrence": str(reading.recurrence)}
    return {
        "recurrence": str(reading.recurrence),
        "start": None if reading.start is None else str(reading.start),
        "due": None if reading.due is None else str(reading.due),
        "exclusive": "true" if reading.exclusive else "false",
        "condition": reading.condition,
    }


def _section(section: OutlineSection) -> list[str]:
    return _mapping(
        {
            "number": section.number,
            "level": str(section.level),
            "title": section.title,
            "points": [_scalar(point) for point in section.points],
        }
    )


def _deadline(deadline: Deadline) -> list[str]:
    return _mapping(
        {
            "who": deadline.who,
            "what": deadline.what,
            "when_text": deadline.when_text,
            **_reading(deadline.reading, deadline.when_text),
            "clause": deadline.clause,
            "sentence": deadline.sentence,
        }
    )


def _contradiction(found: Contradiction) -> list[str]:
    places = [_mapping({"clause": place.clause, "sentence": place.sentence}) for place in found.places]
    head = _mapping({"name": found.name, "text": found.text, "kept": found.kept})
    return [*head, *_list("places", places, gap=False)]


def _number(value: int | Decimal | None) -> str | None:
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _mapping(fields: Mapping[str, str | tuple[str, ...] | list[str] | None]) -> list[str]:
    """Lines of a mapping: text plain or quoted, a tuple as [a, b], a list as lines below; None left out."""
    lines: list[str] = []
    for name, value in fields.items():
        if not value:
            continue
        if isinstance(value, str):
            lines.append(f"{name}: {_scalar(value)}")
        elif isinstance(value, tuple):
            lines.append(f"{name}: [{', '.join(_scalar(part, flow=True) for part in value)}]")
        else:
            bullet = "- " if name == "points" else ""
            lines += [f"{name}:", *(f"  {bullet}{line}" for line in value)]
    return lines


def _list(name: str, items: list[list[str]], *, gap: bool = True) -> list[str]:
    if not items:
        return []
    lines = ["", f"{name}:"] if gap else [f"{name}:"]
    for item in items:
        lines += [f"  {'- ' if place == 0 else '  '}{line}" for place, line in enumerate(item)]
    return lines


_PLAIN = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")


def _scalar(text: str, *, flow: bool = False) -> str:
    """Plain where YAML reads it back as it is, else in double quotes."""
    safe = (
        _PLAIN.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and not (flow and re.search(r"[,\[\]{}:#]", text))
    )
    if safe:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match.group()):04x}", escaped)
    return f'"{escaped}"'
