"""The sentences of the tab of results: what was reached, which measurement counts, how it moves, what a plan wants."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from desktop.application.nutrition import PathStep, Results
from desktop.application.nutrition_sessions import session_reduction
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Cases, reduction
from desktop.domain.periods import Period
from desktop.domain.text import sort_key
from desktop.system.i18n import _, grouped, render
from desktop.ui import figures
from desktop.ui.screens.children.results.reading import Read, round_name
from desktop.ui.screens.children.results.tables import form_name
from desktop.ui.words import unit_name


def reached(found: Results) -> str:
    """Measured beside listed, and how many communes have figures."""
    total = found.found.total
    told = _("{measured} children measured").format(measured=grouped(total.measured))
    if total.listed is not None and total.coverage is not None:
        told = _("{measured} of {listed} listed children measured ({rate}%)").format(
            measured=grouped(total.measured), listed=grouped(total.listed), rate=figures.rate(total.coverage)
        )
    if len(found.communes) > 1:
        some = sum(bool(group.tally.measured) for group in found.found.communes)
        told += " · " + _("computed from {some} of {all} communes").format(some=some, all=len(found.communes))
    return told


def counted(found: Results, sessions: str) -> str:
    """Which measurement of a child counts."""
    if found.sessions is not None:
        return _("Each child counts once: its measurement in the session {name}.").format(name=sessions)
    return _("Each child counts once: its last measurement between {first} and {last}.").format(
        first=f"{found.first:%d/%m/%Y}", last=f"{found.last:%d/%m/%Y}"
    )


def silent(found: Results, *, most: int | None = None) -> str:
    """The communes in which nobody was measured, by name; of many the first (`most`) and how many more."""
    if len(found.communes) < 2:
        return ""
    pairs = zip(found.communes, found.found.communes, strict=True)
    names = sorted((unit_name(one.name) for one, group in pairs if not group.tally.measured), key=sort_key)
    if most is not None and len(names) > most + 1:
        names = [*names[:most], _("{count} more communes").format(count=len(names) - most)]
    return _("Nobody measured in: {names}.").format(names=", ".join(names)) if names else ""


def moved(found: Read, form: Form, *, by_session: bool) -> str:
    """The average annual rate of reduction, or why there is none."""
    if len(found.rounds if by_session else found.trend) < 2:
        return _("No measurements of earlier periods to compare with.")
    told = _since_round(found, form) if by_session else _since_period(found, form)
    if told is None:
        return _("No average annual rate of reduction: it needs the same part of an earlier year and rates above zero.")
    since, rate, is_sure = told
    words = _("{form}: on average {rate}% less each year since {since}.")
    if rate < 0:
        words = _("{form}: on average {rate}% more each year since {since}.")
    said = words.format(form=form_name(form), rate=figures.rate(abs(rate)), since=since)
    return said if is_sure else said + " " + _("Not sure: the intervals overlap.")


def _since_round(found: Read, form: Form) -> tuple[str, Fraction, bool] | None:
    known = session_reduction(found.rounds, form)
    if known is None:
        return None
    then, now = known[0].tally.of(form), found.rounds[-1].tally.of(form)
    return round_name(known[0]), known[1], not then.overlaps(now)


def _since_period(found: Read, form: Form) -> tuple[str, Fraction, bool] | None:
    known = reduction(found.trend, form)
    if known is None:
        return None
    then, now = known[0].tally.of(form), found.trend[-1].tally.of(form)
    return render(Period.parse(known[0].period).sentence()), known[1], not then.overlaps(now)


def wanted(found: Read, form: Form) -> Iterator[str]:
    """What the plans want of stunting, and how the list stands to it."""
    now = found.results.found.total.of(Form.STUNTING)
    for aim in found.aims if form is Form.STUNTING else ():
        yield _wish(aim) + _verdict(now, aim.required) + "."


def _wish(aim: PathStep) -> str:
    told = _("{plan}: {target}% by {year}").format(plan=aim.plan, target=figures.rate(aim.target), year=str(aim.year))
    if aim.required is not None:
        told += _("; by now {rate}%").format(rate=figures.rate(aim.required))
    return told


def _verdict(now: Cases, required: Fraction | None) -> str:
    """On the way or behind it; few cases whose interval holds what is asked say neither, as everywhere."""
    if required is None or not now.counted:
        return ""
    told = {
        True: _("on its path by the list of children"),
        False: _("behind its path by the list of children"),
        None: _("too few children measured to judge"),
    }
    return ": " + told[now.keeps(required)]
