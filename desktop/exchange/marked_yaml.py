"""YAML files that people write: a tree of plain strings that remembers its lines.

No value is ever guessed to be a date, number or yes: `no`, `2021-10-26` and `012` stay what was written.
Repeated keys, own tags and references (`&`, `*`) are findings with their line, as is text that is not YAML.
`Marked` reads typed values out of the tree and collects what it finds wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.domain.findings import Finding, Severity
from desktop.domain.text import nfc
from desktop.wording import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEEPEST = 50
_OWN_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, list or mapping with the line it starts on, counted from 1."""

    line: int
    value: str | list[Node] | dict[str, Node]


def read(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """Read one YAML document; None where the text is not YAML or is empty, with the reasons as findings."""
    import yaml

    marked = Marked(file)
    builder = _Builder(marked)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = nfc(text.removeprefix("\ufeff"))
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        marked.add("yaml_syntax", mark.line + 1 if mark else None, _syntax(str(fault.problem)), _SYNTAX_ADVICE)
        return None, marked.findings
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        marked.add("yaml_syntax", line, say("The file holds a character that text does not have."))
        return None, marked.findings
    except _TooDeep as fault:
        marked.add("yaml_shape", fault.line, say("The lists are nested too deeply here."))
        return None, marked.findings
    if builder.root is None and not marked.findings:
        marked.add("yaml_empty", 1, say("The file is empty."))
    return builder.root, marked.findings


_SYNTAX_ADVICE = say("Compare the indents and quotes of this line and the one above with a file that is in order.")


def _syntax(problem: str) -> Sentence:
    return say("The line cannot be read as YAML ({problem}).", problem=problem)


class Marked:
    """A file being read: typed access to its nodes, and the findings made on the way."""

    def __init__(self, file: str) -> None:
        """Begin with no findings."""
        self.file = file
        self.findings: list[Finding] = []

    def where(self, line: int) -> Sentence:
        """How a line is called."""
        return say("line {line}", line=line)

    def shown(self, name: str) -> str:
        """What the file calls a field."""
        return name

    def words(self, name: str, allowed: Collection[str]) -> Iterable[str]:  # noqa: ARG002 - by field in a workbook
        """What may be written in a field that has a choice."""
        return allowed

    def add(
        self,
        rule: str,
        line: int | None,
        message: Sentence,
        advice: Sentence | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a finding on a line."""
        self.findings.append(Finding(rule, severity, message, advice, file=self.file, row=line))

    def fields(self, node: Node, *, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, Node]:
        """The known fields of a mapping; missing and unknown ones are findings, a wrong shape gives none."""
        if not isinstance(node.value, dict):
            self.add("yaml_shape", node.line, say("Here a list of fields (name: value) is needed."))
            return {}
        for name in required:
            if name not in node.value:
                self.add("yaml_missing", node.line, say("The field “{name}” is missing.", name=self.shown(name)))
        known = {*required, *optional}
        for name, child in node.value.items():
            if name not in known:
                self.add(
                    "yaml_unknown",
                    child.line,
                    say("The field “{name}” is not known here.", name=self.shown(name)),
                    say("Known fields: {names}.", names=", ".join(map(self.shown, [*required, *optional]))),
                )
        return {name: child for name, child in node.value.items() if name in known}

    def items(self, fields: Mapping[str, Node], name: str) -> list[Node]:
        """The nodes of a list field; empty where it is absent or has another shape (a finding)."""
        node = fields.get(name)
        if node is None or node.value == "":
            return []
        if isinstance(node.value, list):
            return node.value
        self.add("yaml_shape", node.line, say("The field “{name}” must be a list.", name=self.shown(name)))
        return []

    def maybe(self, fields: Mapping[str, Node], name: str) -> str | None:
        """The text of a field with white space folded, None where absent or empty."""
        node = fields.get(name)
        if node is None:
            return None
        if isinstance(node.value, str):
            return " ".join(node.value.split()) or None
        self.add("yaml_shape", node.line, say("The field “{name}” must be text.", name=self.shown(name)))
        return None

    def text(self, fields: Mapping[str, Node], name: str) -> str:
        """The text of a field, empty where absent (`fields` has said so); present but empty is a finding."""
        value = self.maybe(fields, name)
        if value is None and name in fields and isinstance(fields[name].value, str):
            self.add("yaml_missing", fields[name].line, say("The field “{name}” is empty.", name=self.shown(name)))
        return value or ""

    def texts(self, fields: Mapping[str, Node], name: str) -> tuple[str, ...]:
        """The texts of a list field; one text alone counts as a list of one."""
        node = fields.get(name)
        if node is not None and isinstance(node.value, str):
            return (" ".join(node.value.split()),) if node.value.strip() else ()
        parts = []
        for item in self.items(fields, name):
            if isinstance(item.value, str):
                parts.append(" ".join(item.value.split()))
            else:
                self.add("yaml_shape", item.line, say("The field “{name}” must be text.", name=self.shown(name)))
        return tuple(parts)

    def choice(self, fields: Mapping[str, Node], name: str, allowed: Collection[str]) -> str | None:
        """A text out of a set; None where absent or (a finding) not in the set."""
        value = self.maybe(fields, name)
        if value is None or value in allowed:
            return value
        self.add(
            "yaml_choice",
            fields[name].line,
            say("“{value}” is not a value of “{name}”.", value=value, name=self.shown(name)),
            say("Known values: {names}.", names=", ".join(self.words(name, allowed))),
        )
        return None

    def integer(self, fields: Mapping[str, Node], name: str) -> int | None:
        """A whole number; None where absent or (a finding) something else."""
        value = self.decimal(fields, name)
        if value is None:
            return None
        if value == value.to_integral_value():
            return int(value)
        message = say("The field “{name}” must be a whole number.", name=self.shown(name))
        self.add("yaml_number", fields[name].line, message)
        return None

    def decimal(self, fields: Mapping[str, Node], name: str) -> Decimal | None:
        """A number in plain notation with a point; None where absent or (a finding) something else."""
        value = self.maybe(fields, name)
        if value is None:
            return None
        if _NUMBER.fullmatch(value) and value.isascii():
            return Decimal(value)
        self.add(
            "yaml_number",
            fields[name].line,
            say("“{value}” is not a number.", value=value),
            say("Write numbers plainly, with a point before decimals: 12.5"),
        )
        return None

    def day(self, fields: Mapping[str, Node], name: str) -> date | None:
        """A date written YYYY-MM-DD; None where absent or (a finding) something else."""
        value = self.maybe(fields, name)
        if value is None:
            return None
        if _DAY.fullmatch(value) and value.isascii():
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.add(
            "yaml_date",
            fields[name].line,
            say("“{value}” is not a date.", value=value),
            say("Write dates as year-month-day: 2022-10-15"),
        )
        return None

    def flag(self, fields: Mapping[str, Node], name: str, *, default: bool = False) -> bool:
        """True or false; the default where absent."""
        value = self.choice(fields, name, ("true", "false"))
        return default if value is None else value == "true"


class _TooDeep(Exception):
    """The file is nested beyond what any of our files needs."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Node
    key: str | None = None
    waits_for_value: bool = False


class _Builder:
    """Builds the tree from events with a stack of its own, so no nesting can exhaust the machine's."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents == 2:
                self.marked.add(
                    "yaml_documents", event.start_mark.line + 1, say("The file holds more than one document.")
                )
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self.open.pop()
        elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
            self.begin(event, kind)

    def begin(self, event: Any, kind: str) -> None:
        line = event.start_mark.line + 1
        self.refuse_features(event, kind, line)
        value: str | list[Node] | dict[str, Node]
        if kind == "SequenceStartEvent":
            value = []
        elif kind == "MappingStartEvent":
            value = {}
        else:
            value = event.value if kind == "ScalarEvent" else ""
        node = Node(line, value)
        self.place(node)
        if not isinstance(value, str):
            if len(self.open) >= _DEEPEST:
                raise _TooDeep(line)
            self.open.append(_Open(node))

    def refuse_features(self, event: Any, kind: str, line: int) -> None:
        if kind == "AliasEvent" or event.anchor is not None:
            self.marked.add(
                "yaml_reference",
                line,
                say("References (& and *) are not used in these files."),
                say("Quote the text if it begins with this sign."),
            )
        tag = None if kind == "AliasEvent" else event.tag
        if tag not in (None, "!") and not str(tag).startswith(_OWN_TAG):
            self.marked.add("yaml_tag", line, say("The tag {tag} is not known.", tag=str(tag)))

    def place(self, node: Node) -> None:
        if not self.open:
            if self.root is None:
                self.root = node
            return
        top = self.open[-1]
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict):
            self.place_field(top, top.node.value, node)

    def place_field(self, top: _Open, fields: dict[str, Node], node: Node) -> None:
        if not top.waits_for_value:
            top.waits_for_value = True
            top.key = node.value if isinstance(node.value, str) else None
            if top.key is None:
                self.marked.add("yaml_shape", node.line, say("A field's name must be text."))
            elif top.key in fields:
                self.marked.add("yaml_repeated", node.line, say("The field “{name}” stands twice.", name=top.key))
                top.key = None
            return
        top.waits_for_value = False
        if top.key is not None:
            fields[top.key] = node
