"""Which levels a plan's words speak to: whose task is it?"""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.plans.plan import Task
from desktop.domain.text import fold_tones

# "thành phố" alone is a district: "các huyện, thị xã, thành phố".
_EVERY: Final = r"các cấp\b|hệ thống chính trị|các đơn vị|địa phương|các cơ sở (?:y tế|khám)|từ tỉnh đến cơ sở"
_DISTRICT: Final = r"\bhuyện\b|thị xã|thành phố|\bthị ủy|thành ủy|trung tâm y tế|\bttyt\b|\btx\b|\btp\b"
_COMMUNE: Final = r"xã, phường|cấp xã|trạm y tế|cấp ủy cơ sở|y tế cơ sở|thị trấn"
_PROVINCE: Final = r"\bsở\b|\btỉnh\b|ngành y tế"
_OF_THE_PROVINCE: Final = re.compile(r"(?:tuyến|của) tỉnh\b")
_LEVELS: Final = {
    "province": re.compile(f"{_EVERY}|{_PROVINCE}"),
    "district": re.compile(f"{_EVERY}|{_DISTRICT}"),
    "area": re.compile(f"{_EVERY}|{_DISTRICT}"),
    "commune": re.compile(f"{_EVERY}|{_COMMUNE}"),
}


def speaks_to(actor: str, level: str) -> bool:
    """Whether the words of an actor mean offices of a level: commune, district, area or province."""
    said = fold_tones(actor).lower()
    if level != "province" and _OF_THE_PROVINCE.search(said) and "huyện" not in said:
        return False
    words = _LEVELS.get(level)
    return words is not None and words.search(said) is not None


def is_mine(task: Task, level: str) -> bool:
    """Whether an office of this level has to act: it is named among those who lead or take part."""
    return any(speaks_to(actor, level) for actor in (*task.lead, *task.partners))
