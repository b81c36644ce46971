"""Catalogue files: elements, forms, indicators and check rules, written by people, installed like the shipped ones.

One YAML file may hold any of the four lists (`format: sotram-catalogue/1`); every fault is a finding with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from desktop.domain.elements import (
    Behaviour,
    Catalogue,
    Direction,
    Element,
    Form,
    Indicator,
    Section,
    Status,
    ValueType,
)
from desktop.domain.findings import Finding, Severity
from desktop.domain.indicators import BadTerm, element_of
from desktop.domain.rules import Rule, RuleKind
from desktop.exchange.marked_yaml import Marked, Node, read
from desktop.wording import say

FORMAT: Final = "sotram-catalogue/1"
LEVELS: Final = ("commune", "office", "district", "area", "province")
FACTORS: Final = (1, 100, 1000, 10_000, 100_000)
PERIODS: Final = ("month", "quarter", "half", "nine_months", "year")

HEADER: Final = ("format", "source", "status", "elements", "forms", "indicators", "rules")
_ELEMENT: Final = (
    *("code", "name_vi", "name_en", "short_vi", "unit", "type", "behaviour", "level", "source", "status", "decimals"),
    *("minimum", "maximum", "synonyms", "supplied_by", "denominator_kind", "continues", "valid_from", "valid_to"),
    "short_en",
)
_FORM: Final = (
    *("code", "name_vi", "name_en", "level", "periods", "cumulative", "due_working_days", "source", "status"),
    *("sections", "continues", "valid_from", "valid_to"),
)
_INDICATOR: Final = (
    *("code", "name_vi", "name_en", "unit", "direction", "numerator", "denominator", "factor", "decimals"),
    *("judged_at", "pooled_years", "typed", "source", "notes", "path"),
)
_RULE: Final = ("code", "kind", "severity", "left", "right", "elements", "parameters", "source")

T = TypeVar("T", Element, Form, Indicator, Rule)


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What one file defines."""

    catalogue: Catalogue = field(default_factory=Catalogue)
    rules: tuple[Rule, ...] = ()


def read_catalogue(text: str, file: str) -> tuple[CatalogueFile, list[Finding]]:
    """Read a catalogue file; what has an error is left out of the result and named in the findings."""
    root, findings = read(text, file)
    if root is None:
        return CatalogueFile(), findings
    marked = Marked(file)
    found = catalogue_of(root, marked)
    return found, findings + marked.findings


def catalogue_of(root: Node, marked: Marked) -> CatalogueFile:
    """The catalogue of a tree of fields, whatever file it came from; `marked` collects what is wrong with it."""
    return _Reader(marked).file_of(root)


class _Reader:
    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.source = ""
        self.status = Status.OFFICE

    def file_of(self, root: Node) -> CatalogueFile:
        marked = self.marked
        fields = marked.fields(root, optional=HEADER)
        if marked.maybe(fields, "format") not in (FORMAT, None):
            marked.add("catalogue_format", root.line, say("The file's format is not “{format}”.", format=FORMAT))
            return CatalogueFile()
        self.source = marked.maybe(fields, "source") or ""
        self.status = Status(marked.choice(fields, "status", list(Status)) or Status.OFFICE)
        elements = self._unique(map(self._element, marked.items(fields, "elements")))
        forms = self._unique(map(self._form, marked.items(fields, "forms")))
        indicators = self._unique(map(self._indicator, marked.items(fields, "indicators")))
        rules = self._unique(map(self._rule, marked.items(fields, "rules")))
        return CatalogueFile(Catalogue(elements, forms, indicators), tuple(rules.values()))

    def _unique(self, rows: Iterable[tuple[int, T | None]]) -> dict[str, T]:
        found: dict[str, T] = {}
        lines: dict[str, int] = {}
        for line, row in rows:
            if row is None:
                continue
            if row.code in found:
                first = self.marked.where(lines[row.code])
                message = say("“{code}” is defined twice.", code=row.code)
                self.marked.add("catalogue_twice", line, message, say("It stands first here: {place}.", place=first))
            found.setdefault(row.code, row)
            lines.setdefault(row.code, line)
        return found

    def _whole(self, before: int) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.marked.findings[before:])

    def _element(self, node: Node) -> tuple[int, Element | None]:
        marked, before = self.marked, len(self.marked.findings)
        required = ("code", "name_vi", "type", "behaviour", "level")
        fields = marked.fields(node, required=required, optional=[name for name in _ELEMENT if name not in required])
        element = Element(
            code=marked.text(fields, "code"),
            name_vi=marked.text(fields, "name_vi"),
            name_en=marked.maybe(fields, "name_en") or "",
            short_vi=marked.maybe(fields, "short_vi") or "",
            unit=marked.maybe(fields, "unit") or "",
            type=ValueType(marked.choice(fields, "type", list(ValueType)) or ValueType.COUNT),
            behaviour=Behaviour(marked.choice(fields, "behaviour", list(Behaviour)) or Behaviour.STOCK),
            level=marked.choice(fields, "level", LEVELS) or "commune",
            source=marked.maybe(fields, "source") or self.source,
            status=Status(marked.choice(fields, "status", list(Status)) or self.status),
            decimals=marked.integer(fields, "decimals") or 0,
            minimum=_plain(marked, fields, "minimum"),
            maximum=_plain(marked, fields, "maximum"),
            synonyms=marked.texts(fields, "synonyms"),
            supplied_by=marked.maybe(fields, "supplied_by"),
            denominator_kind=marked.maybe(fields, "denominator_kind"),
            continues=marked.maybe(fields, "continues"),
            valid_from=marked.day(fields, "valid_from"),
            valid_to=marked.day(fields, "valid_to"),
            short_en=marked.maybe(fields, "short_en") or "",
        )
        if not 0 <= element.decimals <= 4:
            marked.add("catalogue_decimals", node.line, say("Decimals go from 0 to 4."))
        return node.line, element if self._whole(before) else None

    def _form(self, node: Node) -> tuple[int, Form | None]:
        marked, before = self.marked, len(self.marked.findings)
        required = ("code", "name_vi", "level", "periods", "sections")
        fields = marked.fields(node, required=required, optional=[name for name in _FORM if name not in required])
        form = Form(
            code=marked.text(fields, "code"),
            name_vi=marked.text(fields, "name_vi"),
            name_en=marked.maybe(fields, "name_en") or "",
            level=marked.choice(fields, "level", LEVELS) or "commune",
            periods=marked.choice(fields, "periods", PERIODS) or "year",
            cumulative=marked.flag(fields, "cumulative"),
            due_working_days=marked.integer(fields, "due_working_days"),
            source=marked.maybe(fields, "source") or self.source,
            status=Status(marked.choice(fields, "status", list(Status)) or self.status),
            sections=tuple(map(self._section, marked.items(fields, "sections"))),
            continues=marked.maybe(fields, "continues"),
            valid_from=marked.day(fields, "valid_from"),
            valid_to=marked.day(fields, "valid_to"),
        )
        if len(set(form.elements)) != len(form.elements):
            marked.add("catalogue_twice", node.line, say("An element stands twice in form “{code}”.", code=form.code))
        return node.line, form if self._whole(before) else None

    def _section(self, node: Node) -> Section:
        marked = self.marked
        fields = marked.fields(node, required=("number", "name_vi", "elements"), optional=("name_en",))
        return Section(
            marked.text(fields, "number"),
            marked.text(fields, "name_vi"),
            marked.maybe(fields, "name_en") or "",
            marked.texts(fields, "elements"),
        )

    def _indicator(self, node: Node) -> tuple[int, Indicator | None]:
        marked, before = self.marked, len(self.marked.findings)
        required = ("code", "name_vi", "direction", "judged_at")
        fields = marked.fields(node, required=required, optional=[name for name in _INDICATOR if name not in required])
        factor, decimals = marked.integer(fields, "factor"), marked.integer(fields, "decimals")
        indicator = Indicator(
            code=marked.text(fields, "code"),
            name_vi=marked.text(fields, "name_vi"),
            name_en=marked.maybe(fields, "name_en") or "",
            unit=marked.maybe(fields, "unit") or "",
            direction=Direction(marked.choice(fields, "direction", list(Direction)) or Direction.HIGHER),
            numerator=marked.maybe(fields, "numerator"),
            denominator=marked.maybe(fields, "denominator"),
            factor=factor or 1,
            decimals=1 if decimals is None else decimals,
            judged_at=marked.texts(fields, "judged_at"),
            pooled_years=marked.integer(fields, "pooled_years") or 1,
            typed=marked.flag(fields, "typed"),
            source=marked.maybe(fields, "source") or self.source,
            notes=marked.maybe(fields, "notes") or "",
            path=marked.choice(fields, "path", ("linear", "geometric")) or "linear",
        )
        if indicator.factor not in FACTORS:
            marked.add("catalogue_factor", node.line, say("The factor is 1, 100, 1000, 10000 or 100000."))
        if not indicator.typed and indicator.numerator is None:
            marked.add("catalogue_formula", node.line, say("An indicator has a numerator or is typed."))
        for term in filter(None, (indicator.numerator, indicator.denominator)):
            self._readable(node, term)
        return node.line, indicator if self._whole(before) else None

    def _readable(self, node: Node, term: str) -> None:
        try:
            element_of(term)
        except BadTerm:
            message = say("“{term}” cannot be read as a numerator or denominator.", term=term)
            advice = say("Write the code of an element (doctors), with a condition (doctors>=1), or units:doctors.")
            self.marked.add("catalogue_formula", node.line, message, advice)

    def _rule(self, node: Node) -> tuple[int, Rule | None]:
        marked, before = self.marked, len(self.marked.findings)
        required = ("code", "kind", "severity")
        fields = marked.fields(node, required=required, optional=[name for name in _RULE if name not in required])
        kind = marked.choice(fields, "kind", list(RuleKind))
        left, right = marked.texts(fields, "left"), marked.texts(fields, "right")
        if kind in (RuleKind.AT_MOST, RuleKind.SUM_EQUALS, RuleKind.RATE) and not (left and right):
            marked.add("catalogue_rule", node.line, say("This kind of rule needs “left” and “right”."))
        rule = Rule(
            code=marked.text(fields, "code"),
            kind=RuleKind(kind or RuleKind.LIMITS),
            severity=Severity(marked.choice(fields, "severity", list(Severity)) or Severity.WARNING),
            left=left,
            right=right,
            elements=marked.texts(fields, "elements"),
            parameters=self._parameters(fields),
            source=marked.maybe(fields, "source") or self.source,
        )
        return node.line, rule if self._whole(before) else None

    def _parameters(self, fields: Mapping[str, Node]) -> tuple[tuple[str, str], ...]:
        node = fields.get("parameters")
        if node is None or not isinstance(node.value, dict):
            return ()
        inner = node.value
        return tuple((name, str(self.marked.decimal(inner, name))) for name in inner)


def _plain(marked: Marked, fields: Mapping[str, Node], name: str) -> str | None:
    value = marked.decimal(fields, name)
    return None if value is None else f"{value:f}"


def unknown_codes(file: CatalogueFile, known: Catalogue, name: str) -> list[Finding]:
    """Forms, indicators and rules that speak of elements nobody defined."""
    elements = known.elements.keys() | file.catalogue.elements.keys()
    spoken: list[tuple[str, str]] = [
        (form.code, code) for form in file.catalogue.forms.values() for code in form.elements
    ]
    spoken += [(rule.code, code) for rule in file.rules for code in (*rule.left, *rule.right, *rule.elements)]
    for indicator in file.catalogue.indicators.values():
        named = (indicator.numerator, indicator.denominator)
        spoken += [(indicator.code, element_of(term)) for term in named if term]
    return [
        Finding(
            "catalogue_unknown",
            Severity.ERROR,
            say("“{owner}” speaks of the element “{code}”, which nobody defines.", owner=owner, code=code),
            file=name,
            element=code,
        )
        for owner, code in spoken
        if code not in elements
    ]
