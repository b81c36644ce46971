"""Acts as `contract/cli.md` writes them in JSON: read with a finding for each thing that is not understood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeVar

from desktop.domain.acts import WHOLE, ActKind
from desktop.domain.acts_drafts import EARLIEST, LATEST, Draft, Share, Source, Target, fault
from desktop.domain.findings import Finding
from desktop.domain.text import nfc
from desktop.domain.units import UnitKind
from desktop.errors import AppError
from desktop.wording import say

T = TypeVar("T")
_SHAPE: Final = say(
    "“from” lists codes, “to” lists objects with “code” and “name”, “shares” with “from”, “to”, “share”, “basis”."
)
_LONGEST: Final = 300


def read_acts(data: bytes, file: str) -> tuple[list[Draft], list[Finding]]:
    """The acts of a file: one object, a list of them, or what `units proposals` answers.

    AppError `bad_act` where it is no JSON of that kind; everything else that is wrong is a finding.
    """
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _refused(file) from None
    rows = told if isinstance(told, list) else [told]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise _refused(file)
    findings: list[Finding] = []
    drafts = [draft for row in rows if (draft := _draft(_inner(row), findings)) is not None]
    return drafts, findings


def _refused(file: str) -> AppError:
    return AppError(
        "bad_act",
        say("{file} is no act in JSON.", file=file),
        say("Write an object with “act”, “date”, “basis”, “from” and “to”."),
    )


def _inner(row: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = row.get("act")
    return inner if isinstance(inner, dict) else row


def _draft(told: Mapping[str, Any], findings: list[Finding]) -> Draft | None:
    begun = len(findings)
    kind, day = _kind(told.get("act"), findings), _day(told.get("date"), findings)
    basis = _text(told, "basis", findings) or ""
    froms = [_source(one, findings) for one in _list(told, "from", findings)]
    tos = [_target(one, findings) for one in _list(told, "to", findings)]
    shares = [_share(one, findings) for one in _list(told, "shares", findings)]
    if len(findings) > begun or kind is None or day is None:
        return None
    return Draft(kind, day, basis, _whole(froms), _whole(tos), _whole(shares))


def _whole(found: list[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)


def _kind(told: object, findings: list[Finding]) -> ActKind | None:
    try:
        return ActKind(str(told))
    except ValueError:
        said = say("“{word}” is no act.", word=_word(told))
        findings.append(fault("act_kind", said, say("Choose one of: {words}.", words=", ".join(ActKind))))
        return None


def _day(told: object, findings: list[Finding]) -> date | None:
    try:
        day = date.fromisoformat(told) if isinstance(told, str) and len(told) == 10 else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        said = say("“{word}” is not a date.", word=_word(told))
        findings.append(fault("act_date", said, say("Write year, month and day: 2026-07-01.")))
        return None
    return day


def _list(told: Mapping[str, Any], name: str, findings: list[Finding]) -> list[Any]:
    found = told.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        findings.append(fault("act_shape", say("“{name}” must be a list.", name=name), _SHAPE))
        return []
    return found


def _word(told: object) -> str:
    """What was written, short enough and fit to be shown."""
    return "" if told is None else str(told)[:60].encode("utf-8", "replace").decode("utf-8")


def _is_text(found: str) -> bool:
    return len(found) <= _LONGEST and all(sign.isprintable() or sign.isspace() for sign in found)


def _text(told: Mapping[str, Any], name: str, findings: list[Finding]) -> str | None:
    found = told.get(name)
    if not found and found in (None, ""):
        return None
    if isinstance(found, str) and _is_text(found):
        return " ".join(nfc(found).split()) or None
    findings.append(
        fault(
            "act_shape", say("“{name}” must be a text of at most {most} characters.", name=name, most=_LONGEST), _SHAPE
        )
    )
    return None


def _unit_kind(told: Mapping[str, Any], findings: list[Finding]) -> UnitKind | None:
    word = told.get("kind")
    if word is None:
        return None
    try:
        return UnitKind(str(word))
    except ValueError:
        said = say("“{word}” is no kind of unit.", word=_word(word))
        findings.append(fault("act_unit_kind", said, say("Choose one of: {words}.", words=", ".join(UnitKind))))
        return None


def _source(told: object, findings: list[Finding]) -> Source | None:
    if isinstance(told, str) and told.strip() and _is_text(told):
        return Source(nfc(told).strip())
    if not isinstance(told, dict):
        findings.append(fault("act_shape", say("“from” holds codes, or objects with “code” and “name”."), _SHAPE))
        return None
    part = told.get("part", told.get("extent") == "part")
    if not isinstance(part, bool):
        findings.append(fault("act_shape", say("“part” must be true or false."), _SHAPE))
    code, name = _text(told, "code", findings), _text(told, "name", findings)
    if code is None and name is None:
        findings.append(fault("act_shape", say("“from” holds codes, or objects with “code” and “name”."), _SHAPE))
    return Source(code or "", name, _unit_kind(told, findings), _text(told, "parent", findings), part is True)


def _target(told: object, findings: list[Finding]) -> Target | None:
    if isinstance(told, str) and told.strip() and _is_text(told):
        return Target(nfc(told).strip())
    if not isinstance(told, dict):
        findings.append(fault("act_shape", say("“to” holds objects with “code”, “name”, “kind” and “parent”."), _SHAPE))
        return None
    return Target(
        _text(told, "code", findings),
        _text(told, "name", findings),
        _unit_kind(told, findings),
        _text(told, "parent", findings),
    )


def _share(told: object, findings: list[Finding]) -> Share | None:
    if not isinstance(told, dict):
        findings.append(
            fault("act_shape", say("“shares” holds objects with “from”, “to”, “share” and “basis”."), _SHAPE)
        )
        return None
    old, new = _text(told, "from", findings), _text(told, "to", findings)
    basis = _text(told, "basis", findings) or ""
    amount = _amount(told.get("share"), findings)
    if not old or not new:
        findings.append(fault("act_shape", say("A share needs the codes “from” and “to”."), _SHAPE))
        return None
    return Share(old, new, amount, basis)


def _amount(told: object, findings: list[Finding]) -> int | None:
    """A share of one in ten-thousandths; None: a part that nobody has estimated."""
    if told is None:
        return None
    try:
        if isinstance(told, bool) or not isinstance(told, str | int | float):
            raise InvalidOperation
        share = Decimal(str(told)) * WHOLE
        if not (share.is_finite() and 0 < share <= WHOLE):
            raise InvalidOperation
    except ArithmeticError:
        said = say("“{word}” is no share.", word=_word(told))
        findings.append(fault("act_share", said, say("Write a number over 0 and up to 1: 0.35.")))
        return None
    return max(1, int(share.to_integral_value()))


def told_act(draft: Draft) -> dict[str, Any]:
    """An act as the same JSON, so that what was proposed can be entered."""
    told: dict[str, Any] = {
        "act": draft.kind.value,
        "date": draft.date.isoformat(),
        "basis": draft.basis,
        "from": [_told_source(one) for one in draft.froms],
        "to": [
            {"code": one.code, "name": one.name, "kind": one.kind.value if one.kind else None, "parent": one.parent}
            for one in draft.tos
        ],
        "shares": [
            {"from": one.old, "to": one.new, "share": _plain(one.share), "basis": one.basis} for one in draft.shares
        ],
    }
    return told


def _told_source(one: Source) -> str | dict[str, Any]:
    if one.name is None and one.kind is None and one.parent is None and not one.part:
        return one.code
    kind = one.kind.value if one.kind else None
    told = {"code": one.code, "name": one.name, "kind": kind, "parent": one.parent, "part": one.part or None}
    return {name: value for name, value in told.items() if value is not None}


def _plain(share: int | None) -> str | None:
    return None if share is None else str((Decimal(share) / WHOLE).normalize())
