"""`children results`, `children follow`: what the tabs Kết quả and Theo dõi show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.arguments import Command, Option, a_day, a_period, one_of
from desktop.cli.output import Answer, iso, rate, table
from desktop.cli.session import Session
from desktop.domain.periods import Period
from desktop.system.i18n import render
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.application.children_follow import Followed
    from desktop.application.nutrition import Results
    from desktop.domain.nutrition import Group, Tally

_WHYS: Final = {
    "severe": say("Severe"),
    "moderate": say("Moderate"),
    "faltering": say("Faltering"),
    "overdue": say("Weigh again"),
}
_NAMES: Final = {
    "m": say("Boys"),
    "f": say("Girls"),
    "region_3": say("Communes of region III"),
    "disadvantaged": say("Especially disadvantaged communes"),
    "minorities": say("Children of ethnic minorities"),
    "": say("Not known"),
}
GROUPS: Final = ("communes", "ages", "sexes", "villages", "ethnic", "areas")


def list_results(session: Session) -> Answer:
    """Rates of a period with their limits, together and in every group; each child counts once."""
    from desktop.application import nutrition
    from desktop.application.children_papers import sessions_on

    told = session.arguments
    unit, period, day = told.maybe("unit", str), told.get("period", Period), told.maybe("session", date)
    with session.record() as record:
        sessions = sessions_on(record, unit=unit, period=period, day=day) if day is not None else None
        found = nutrition.results(record, unit=unit, period=period, sessions=sessions)
    wanted = told.maybe("by", str)
    rows = [(by, key, one) for by, key, one in _groups(found) if wanted in (None, by)]
    data = {
        "period": period.id,
        "first": iso(found.first),
        "last": iso(found.last),
        "total": _tally(found.found.total),
        "groups": [{"by": by, "group": key} | _tally(one) for by, key, one in rows],
    }
    return Answer(data, lambda: _lines(found, rows))


def _groups(found: Results) -> Iterator[tuple[str, str, Tally]]:
    """Every group with its grouping; communes by code, villages as CODE/VILLAGE, what is not known empty."""
    told = found.found
    codes = {one.uid: one.code or f"uid:{one.uid}" for one in found.communes}
    yield from (("communes", codes[one.key], one.tally) for one in told.communes)
    grouped: tuple[tuple[str, tuple[Group, ...]], ...] = (("ages", told.ages), ("sexes", told.sexes))
    for by, groups in (*grouped, ("ethnic", told.ethnic_groups), ("areas", told.areas)):
        yield from ((by, str(one.key), one.tally) for one in groups)
    for uid, villages in told.villages.items():
        yield from (("villages", f"{codes[uid]}/{one.key}", one.tally) for one in villages)


def _tally(told: Tally) -> dict[str, Any]:
    from desktop.domain.nutrition import FORMS

    forms = {}
    for form in FORMS:
        cases = told.of(form)
        limits = cases.limits
        forms[str(form)] = {
            "counted": cases.counted,
            "grade_1": cases.first,
            "grade_2": cases.second,
            "rate": rate(cases.rate),
            "lower": rate(limits.lower if limits else None),
            "upper": rate(limits.upper if limits else None),
        }
    return {"listed": told.listed, "measured": told.measured, "forms": forms}


def _lines(found: Results, rows: list[tuple[str, str, Tally]]) -> Iterator[str]:
    from desktop.domain.nutrition import FORMS
    from desktop.domain.rounding import half_up

    names = {one.code or f"uid:{one.uid}": one.name for one in found.communes}
    names |= {key: render(words) for key, words in _NAMES.items()}
    heads = (
        say("Group"), say("Listed"), say("Measured"), say("Stunted, %"), say("Underweight, %"), say("Wasted, %"),
        say("Overweight, %"),
    )  # fmt: skip

    def line(name: str, told: Tally) -> tuple[object, ...]:
        rates = (told.of(form).rate for form in FORMS)
        shown = (half_up(one, 1) if one is not None else None for one in rates)
        return (name, told.listed, told.measured, *shown)

    together = line(render(say("All together")), found.found.total)
    yield from table(heads, [*(line(names.get(key, key), one) for _by, key, one in rows), together])


def list_followed(session: Session) -> Answer:
    """The children somebody should look after on a day; noted in the log of who looked."""
    from desktop.application import access
    from desktop.application.children import meant
    from desktop.application.children_follow import follow_up
    from desktop.application.offices import communes_of

    told = session.arguments
    day = told.maybe("as-of", date) or session.today
    with session.record() as record:
        communes = meant(record, unit=told.maybe("unit", str), day=day)
        found = follow_up(record, communes=communes, day=day)
        for uid in communes:
            access.look(
                record, what="list", unit=uid, about=day.isoformat(), rows=sum(one.unit == uid for one in found)
            )
        codes = {one.uid: one.code or f"uid:{one.uid}" for one in communes_of(record, on=day)}
    data = [_followed(one, codes) for one in found]
    heads = (say("Commune"), say("Village"), say("Full name"), say("Birth date"), say("Visit"), say("Why"))
    rows = [_row(one, codes) for one in found]
    return Answer(data, lambda: table(heads, rows))


def _row(one: Followed, codes: dict[str, str]) -> tuple[object, ...]:
    case = one.case
    last = case.last.measurement.day if case.last is not None else None
    whys = ", ".join(render(_WHYS[why]) for why in case.whys)
    return (codes.get(one.unit), case.child.village, case.child.name, case.child.birth_date, last, whys)


def _followed(one: Followed, codes: dict[str, str]) -> dict[str, Any]:
    case = one.case
    return {
        "uid": case.child.uid,
        "unit": codes.get(one.unit),
        "village": case.child.village,
        "name": case.child.name,
        "birth_date": iso(case.child.birth_date),
        "why": [str(why) for why in case.whys],
        "found": [f"{index}:{graded}" for index, graded in case.found],
        "last": iso(case.last.measurement.day) if case.last is not None else None,
        "due": iso(case.due),
    }


COMMANDS: Final = (
    Command(
        ("children", "results"),
        say("Rates of a period with their 95% limits, in every group of children"),
        list_results,
        options=(
            Option("period", a_period, "P", required=True),
            Option("unit", shown="CODE"),
            Option("session", a_day, "DATE"),
            Option("by", one_of(*GROUPS), "|".join(GROUPS)),
        ),
    ),
    Command(
        ("children", "follow"),
        say("Children to look after on a day; who looks is noted"),
        list_followed,
        options=(Option("unit", shown="CODE"), Option("as-of", a_day, "DATE")),
    ),
)
