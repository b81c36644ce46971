"""Figures of a form held against the stations' profiles: a warning each, with both figures and what to do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.stations.answers import spoken
from desktop.wording import Label, say

RULE: Final = "differs_from_stations"


def against_profiles(
    record: Record, *, period: Period, units: Collection[str] | None, elements: Collection[str]
) -> list[Finding]:
    """A finding for each figure of the communes (codes; all where None) that is not what their stations tell.

    Only facts said or confirmed in the year of the period speak; where nothing was typed there is nothing to compare.
    """
    from desktop.application.station_feeding import differences

    uids = {one.uid for one in communes_of(record, on=period.last) if units is None or one.code in units}
    differing, _ = differences(record, period=period, units=uids, elements=elements)
    return [
        Finding(
            RULE,
            Severity.WARNING,
            say(
                "{element} is {held} in the form; the station's profile says {told} on {day}.",
                element=Label(one.element.name_vi, one.element.name_en),
                held=spoken(one.item, one.held),
                told=spoken(one.item, one.told),
                day=period.last,
            ),
            say("Correct the one that is wrong, the form or the station's profile; or keep the figure and say why."),
            unit=one.commune.code,
            period=period.id,
            element=one.element.code,
        )
        for one in differing
        if one.held is not None
    ]


def tables(record: Record, period: Period) -> tuple[str, ...]:
    """The tables that decide what the profiles say of a period's forms; none where nothing is asked of them."""
    from desktop.application.station_feeding import asked

    return ("station_fact", "station_item") if asked(record, period) else ()
