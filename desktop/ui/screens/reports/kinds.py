"""The reports this page makes: what each is called, what is chosen for it, what its file is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.system.i18n import _


class Units(StrEnum):
    """Who can report: the office or any commune, one commune, the office alone."""

    ANY = "any"
    COMMUNE = "commune"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Kind:
    """A report by its name in `application.reports`; `file` begins the name of what is saved."""

    name: str
    title: Callable[[], str]
    file: str
    units: Units = Units.OFFICE
    has_plans: bool = False


KINDS: Final = (
    Kind("targets", lambda: _("Results of the targets"), "bao-cao-chi-tieu", Units.ANY, has_plans=True),
    Kind("criteria-report", lambda: _("National criteria: result and plan"), "bao-cao-tieu-chi-quoc-gia"),
    Kind("criteria-summary", lambda: _("National criteria: summary"), "tong-hop-tieu-chi-quoc-gia"),
    Kind("criteria-heat", lambda: _("National criteria: heat table"), "bang-diem-tieu-chi-quoc-gia"),
    Kind("criteria-self", lambda: _("National criteria: self-score sheet"), "phieu-tu-cham-diem", Units.COMMUNE),
    Kind("criteria-check", lambda: _("National criteria: minutes of the check"), "bien-ban-phuc-tra", Units.COMMUNE),
)


def kind_of(name: str) -> Kind:
    """The kind by its name; the first where it is not known."""
    return next((one for one in KINDS if one.name == name), KINDS[0])
