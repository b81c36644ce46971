"""The tables that travel: which fields a row has and what each may hold. One format for all programs of format 1.

A unit in a row of figures is {uid, code, name, valid_from}: the receiver finds it by uid, then by code and day
(`contract/record.md` 6); elsewhere its uid alone. Amounts are plain decimals in a text, at most four decimals. An empty
field is left out. Definitions are the catalogue's own JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final

from desktop.domain.child_care import Care, Degree, Outcome, Supplement
from desktop.domain.children import Position, Presence, SessionKind, Sex
from desktop.domain.criteria.scoring import By
from desktop.domain.periods import BadPeriod, Period
from desktop.domain.stations.facts import Way
from desktop.domain.units import UnitKind
from desktop.domain.values import LARGEST, SCALE, Kind, State

# A check may raise TypeError for a list or an object where a word belongs: that counts as wrong.
Check = Callable[[Any], bool]
ORIGINS: Final = ("typed", "import", "list", "received", "restored")
HOWS: Final = ("typed", "import", "record")
SUBMISSION_STATES: Final = ("in_entry", "complete", "checked", "locked", "returned")
_AMOUNT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{0,3}[1-9])?")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def text(longest: int = 300) -> Check:
    """A text that is not empty."""
    return lambda found: isinstance(found, str) and 0 < len(found) <= longest


def maybe_empty(longest: int = 300) -> Check:
    """A text."""
    return lambda found: isinstance(found, str) and len(found) <= longest


def one_of(words: Iterable[object]) -> Check:
    """One of these words; what cannot be looked up raises TypeError, which counts as wrong."""
    return frozenset(str(word) for word in words).__contains__


def whole(least: int = 0, most: int = LARGEST) -> Check:
    """A whole number between two bounds."""
    return lambda found: isinstance(found, int) and not isinstance(found, bool) and least <= found <= most


def is_flag(found: object) -> bool:
    """True or false."""
    return isinstance(found, bool)


def is_object(found: object) -> bool:
    """Any object: a definition, read later by the catalogue, which makes findings of what is wrong."""
    return isinstance(found, dict)


def is_uid(found: object) -> bool:
    """A uid: what another record made, so nothing is asked of its form but that it is short and plain."""
    return isinstance(found, str) and 0 < len(found) <= 64 and found.isascii() and found.isprintable()


def is_day(found: object) -> bool:
    """An ISO date."""
    try:
        return isinstance(found, str) and len(found) == 10 and date.fromisoformat(found) is not None
    except ValueError:
        return False


def is_start(found: object) -> bool:
    """An ISO date, or empty: before the record began."""
    return found == "" or is_day(found)


def is_sha256(found: object) -> bool:
    """The hash of a file that travels along or is already there."""
    return isinstance(found, str) and _SHA256.fullmatch(found) is not None


def is_amount(found: object) -> bool:
    """A plain decimal of at most four decimals without trailing zeros that fits the record."""
    return isinstance(found, str) and _AMOUNT.fullmatch(found) is not None and abs(scaled(found)) <= LARGEST


def is_points(found: object) -> bool:
    """Points of a row: an amount that is not below 0."""
    return is_amount(found) and not str(found).startswith("-")


def is_month(found: object) -> bool:
    """A year and a month: 2024-06."""
    return isinstance(found, str) and len(found) == 7 and is_day(f"{found}-01")


def is_unit(found: object) -> bool:
    """A unit by uid, with code, name and first day to find it by where the uid is not known."""
    return isinstance(found, dict) and _is_unit(*(found.get(name) for name in ("uid", "code", "name", "valid_from")))


@lru_cache(maxsize=4096)
def _is_unit(uid: object, code: object, name: object, start: object) -> bool:
    return (
        is_uid(uid)
        and (code is None or (isinstance(code, str) and len(code) <= 40))
        and isinstance(name, str)
        and 0 < len(name) <= 300
        and (start is None or is_day(start))
    )


@lru_cache(maxsize=4096)
def is_period(found: object) -> bool:
    """The id of a period as we write it."""
    try:
        return isinstance(found, str) and Period.parse(found).id == found
    except BadPeriod:
        return False


def scaled(amount: str) -> int:
    """The ten-thousandths of a plain decimal."""
    number, _, part = amount.partition(".")
    return int(number + part.ljust(4, "0")) if part else int(number) * SCALE


def plain_amount(amount: int) -> str:
    """The plain decimal of ten-thousandths."""
    number, part = divmod(abs(amount), SCALE)
    sign = "-" if amount < 0 else ""
    return f"{sign}{number}.{part:04d}".rstrip("0") if part else f"{sign}{number}"


def is_consistent_value(found: Mapping[str, Any]) -> bool:
    """Whether state, amount and text of a value say the same."""
    state, amount = found["state"], found.get("amount")
    if state == State.NUMBER:
        return amount is not None and amount not in {"0", "-0"} and "text" not in found
    if state == State.ZERO:
        return amount == "0" and "text" not in found
    return amount is None and (state == State.TEXT) == (found.get("text") is not None)


def is_consistent_visit(found: Mapping[str, Any]) -> bool:
    """Whether a child that was absent was not measured too."""
    measured = any(found.get(name) for name in ("weight", "lenhei", "muac", "oedema"))
    return not (found.get("absent") and measured)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a package: the fields of its key, those always there, those that may be empty."""

    name: str
    key: Mapping[str, Check]
    needed: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    agrees: Callable[[Mapping[str, Any]], bool] = bool


_CODE: Final = text(100)
_NAME: Final = text(500)
_LONG: Final = maybe_empty(20_000)
_FORM: Final[dict[str, Check]] = {"unit": is_unit, "form": _CODE, "period": is_period}
_PARTICULARS: Final[dict[str, Check]] = {
    "sex": one_of(Sex),
    "birth_date": is_day,
    "village": _NAME,
    "ethnic_group": _NAME,
    "mother": _NAME,
    "personal_id": _NAME,
    "note": _LONG,
    "struck": is_flag,
}
_MEASURED: Final[dict[str, Check]] = {
    "weight": whole(1, 1_000_000),  # grams
    "lenhei": whole(1, 100_000),  # millimetres
    "position": one_of(Position),
    "oedema": is_flag,
    "muac": whole(1, 10_000),
    "absent": is_flag,
}
_DEFINITION: Final[dict[str, Check]] = {"definition": is_object}
_SCORED: Final[dict[str, Check]] = {
    "unit": is_unit,
    "year": whole(1900, 2200),
    "criteria_set": _CODE,
    "line": _CODE,
    "scorer": one_of(By),
}

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table("unit", {"unit": is_uid}, {"kind": one_of(UnitKind)}, {"position": whole()}),
        Table(
            "unit_version",
            {"unit": is_uid, "valid_from": is_start},
            {"name": _NAME},
            {"valid_to": is_day, "code": text(40), "parent": is_uid},
        ),
        Table(
            "unit_attribute",
            {"unit": is_uid, "name": _CODE, "valid_from": is_start},
            {"value": maybe_empty(2000)},
            {"valid_to": is_day},
        ),
        Table("unit_alias", {"uid": is_uid}, {"stands_for": is_uid}),
        Table(
            "unit_act",
            {"uid": is_uid},
            {"act": _CODE, "date": is_day, "basis": maybe_empty(2000)},
            {"provisional": is_flag, "undone": is_flag, "definition": is_object},
        ),
        Table(
            "unit_part",
            {"act": is_uid, "old": is_uid, "new": is_uid},
            {"whole": is_flag},
            {"share": is_amount, "basis": maybe_empty(2000)},
        ),
        Table("element", {"code": _CODE}, _DEFINITION),
        Table("category", {"code": _CODE}, _DEFINITION),
        Table("form", {"code": _CODE}, _DEFINITION),
        Table("indicator", {"code": _CODE}, _DEFINITION),
        Table("rule", {"code": _CODE}, _DEFINITION),
        Table(
            "value",
            {"unit": is_unit, "period": is_period, "element": _CODE, "category": _CODE, "kind": one_of(Kind)},
            {"state": one_of(State)},
            {"amount": is_amount, "text": _LONG, "origin": one_of(ORIGINS), "note": _LONG},
            is_consistent_value,
        ),
        Table(
            "submission",
            _FORM,
            {"state": one_of(SUBMISSION_STATES), "holder": is_uid},
            {"correction": whole(), "received_on": is_day, "reason": _LONG, "returned_by": _NAME, "completed": whole()},
        ),
        Table(
            "judgement",
            {**_FORM, "office": is_uid},
            {"verdict": one_of(("received", "checked", "returned"))},
            {"reason": _LONG, "returned_by": _NAME, "completed": whole()},
        ),
        Table(
            "finding_reason",
            {"unit": is_unit, "period": is_period, "element": _CODE, "rule": _CODE},
            {"reason": _LONG},
            {"shown": _LONG, "kept_by": _NAME, "kept_at": text(40)},
        ),
        Table(
            "denominator",
            {"unit": is_unit, "year": whole(1900, 2200), "population": _CODE},
            {"amount": is_amount, "source": _NAME, "official": is_flag},
        ),
        Table(
            "assignment",
            {"office": is_uid, "form": _CODE, "year": whole(1900, 2200)},
            {"number": maybe_empty(200)},
            {"decided_on": is_day},
        ),
        Table("criteria_set", {"code": _CODE}, _DEFINITION),
        Table("criteria_score", _SCORED, {"how": one_of(HOWS)}, {"points": is_points, "reason": _LONG}),
        Table(
            "criteria_evidence",
            {**_SCORED, "file": is_sha256},
            {"name": maybe_empty(500), "size": whole(1), "media": _CODE, "added": is_day},
            {"note": _LONG},
        ),
        Table(
            "recognition",
            {"unit": is_unit, "date": is_day},
            {"decision": _NAME, "year": whole(1900, 2200)},
            {"withdrawn": is_day, "note": _LONG},
        ),
        Table("station_item", {"code": _CODE}, _DEFINITION),
        Table(
            "station_fact",
            {"unit": is_uid, "item": _CODE, "since": is_day},
            {"state": one_of(State), "way": one_of(Way)},
            {"amount": is_amount, "text": maybe_empty(2000), "note": _LONG},
            is_consistent_value,
        ),
        Table(
            "plan",
            {"code": _CODE},
            {"title": text(2000), "issuer": maybe_empty(500), "kind": _CODE, "definition": is_object},
            {"date": is_day},
        ),
        Table(
            "target",
            {"plan": _CODE, "position": whole()},
            {"indicator": _CODE, "definition": is_object},
            {"year": whole(1900, 2200)},
        ),
        Table("task", {"uid": is_uid}, {"plan": _CODE, "position": whole(), "definition": is_object}),
        Table(
            "task_progress",
            {"task": is_uid, "occurrence": is_start},
            {"state": _CODE},
            {"note": _LONG, "document": maybe_empty(2000), "evidence": is_sha256},
        ),
        Table(
            "resolution",
            {"uid": is_uid},
            {"table": _CODE, "key": is_object, "resolution": maybe_empty(2000), "reason": _LONG},
        ),
        Table(
            "office_version",
            {"office": is_uid, "valid_from": is_start},
            {"level": one_of(("commune", "district", "area", "province")), "name": _NAME},
            {"unit": is_uid, "code": text(40), "parent": text(64), "basis": _LONG, "letterhead": is_object},
        ),
        Table("setting", {"office": is_uid, "name": _CODE}, {"value": _LONG}),
        Table("deadline", {"code": _CODE}, _DEFINITION),
        Table("key", {"office": is_uid, "serial": whole(1)}, {"file": text(64 * 1024)}),
        Table("child", {"uid": is_uid}, {"unit": is_unit, "name": text(300)}, _PARTICULARS),
        Table("child_alias", {"uid": is_uid}, {"stands_for": is_uid}),
        Table(
            "child_status",
            {"child": is_uid, "valid_from": is_day},
            {"what": one_of(Presence)},
            {"unit": is_unit, "note": _LONG},
        ),
        Table(
            "weighing_session",
            {"uid": is_uid},
            {"first": is_day, "kind": one_of(SessionKind)},
            {"unit": is_unit, "last": is_day, "name": _NAME, "note": _LONG, "struck": is_flag},
        ),
        Table(
            "measurement",
            {"child": is_uid, "date": is_day},
            {},
            {"session": is_uid, **_MEASURED, "note": _LONG},
            is_consistent_visit,
        ),
        Table(
            "child_supplement",
            {"child": is_uid, "date": is_day, "what": one_of(Supplement)},
            {"doses": whole(1, 1000)},
            {"note": _LONG},
        ),
        Table(
            "child_treatment",
            {"child": is_uid, "since": is_day},
            {"degree": one_of(Degree), "care": one_of(Care)},
            {"until": is_day, "outcome": one_of(Outcome), "note": _LONG},
        ),
        Table(
            "unnamed_visit",
            {"child": is_uid, "age_days": whole(0, 100_000)},
            {"unit": is_unit, "month": is_month},
            {"session_kind": one_of(SessionKind), "sex": one_of(Sex), "ethnic_group": _NAME, **_MEASURED},
            is_consistent_visit,
        ),
    )
}
# They travel with the rows that use them and have no release of their own.
DEFINITIONS: Final = frozenset(
    {"unit", "unit_version", "element", "category", "form", "indicator", "rule", "criteria_set"}
)
CONFIG_ONLY: Final = frozenset({"deadline", "key"})
# Who a child is never leaves in a package of totals, nor beside visits without names.
NAMED: Final = frozenset(
    "child child_alias child_status weighing_session measurement child_supplement child_treatment".split()
)
UNNAMED: Final = frozenset({"unnamed_visit"})
PERSONAL: Final = NAMED | UNNAMED
