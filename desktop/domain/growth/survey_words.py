"""Words for people on surveys: groups, tests of plausibility, verdicts, and the bands a verdict comes from."""

from __future__ import annotations

from typing import Final

from desktop.wording import Sentence, say

TESTS: Final[dict[str, Sentence]] = {
    "flags": say("Implausible weight for height, %"),
    "sex_ratio": say("Boys and girls, p"),
    "age_ratio": say("6–29 and 30–59 months, p"),
    "digit_weight": say("Preferred last digits of weights"),
    "digit_height": say("Preferred last digits of heights"),
    "sd_wh": say("Standard deviation of weight for height"),
    "skewness_wh": say("Skewness of weight for height"),
    "kurtosis_wh": say("Kurtosis of weight for height"),
    "poisson_wh": say("Wasted children over clusters, p"),
    "age_heaping": say("Heaped ages, p"),
    "missing": say("Rows with something missing, %"),
}
VERDICTS: Final[dict[str, Sentence]] = {
    "excellent": say("excellent"),
    "good": say("good"),
    "acceptable": say("acceptable"),
    "problematic": say("problematic"),
    "not_scored": say("not scored"),
    "not_computable": say("cannot be computed"),
}
BANDS: Final[dict[str, str]] = {
    "flags": "≤ 2,5 | ≤ 5 | ≤ 7,5 | > 7,5",
    "sex_ratio": "> 0,1 | > 0,05 | > 0,001 | ≤ 0,001",
    "age_ratio": "> 0,1 | > 0,05 | > 0,001 | ≤ 0,001",
    "digit_weight": "< 8 | < 13 | < 20 | ≥ 20",
    "digit_height": "< 8 | < 13 | < 20 | ≥ 20",
    "sd_wh": "0,9–1,1 | 0,85–1,15 | 0,8–1,2 | –",
    "skewness_wh": "< 0,2 | < 0,4 | < 0,6 | ≥ 0,6",
    "kurtosis_wh": "< 0,2 | < 0,4 | < 0,6 | ≥ 0,6",
    "poisson_wh": "> 0,05 | > 0,01 | > 0,001 | ≤ 0,001",
}
"""The limits of excellent, good, acceptable and problematic, as `plausibility.BANDS` has them."""
_SEXES: Final = {"Male": say("boys"), "Female": say("girls")}


def group_words(group: str) -> Sentence:
    """A group as the engine names it (`Age+sex: 00-05 Female`), for people."""
    kind, _, rest = group.partition(": ")
    if not rest:
        return say("All children")
    if kind == "Age":
        return say("{ages} months", ages=_ages(rest))
    if kind == "Sex" and rest in _SEXES:
        return _SEXES[rest]
    ages, _, sex = rest.partition(" ")
    if kind == "Age+sex" and sex in _SEXES:
        return say("{ages} months, {sex}", ages=_ages(ages), sex=_SEXES[sex])
    return say("{column}: {value}", column=kind.strip(), value=rest)


def _ages(label: str) -> str:
    first, _, last = label.partition("-")
    return f"{int(first)}–{int(last)}" if first.isdigit() and last.isdigit() else label
