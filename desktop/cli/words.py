"""The words of the catalogue and the register as tables show them; JSON keeps the codes."""

from __future__ import annotations

from typing import Final

from desktop.wording import Sentence, say

_WORDS: Final = {
    "province": say("province"),
    "district": say("district"),
    "area": say("area centre"),
    "commune": say("commune"),
    "office": say("office"),
    "station": say("health station"),
    "satellite_point": say("satellite point"),
    "polyclinic": say("polyclinic"),
    "hospital": say("hospital"),
    "private_facility": say("private facility"),
    "village": say("village"),
    "count": say("whole number"),
    "decimal": say("number with decimals"),
    "yes_no": say("yes or no"),
    "text": say("words"),
    "flow": say("parts are added"),
    "stock": say("the last part"),
    "average": say("one figure a year"),
    "yearly": say("once a year"),
    "official": say("official"),
    "unverified": say("not compared with the regulation"),
    "month": say("month"),
    "quarter": say("quarter"),
    "half": say("half year"),
    "nine_months": say("nine months"),
    "year": say("year"),
    "parent": say("level above"),
    "child": say("level below"),
    "desk": say("another computer of this office"),
}


def spoken(code: str) -> Sentence | str:
    """The word for a code of the catalogue; an unknown one as it is."""
    return _WORDS.get(code, str(code))


def spoken_status(code: str) -> Sentence | str:
    """The word for where a definition comes from: the office's own is not the same as the level `office`."""
    return say("the office's own") if code == "office" else spoken(code)
