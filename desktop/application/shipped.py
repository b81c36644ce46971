"""What the program ships: register, catalogue and plans, read from `resources/` when first asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from desktop.domain.elements import Behaviour, Catalogue, Element, Status, ValueType
from desktop.domain.units import Part, Register
from desktop.errors import AppError
from desktop.system.paths import resource
from desktop.wording import say

if TYPE_CHECKING:
    # The readers are loaded when something shipped is asked for: an open record needs none of them.
    from desktop.domain.plans import Plan
    from desktop.domain.rules import Rule
    from desktop.exchange.catalogue_file import CatalogueFile
    from desktop.exchange.register_file import Lists

CATALOGUE_FILES = ("commune-year.yaml", "indicators.yaml")
REGISTER_FILES = ("units-2025-03-01.csv", "units-2026-07-25.csv", "map-2025-07-01.csv")


def _text(*parts: str) -> str:
    return resource(*parts).read_text(encoding="utf-8")


@cache
def lists() -> Lists:
    """The official lists and the map between them."""
    from desktop.exchange.register_file import read_lists

    return read_lists(*(_text("units", name) for name in REGISTER_FILES))


@cache
def register(province: str | None = None) -> tuple[Register, list[Part]]:
    """The dated units tied to a province (None: the whole country) and the parts of the reform of 2025."""
    from desktop.exchange.register_file import build_register

    return build_register(lists(), province=province)


@cache
def files() -> tuple[CatalogueFile, ...]:
    """The shipped catalogue files; a fault in one is a fault of the program."""
    from desktop.exchange.catalogue_file import read_catalogue

    found = []
    for name in CATALOGUE_FILES:
        read, findings = read_catalogue(_text("catalogue", name), name)
        if findings:
            raise AssertionError(f"{name}: {[str(finding.message) for finding in findings]}")
        found.append(read)
    return tuple(found)


@cache
def catalogue() -> Catalogue:
    """All shipped elements, forms and indicators."""
    whole = Catalogue()
    for file in files():
        whole.elements.update(file.catalogue.elements)
        whole.forms.update(file.catalogue.forms)
        whole.indicators.update(file.catalogue.indicators)
    whole.elements.update(typed_elements(whole))
    return whole


def typed_elements(known: Catalogue) -> dict[str, Element]:
    """An element for each indicator without a formula, so that an office can type its figure under the same code."""
    return {
        indicator.code: Element(
            code=indicator.code,
            name_vi=indicator.name_vi,
            name_en=indicator.name_en,
            short_vi="",
            unit=indicator.unit,
            type=ValueType.DECIMAL,
            behaviour=Behaviour.YEARLY,
            level="office",
            source=indicator.source,
            status=Status.OFFICE,
            decimals=2,
        )
        for indicator in known.indicators.values()
        if indicator.typed and indicator.code not in known.elements
    }


def rules() -> tuple[Rule, ...]:
    """All shipped check rules."""
    return tuple(rule for file in files() for rule in file.rules)


@cache
def plans() -> dict[str, Plan]:
    """The shipped plans by code, in the order of their dates."""
    from desktop.exchange.plan_file import load_plan

    found = []
    for path in sorted(resource("catalogue", "plans").glob("*.yaml")):
        plan, findings = load_plan(path.read_text(encoding="utf-8"), path.name)
        if plan is None:
            raise AssertionError(f"{path.name}: {[str(finding.message) for finding in findings]}")
        found.append(plan)
    return {plan.code: plan for plan in sorted(found, key=lambda plan: (str(plan.date or ""), plan.code))}


def plan(code: str) -> Plan:
    """A shipped plan by its code, or by its symbol alone where that is unique."""
    return chosen_plan(plans(), code)


def chosen_plan(known: dict[str, Plan], code: str) -> Plan:
    """The plan meant by a code or a unique symbol; AppError `unknown_plan` or `ambiguous_plan`."""
    if code in known:
        return known[code]
    meant = [plan for plan in known.values() if plan.symbol == code]
    if len(meant) == 1:
        return meant[0]
    listed = ", ".join(plan.code for plan in (meant or known.values()))
    if meant:
        raise AppError(
            "ambiguous_plan", say("Several plans bear {code}.", code=code), say("Say one of: {plans}.", plans=listed)
        )
    raise AppError(
        "unknown_plan", say("No plan {code} is known.", code=code), say("Known plans: {plans}.", plans=listed)
    )
