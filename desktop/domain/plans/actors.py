"""Which levels a plan's words speak to: whose task is it?

An office stands for the health side of its level: the district's for what the plan orders "UBND các huyện, thị xã,
thành phố", the province's (Sở Y tế) for its own duties, those of all departments and those of provincial hospitals
and centres, not for what one other department has to do.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.plans.plan import Task
from desktop.domain.text import fold, fold_tones, squeeze

_EVERY: Final = (
    r"các cấp\b|hệ thống chính trị|các đơn vị (?:[^,;]* )?y tế|địa phương|\bcơ sở (?:y tế|khám)|từ tỉnh đến cơ sở"
)
# "thành phố" alone is a district: "các huyện, thị xã, thành phố"; so are its party committees.
_DISTRICT: Final = (
    r"\bhuyện\b|thị xã|thành phố|\bthị ủy|thành ủy|y tế cơ sở|\bttyt\b|\btx\b|\btp\b"
    r"|trung tâm y tế(?: (?!dự phòng)|$)"
)
_COMMUNE: Final = r"xã, phường|cấp xã|tuyến xã|y tế xã|trạm y tế|cấp ủy cơ sở|y tế cơ sở|thị trấn"
# Words for all departments count, "liên quan" names nobody.
_PROVINCE: Final = (
    r"\bsở y tế|thuộc sở\b|ngành y tế|(?:ủy ban nhân dân|ubnd) tỉnh|trung tâm kiểm nghiệm"
    r"|(?:các sở|\bsở, (?:ban|ngành)|ban, ngành)\b(?!.*liên quan)"
    r"|\b(?:bệnh viện|trung tâm|đơn vị|cơ sở)\b.*\btỉnh\b|\btrường (?:cao đẳng|trung cấp) y"
)
_OF_THE_PROVINCE: Final = re.compile(r"\b(?:tuyến|cấp|của|thuộc) tỉnh\b")
_OF_THE_DISTRICT: Final = re.compile(r"\b(?:tuyến|cấp) huyện\b")
_LEVELS: Final = {
    "province": re.compile(f"{_EVERY}|{_PROVINCE}"),
    "district": re.compile(f"{_EVERY}|{_DISTRICT}"),
    "area": re.compile(f"{_EVERY}|{_DISTRICT}"),
    "commune": re.compile(f"{_EVERY}|{_COMMUNE}"),
}
_KIND: Final = r"(?:huyện|quận|thị xã|thành phố|thị|thành|xã|phường|thị trấn)(?: ủy)?"
_AFTER_KIND: Final = re.compile(rf"\b{_KIND} (?!(?:ủy|thị|thành|xã|phường|quận|tx|tp)\b)(?=\w)", re.IGNORECASE)
_KINDS: Final = re.compile(r"^(?:huyen|quan|thi xa|thanh pho|xa|phuong|thi tran) ")


def speaks_to(actor: str, level: str, unit: str | None = None) -> bool:
    """Whether the words of an actor mean offices of a level: commune, district, area or province.

    An actor that names one district or commune speaks to the office of this name only; `unit` is the name of the
    office's unit, None where it does not matter.
    """
    told = fold_tones(squeeze(actor))
    said = told.lower()
    if level != "province":
        if _OF_THE_PROVINCE.search(said) and "huyện" not in said:
            return False
        if level == "commune" and _OF_THE_DISTRICT.search(said) and "xã" not in said:
            return False
        names = _names(told)
        if unit is not None and names and not _is_named(told, names, unit):
            return False
    words = _LEVELS.get(level)
    return words is not None and words.search(said) is not None


def _names(actor: str) -> list[str]:
    """What follows a kind of unit as its name: "huyện Mù Cang Chải" is one, "các Huyện, Thị xã", "Huyện ủy" all."""
    return [actor[found.end() :] for found in _AFTER_KIND.finditer(actor) if actor[found.end()].isupper()]


def _is_named(actor: str, names: list[str], unit: str) -> bool:
    """Whether the actor's words hold the unit's own name, or the unit's (an area's, say) the name the actor gives."""
    own = _KINDS.sub("", fold(unit))
    held = re.search(rf"\b{re.escape(own)}\b", fold(actor)) is not None
    return held or any(re.search(rf"\b{re.escape(fold(name))}\b", own) for name in names)


def is_mine(task: Task, level: str, unit: str | None = None) -> bool:
    """Whether an office of this level (at a unit of this name) is named among those who lead or take part."""
    return any(speaks_to(actor, level, unit) for actor in (*task.lead, *task.partners))
