"""What the tab of results shows, read at once on a worker: results, the past, the plans, what the form says else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application import nutrition, nutrition_feeding
from desktop.application.children_columns import share
from desktop.application.nutrition import PathStep, Results
from desktop.application.nutrition_path import PlanPath, nutrition_path
from desktop.application.nutrition_sessions import RoundPoint, session_points
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.nutrition import Group, Point, Tally
from desktop.domain.periods import Period
from desktop.system.i18n import _, render
from desktop.ui.jobs import Step
from desktop.ui.words import unit_name


@dataclass(frozen=True, slots=True)
class Read:
    """Results of a period with the periods and the rounds of sessions before (oldest first), the plans' wishes and
    their ways of stunting, and the figures of the form that disagree.
    """

    results: Results
    trend: tuple[Point, ...]
    rounds: tuple[RoundPoint, ...]
    aims: tuple[PathStep, ...]
    ways: tuple[PlanPath, ...]
    disagreeing: tuple[Finding, ...]


def read(record: Record, step: Step, *, unit: str | None, period: Period, sessions: Sequence[str] | None) -> Read:
    """Everything the tab shows; it can be stopped at any of its steps."""
    found = nutrition.results(record, unit=unit, period=period, sessions=sessions, step=share(step, 0, 4))
    past = nutrition.trend(record, period=period, now=found, step=share(step, 1, 4))
    places = [one.uid for one in found.communes]
    rounds = session_points(record, communes=places, last=period.last, step=share(step, 2, 4))
    step(300, 400)
    aims = nutrition.paths(record, unit=unit, period=period)
    ways = nutrition_path(record, unit=unit, period=period, points=rounds).plans
    step(350, 400)
    wrong = nutrition_feeding.disagreements(record, unit=unit, period=period, sessions=sessions, found=found)
    step(400, 400)
    return Read(found, tuple(past), tuple(rounds), tuple(aims), ways, tuple(wrong))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of children by its name in the table; the strong one is the whole."""

    name: str
    tally: Tally
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A period or a round of sessions by its name, and what was found."""

    name: str
    tally: Tally


def trend_rows(found: Read, *, by_session: bool) -> list[TrendRow]:
    """The periods, or the rounds of sessions, oldest first."""
    if by_session:
        return [TrendRow(round_name(one), one.tally) for one in found.rounds]
    return [TrendRow(render(Period.parse(one.period).sentence()), one.tally) for one in found.trend]


def round_name(one: RoundPoint) -> str:
    """10/12/2024, or 03/12–10/12/2024."""
    return f"{one.last:%d/%m/%Y}" if one.first == one.last else f"{one.first:%d/%m}–{one.last:%d/%m/%Y}"


GROUPINGS = ("communes", "ages", "sexes", "villages", "ethnic", "areas")


def rows_of(found: Results, grouping: str, names: dict[str, str]) -> list[GroupRow]:
    """The rows of one grouping with the whole at the foot; `names` are those of communes by uid."""
    one_commune = len(found.communes) == 1
    made = [
        GroupRow(_name(grouping, group, commune, names, one_commune=one_commune), group.tally)
        for commune, group in _groups(found, grouping)
    ]
    if grouping != "areas":
        made.append(GroupRow(_("All together"), found.found.total, strong=True))
    return made


def _groups(found: Results, grouping: str) -> list[tuple[str, Group]]:
    told = found.found
    if grouping == "villages":
        return [(uid, group) for uid, groups in told.villages.items() for group in groups]
    held = {
        "communes": told.communes, "ages": told.ages, "sexes": told.sexes, "ethnic": told.ethnic_groups,
        "areas": told.areas,
    }  # fmt: skip
    return [("", group) for group in held[grouping]]


def _name(grouping: str, group: Group, commune: str, names: dict[str, str], *, one_commune: bool) -> str:
    if grouping == "communes":
        return unit_name(names.get(group.key, group.key))
    if grouping == "villages":
        told = group.key or _("village unknown")
        return told if one_commune else f"{told} · {unit_name(names.get(commune, ''))}"
    if grouping == "ages" and group.key:
        first, last = group.key.split("-")
        return _("{first}–{last} months").format(first=int(first), last=int(last))
    words = {
        "m": _("Boys"),
        "f": _("Girls"),
        "region_3": _("Communes of region III"),
        "disadvantaged": _("Especially disadvantaged communes"),
        "minorities": _("Children of ethnic minorities"),
        "": _("Not known"),
    }
    return words.get(group.key, group.key)
