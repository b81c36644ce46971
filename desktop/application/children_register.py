"""The register of acute malnutrition on paper: how each child came, its treatment, how it ended; with names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.application import access
from desktop.application.child_care import Registered, register
from desktop.application.children_lists import centimetres, kilograms, sex_word
from desktop.application.figures import meant_communes
from desktop.application.offices import office
from desktop.application.records import Record
from desktop.domain.periods import Period

if TYPE_CHECKING:
    from desktop.reports.children_papers import Line
    from desktop.reports.model import Document


def register_list(record: Record, *, unit: str | None, period: Period, today: date) -> Document:
    """The register of a period; noted in the log of who looked."""
    from desktop.application.reports import paper_office
    from desktop.reports.care_papers import register_document
    from desktop.reports.children_papers import Listing, Part

    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    own = office(record, on=period.last, signed=today)
    last = min(today, period.last)
    listings = []
    for commune in communes:
        found = register(record, communes=[commune.uid], first=period.first, last=last)
        if found:
            open_now = sum(one.treatment.is_open(last) for one in found)
            summary = f"Trong sổ {len(found)} lượt; đang điều trị ngày {last:%d/%m/%Y}: {open_now}."
            listings.append(Listing(commune.name, (Part("", tuple(_line(one) for one in found)),), summary))
            access.look(record, what="list", unit=commune.uid, about=last.isoformat(), rows=len(found))
    return register_document(paper_office(own), today.year, period, listings)


def _line(one: Registered) -> Line:
    from desktop.reports.care_papers import CARES, DEGREES, OUTCOMES
    from desktop.reports.children_papers import Line

    child, stay, came = one.child, one.treatment, one.came
    return Line(
        (
            child.name,
            sex_word(child.sex),
            f"{child.birth_date:%d/%m/%Y}" if child.birth_date else "",
            child.mother,
            f"{stay.since:%d/%m/%Y}",
            kilograms(came.weight) if came else "",
            centimetres(came.lenhei) if came else "",
            str(came.muac) if came and came.muac else "",
            "có" if came and came.oedema else "",
            DEGREES[stay.degree],
            CARES[stay.care],
            f"{stay.until:%d/%m/%Y}" if stay.until else "",
            OUTCOMES[stay.outcome] if stay.outcome else "",
        )
    )
