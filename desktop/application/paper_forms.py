"""Forms on paper in the layout of statistical reports: empty ones to be filled in by hand, or with their figures."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.application import catalogue
from desktop.application.figures import Figure, figures, meant_communes
from desktop.application.offices import Commune, office
from desktop.application.records import Record
from desktop.application.series import figures_along
from desktop.application.sheets_of_ours import due_text, receiver_of
from desktop.domain.elements import Form
from desktop.domain.periods import Period
from desktop.errors import UsageError
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.reports.statistical_form import StatisticalForm


def forms_pdf(
    record: Record, *, unit: str | None, period: Period, today: date, form: str | None, filled: bool
) -> tuple[bytes, int]:
    """The form of a commune, or of every commune of the office, as PDF with its number of pages.

    Empty cells for this period unless `filled`; figures of the past stand there either way.
    """
    from desktop.reports.pdf.statistical import print_forms

    chosen = the_form(record, form, period)
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    with record.reading():
        made = _gathered(record, chosen, communes, period, filled=filled)
    held = BytesIO()
    pages = print_forms(made, held, made=today)
    return held.getvalue(), pages.total


def the_form(record: Record, code: str | None, period: Period) -> Form:
    """The form asked for, else the only one that is filled in for such a period."""
    from desktop.application.entry import form_of

    if code is not None:
        return form_of(record, code)
    fitting = [one for one in catalogue.catalogue(record).forms.values() if one.fits(period)]
    if len(fitting) != 1:
        raise UsageError(
            "form_needed",
            say("{count} forms are filled in for this period; say which.", count=len(fitting)),
            say("Add --form with the code of a form (“sotram forms”)."),
        )
    return fitting[0]


def _gathered(
    record: Record, form: Form, communes: list[Commune], period: Period, *, filled: bool
) -> list[StatisticalForm]:
    own = office(record, on=period.last)
    past = period.same_last_year()
    uids = [commune.uid for commune in communes]
    now = figures(record, period=period, uids=uids) if filled else {}
    then = figures_along(record, period=past, uids=uids)
    return [
        _form(record, form, commune, period, (now.get(commune.uid, {}), then.get(commune.uid, {})), receiver_of(own))
        for commune in communes
    ]


def _form(
    record: Record,
    form: Form,
    commune: Commune,
    period: Period,
    held: tuple[dict[str, Figure], dict[str, Figure]],
    receiver: str,
) -> StatisticalForm:
    from desktop.reports.statistical_form import FormLine, FormPart, StatisticalForm

    elements = catalogue.catalogue(record).elements
    numbers = {code: place for place, code in enumerate(form.elements, 1)}
    now, then = held

    def line(code: str) -> FormLine:
        figure, before = now.get(code), then.get(code)
        past = (before.value if before else None,)
        note = (figure.note or "") if figure else ""
        return FormLine(numbers[code], elements[code], past, figure.value if figure else None, note)

    name = commune.name[:1].lower() + commune.name[1:]
    return StatisticalForm(
        form,
        f"Trạm Y tế {name}",
        receiver,
        _bare(commune.name),
        period,
        (period.same_last_year(),),
        tuple(
            FormPart(section.number, section.name_vi, tuple(line(code) for code in section.elements))
            for section in form.sections
        ),
        due_text(record, form, commune, period),
    )


def _bare(name: str) -> str:
    """A commune's name without its kind, as it stands in a date line."""
    for kind in ("Thị trấn ", "Phường ", "Đặc khu ", "Xã "):
        if name.startswith(kind):
            return name.removeprefix(kind)
    return name
