"""Templates for communes: written for a form and period, filled in there, and read back by the import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.application import catalogue
from desktop.application.entry import form_of
from desktop.application.figures import Figure, figures
from desktop.application.offices import Commune, OfficeView, communes_of, office
from desktop.application.records import Record
from desktop.application.series import figures_along
from desktop.application.sheets_of_ours import Written, asked_communes, due_text, file_name, put_file, receiver_of
from desktop.domain.elements import Form
from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.errors import AppError
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.exchange.template.model import Template

Step = Callable[[int, int], None]
_ENTRY = {Kind.ACTUAL: "Số liệu {period}", Kind.ESTIMATE: "Ước thực hiện {period}", Kind.ASSIGNED: "Số giao {period}"}


def write_template(
    record: Record,
    *,
    unit: str,
    form: str,
    period: Period,
    out: Path,
    today: date,
    kind: Kind = Kind.ACTUAL,
    filled: bool = False,
) -> Written:
    """Write the workbook a commune fills in; for the office's own code one sheet a commune.

    `filled` puts the figures the record holds into the open cells. Cells counts the open cells for figures.
    """
    data, cells = template_bytes(record, unit=unit, form=form, period=period, today=today, kind=kind, filled=filled)
    if out.suffix.lower() != ".xlsx":
        raise AppError(
            "only_xlsx", say("Templates are written as .xlsx."), say("Choose a file name that ends in .xlsx.")
        )
    return Written(put_file(out, data), cells)


def template_bytes(
    record: Record,
    *,
    unit: str,
    form: str,
    period: Period,
    today: date,
    kind: Kind = Kind.ACTUAL,
    filled: bool = False,
) -> tuple[bytes, int]:
    """The same as bytes, with the number of open cells."""
    from desktop.exchange.template.writing import template_xlsx

    communes = asked_communes(record, unit, period)
    made = _templates(record, form_of(record, form), period, communes, today=today, kind=kind, filled=filled)
    return template_xlsx(made, made=today), sum(len(template.rows) for template in made)


def write_templates(
    record: Record,
    *,
    form: str,
    period: Period,
    folder: Path,
    today: date,
    kind: Kind = Kind.ACTUAL,
    step: Step | None = None,
) -> list[Written]:
    """One file for each commune of the office, named after it."""
    communes = communes_of(record, on=period.last)
    written = []
    for place, commune in enumerate(communes):
        if step:
            step(place, len(communes))
        out = folder / template_name(record, unit=commune.code, form=form, period=period)
        written.append(
            write_template(record, unit=commune.code, form=form, period=period, out=out, today=today, kind=kind)
        )
    return written


def template_name(record: Record, *, unit: str, form: str, period: Period) -> str:
    """A file name to propose: code, name, form, period."""
    communes = asked_communes(record, unit, period)
    whose = communes[0].name if len(communes) == 1 else office(record, on=period.last).name
    return file_name(unit.replace("uid:", ""), whose, form, period.id, suffix=".xlsx")


def _templates(
    record: Record, form: Form, period: Period, communes: list[Commune], *, today: date, kind: Kind, filled: bool
) -> list[Template]:
    own = office(record, on=period.last)
    past = [period.same_last_year()]
    if not period.is_year and period.previous() != past[0]:
        past.insert(0, period.previous())
    uids = [commune.uid for commune in communes]
    with record.reading():
        now = figures(record, period=period, uids=uids, kind=kind) if filled else {}
        earlier = {one: figures_along(record, period=one, uids=uids) for one in past}
    return [
        _template(
            record,
            form,
            own,
            commune,
            period,
            kind,
            now.get(commune.uid, {}),
            {one: found.get(commune.uid, {}) for one, found in earlier.items()},
            today,
        )
        for commune in communes
    ]


def _template(
    record: Record,
    form: Form,
    own: OfficeView,
    commune: Commune,
    period: Period,
    kind: Kind,
    now: dict[str, Figure],
    earlier: dict[Period, dict[str, Figure]],
    today: date,
) -> Template:
    from desktop.exchange.identity import Identity, Purpose
    from desktop.exchange.template.model import Template, TemplateRow, TemplateSection, form_version

    elements = catalogue.catalogue(record).elements
    numbers = {code: place for place, code in enumerate(form.elements, 1)}

    def row(code: str) -> TemplateRow:
        stands = now.get(code)
        before = tuple(found[code].value if code in found else None for found in earlier.values())
        return TemplateRow(
            numbers[code], elements[code], before, stands.value if stands else None, stands.note if stands else None
        )

    spoken = render(period.sentence(), "vi")
    return Template(
        identity=Identity(
            Purpose.TEMPLATE,
            own.uid,
            commune.uid,
            commune.code,
            form.code,
            form_version(form),
            period.id,
            str(kind),
            today.isoformat(),
        ),
        office=receiver_of(own),
        unit=commune.name,
        title=form.name_vi,
        period=spoken,
        entry=_ENTRY[kind].format(period=spoken),
        earlier=tuple(render(one.sentence(), "vi").capitalize() for one in earlier),
        sections=tuple(
            TemplateSection(section.number, section.name_vi, tuple(row(code) for code in section.elements))
            for section in form.sections
        ),
        due=due_text(record, form, commune, period) if kind is Kind.ACTUAL else "",
    )
