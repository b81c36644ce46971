"""Plan files: one YAML file a plan, written by people (`resources/help/ke-hoach.md`, `plan.schema.json`).

`load_plan` gives the plan, or None and the findings with their lines; `dump_plan` writes the same format, so that
a plan loaded from what was dumped is the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from desktop.domain.elements import Direction, Indicator
from desktop.domain.findings import Finding, Severity, has_errors
from desktop.domain.plans.comparators import read_comparator
from desktop.domain.plans.deadlines import (
    WHOLE_YEAR,
    Moment,
    MonthDay,
    Reading,
    Recurrence,
    read_deadlines,
)
from desktop.domain.plans.plan import (
    Baseline,
    Comparator,
    Contradiction,
    Deadline,
    OtherPlace,
    OutlineSection,
    Place,
    Plan,
    PlanKind,
    Target,
    Task,
    without_marks,
)
from desktop.exchange.marked_yaml import Marked, Node, read
from desktop.exchange.plan_writing import FORMAT, dump_plan
from desktop.wording import Sentence, say

UNITS: Final = ("năm", "%", "‰", "/10.000", "/100.000", "cm", "đơn vị", "giường", "loại")

_HEADER = ("format", "code", "symbol", "province", "title", "issuer", "date", "kind", "source")
_PARTS = ("targets", "tasks", "outline", "contradictions")
_TARGET = ("indicator", "comparator", "text", "clause", "sentence")
_TARGET_MORE = ("year", "value", "unit", "condition", "baseline")
_READING = ("recurrence", "start", "due", "exclusive", "condition")
_TASK = ("group", "clause", "sentence")
_TASK_MORE = ("number", "text", "lead", "partners", "when_text", *_READING, "also")


def load_plan(
    text: str, file: str, *, indicators: Mapping[str, Indicator] | None = None
) -> tuple[Plan | None, list[Finding]]:
    """Read a plan file; None where one of the findings is an error.

    With the vocabulary of indicators their codes, units and the words of the comparators are checked too.
    """
    root, findings = read(text, file)
    if root is None:
        return None, findings
    loader = _Loader(file, indicators)
    plan = loader.plan(root)
    findings = [*findings, *loader.findings]
    return (None if has_errors(findings) else plan), findings


class _Loader(Marked):
    def __init__(self, file: str, indicators: Mapping[str, Indicator] | None) -> None:
        super().__init__(file)
        self.indicators = indicators

    def plan(self, root: Node) -> Plan:
        fields = self.fields(root, required=_HEADER, optional=_PARTS)
        self.choice(fields, "format", (FORMAT,))
        outline = fields.get("outline")
        parts = self.fields(outline, optional=("sections", "deadlines")) if outline and outline.value else {}
        return Plan(
            code=self.text(fields, "code"),
            symbol=self.text(fields, "symbol"),
            province=self.text(fields, "province"),
            title=self.text(fields, "title"),
            issuer=self.text(fields, "issuer"),
            date=self.day(fields, "date") or date.min,
            kind=PlanKind(self.choice(fields, "kind", tuple(PlanKind)) or PlanKind.PLAN),
            source=self.text(fields, "source"),
            targets=self.targets(self.items(fields, "targets")),
            tasks=tuple(self.task(node) for node in self.items(fields, "tasks")),
            sections=tuple(self.section(node) for node in self.items(parts, "sections")),
            deadlines=tuple(self.deadline(node) for node in self.items(parts, "deadlines")),
            contradictions=tuple(self.contradiction(node) for node in self.items(fields, "contradictions")),
        )

    def targets(self, nodes: Iterable[Node]) -> tuple[Target, ...]:
        targets: list[Target] = []
        for node in nodes:
            target = self.target(node)
            if any(_same_target(target, other) for other in targets):
                self.add(
                    "plan_target_repeated",
                    node.line,
                    say("The target {indicator} stands twice for the same year.", indicator=target.indicator),
                    severity=Severity.WARNING,
                )
            targets.append(target)
        return tuple(targets)

    def target(self, node: Node) -> Target:
        fields = self.fields(node, required=_TARGET, optional=_TARGET_MORE)
        target = Target(
            indicator=self.text(fields, "indicator"),
            year=self.year(fields, "year"),
            comparator=Comparator(self.choice(fields, "comparator", tuple(Comparator)) or Comparator.TEXT),
            value=self.decimal(fields, "value"),
            unit=self.choice(fields, "unit", UNITS) or "",
            text=self.text(fields, "text"),
            clause=self.text(fields, "clause"),
            sentence=self.text(fields, "sentence"),
            condition=self.maybe(fields, "condition"),
            baseline=self.baseline(fields),
        )
        if "comparator" in fields and (target.value is None) != (target.comparator is Comparator.TEXT):
            self.add(
                "plan_value",
                node.line,
                say("A target has a value, or its comparator is “text”."),
            )
        elif fields:
            self.check_target(target, node.line)
        return target

    def check_target(self, target: Target, line: int) -> None:
        if target.text and target.text not in target.sentence:
            self.warn("plan_words", line, say("The words of the target are not a part of its sentence."))
        if self.indicators is None or not target.indicator:
            return
        indicator = self.indicators.get(target.indicator)
        if indicator is None:
            self.add(
                "plan_indicator",
                line,
                say("The indicator “{code}” is not in the catalogue.", code=target.indicator),
                say("Use a code of the list of indicators, or add the indicator to it first."),
            )
            return
        if target.value is not None and target.unit != indicator.unit:
            self.warn("plan_unit", line, say("The target's unit is not the unit of its indicator."))
        expected = read_comparator(target.text, target.value, Direction(indicator.direction))
        if target.comparator is not expected:
            self.add(
                "plan_comparator",
                line,
                say(
                    "The comparator is “{given}”, but the words of the target read as “{expected}”.",
                    given=str(target.comparator),
                    expected=str(expected),
                ),
                severity=Severity.WARNING,
            )

    def warn(self, rule: str, line: int, message: Sentence) -> None:
        self.add(rule, line, message, severity=Severity.WARNING)

    def year(self, fields: Mapping[str, Node], name: str) -> int | None:
        value = self.integer(fields, name)
        if value is not None and not 1900 <= value <= 2200:
            self.add("yaml_number", fields[name].line, say("“{value}” is not a year.", value=str(value)))
            return None
        return value

    def baseline(self, fields: Mapping[str, Node]) -> Baseline | None:
        node = fields.get("baseline")
        if node is None or node.value == "":
            return None
        parts = self.fields(node, required=("year", "value"))
        year, value = self.year(parts, "year"), self.decimal(parts, "value")
        return Baseline(year, value) if year is not None and value is not None else None

    def task(self, node: Node) -> Task:
        fields = self.fields(node, required=_TASK, optional=_TASK_MORE)
        when_text = self.maybe(fields, "when_text")
        sentence = self.text(fields, "sentence")
        return Task(
            group=self.text(fields, "group"),
            number=self.maybe(fields, "number"),
            text=self.maybe(fields, "text") or without_marks(sentence),
            lead=self.texts(fields, "lead"),
            partners=self.texts(fields, "partners"),
            when_text=when_text,
            reading=self.reading(fields, when_text, node.line),
            clause=self.text(fields, "clause"),
            sentence=sentence,
            also=self.other_place(fields),
        )

    def other_place(self, fields: Mapping[str, Node]) -> OtherPlace | None:
        node = fields.get("also")
        if node is None or node.value == "":
            return None
        parts = self.fields(node, required=("clause", "sentence"), optional=("when_text", *_READING))
        when_text = self.maybe(parts, "when_text")
        return OtherPlace(
            self.text(parts, "clause"),
            self.text(parts, "sentence"),
            when_text,
            self.reading(parts, when_text, node.line),
        )

    def reading(self, fields: Mapping[str, Node], when_text: str | None, line: int) -> Reading:
        """The reading of the words, or the one the file states."""
        readings = read_deadlines(when_text)
        given = self.choice(fields, "recurrence", tuple(Recurrence))
        details = [name for name in _READING[1:] if name in fields]
        if given is None:
            if details:
                self.add("plan_reading", line, say("Give the recurrence with {names}.", names=", ".join(details)))
            if len(readings) > 1:
                self.warn(
                    "plan_rhythms", line, say("Two rhythms are named: write one row for each, with its recurrence.")
                )
            return readings[0]
        recurrence = Recurrence(given)
        if not details:
            alike = [reading for reading in readings if reading.recurrence is recurrence]
            if alike:
                return alike[0]
            stated = WHOLE_YEAR if recurrence is Recurrence.YEARLY else Reading(recurrence)
        else:
            stated = Reading(
                recurrence,
                self.moment(fields, "start", recurrence),
                self.moment(fields, "due", recurrence),
                self.flag(fields, "exclusive"),
                self.maybe(fields, "condition"),
            )
        if stated not in readings:
            self.add(
                "plan_reading",
                line,
                say("The stated deadline is not what its words say; the stated one counts."),
                severity=Severity.NOTE,
            )
        return stated

    def moment(self, fields: Mapping[str, Node], name: str, recurrence: Recurrence) -> Moment | None:
        if recurrence is not Recurrence.YEARLY:
            return self.day(fields, name)
        value = self.maybe(fields, name)
        found = re.fullmatch(r"(\d\d)-(\d\d)", value or "")
        try:
            if found:
                date(2000, int(found[1]), int(found[2]))
                return MonthDay(int(found[1]), int(found[2]))
        except ValueError:
            pass
        if value is not None:
            self.add(
                "yaml_date",
                fields[name].line,
                say("“{value}” is not a day of every year.", value=value),
                say("Write it as month-day: 01-31"),
            )
        return None

    def section(self, node: Node) -> OutlineSection:
        fields = self.fields(node, required=("number", "level", "title"), optional=("points",))
        return OutlineSection(
            self.text(fields, "number"),
            self.text(fields, "title"),
            self.integer(fields, "level") or 1,
            self.texts(fields, "points"),
        )

    def deadline(self, node: Node) -> Deadline:
        fields = self.fields(node, required=("who", "what", "when_text", "clause", "sentence"), optional=_READING)
        when_text = self.text(fields, "when_text")
        return Deadline(
            self.text(fields, "who"),
            self.text(fields, "what"),
            when_text,
            self.reading(fields, when_text, node.line),
            self.text(fields, "clause"),
            self.text(fields, "sentence"),
        )

    def contradiction(self, node: Node) -> Contradiction:
        fields = self.fields(node, required=("name", "text", "kept", "places"))
        places = []
        for place in self.items(fields, "places"):
            parts = self.fields(place, required=("clause", "sentence"))
            places.append(Place(self.text(parts, "clause"), self.text(parts, "sentence")))
        return Contradiction(
            self.text(fields, "name"), self.text(fields, "text"), self.text(fields, "kept"), tuple(places)
        )


def _same_target(one: Target, other: Target) -> bool:
    return (one.indicator, one.year, one.comparator, one.value) == (
        other.indicator,
        other.year,
        other.comparator,
        other.value,
    )


__all__ = ["FORMAT", "UNITS", "dump_plan", "load_plan"]
