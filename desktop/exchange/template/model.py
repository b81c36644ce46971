"""A commune's template before it is a workbook: what stands in it, without database and without Excel."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from desktop.domain.elements import Element, Form
from desktop.domain.values import Value
from desktop.exchange.identity import Identity


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One figure to be filled in: its printed number, what earlier periods said (None: nothing), what stands now."""

    number: int
    element: Element
    earlier: tuple[Value | None, ...] = ()
    now: Value | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """A named group of rows."""

    number: str
    name: str
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One sheet. Words are Vietnamese: `period` as "năm 2024", `earlier` the headings of the columns of the past, `due`
    the last day to send it ("" where there is none).
    """

    identity: Identity
    office: str
    unit: str
    title: str
    period: str
    entry: str
    earlier: tuple[str, ...]
    sections: tuple[TemplateSection, ...]
    due: str = ""

    @property
    def rows(self) -> tuple[TemplateRow, ...]:
        """All rows, in order."""
        return tuple(row for section in self.sections for row in section.rows)


def form_version(form: Form) -> str:
    """A short name for what a form asks: other elements or another order give another one."""
    told = json.dumps([form.code, form.elements], ensure_ascii=True)
    return hashlib.sha256(told.encode()).hexdigest()[:8]
