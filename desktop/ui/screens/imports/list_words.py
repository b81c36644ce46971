"""What is said of weighing lists: who each row is, what each column was taken for, what writing would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from desktop.application.children_import import ListPlan, ListSheet, Who
from desktop.system.i18n import _, grouped
from desktop.ui.screens.imports.taken import Head, Heads, Sure, Taken


def who_words(who: Who) -> str:
    """Who a row is."""
    return {
        Who.KNOWN: _("known child"),
        Who.NEW: _("new child"),
        Who.DOUBTFUL: _("to settle"),
        Who.TWICE: _("named before"),
    }[who]


def role_words(role: str) -> str:
    """What a column of a list holds."""
    told: Mapping[str, str] = {
        "name": _("full name"),
        "sex": _("sex"),
        "male": _("boy"),
        "female": _("girl"),
        "birth_date": _("birth date"),
        "birth_day": _("day of birth"),
        "birth_month": _("month of birth"),
        "birth_year": _("year of birth"),
        "birth_of_boys": _("birth date, boys"),
        "birth_of_girls": _("birth date, girls"),
        "age": _("age, to compare"),
        "visit": _("day of weighing"),
        "weight": _("weight"),
        "lenhei": _("length or height"),
        "lying": _("length, lying"),
        "standing": _("height, standing"),
        "position": _("lying or standing"),
        "muac": _("arm circumference"),
        "oedema": _("oedema"),
        "mother": _("mother"),
        "ethnic_group": _("ethnic group"),
        "village": _("village"),
        "commune": _("commune"),
        "absent": _("absent"),
        "note": _("note"),
    }
    return told.get(role, role)


def children_words(plan: ListPlan) -> list[str]:
    """What writing the lists would do, in words."""
    count = Counter(one.who for one in plan.rows)
    told = [
        (count[Who.KNOWN], _("{count} known children")),
        (count[Who.NEW], _("{count} new children")),
        (count[Who.DOUBTFUL], _("{count} rows to settle")),
        (count[Who.TWICE], _("{count} named twice")),
    ]
    return [text.format(count=grouped(number)) for number, text in told if number]


def list_heads(listed: ListSheet) -> Heads:
    """Over each column what it holds, before each row who it is."""
    columns = {
        one.place: Head(role_words(one.element) if one.element else _("not read here"), bool(one.element), one.sure)
        for one in listed.list.reading.columns
    }
    rows = {one.placed.row.row: Head(who_words(one.who), is_read=True) for one in listed.rows}
    return Heads(columns, rows)


def list_taken(listed: ListSheet) -> tuple[Taken, ...]:
    """The headings and what they were taken for."""
    return tuple(
        Taken(
            one.place,
            one.heading,
            one.element,
            role_words(one.element) if one.element else _("not read here"),
            Sure.YES if one.element else Sure.NO,
        )
        for one in listed.list.reading.columns
    )
