"""What a heading of a weighing list means, by its words; abbreviations as stations write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from desktop.domain.children import Sex
from desktop.domain.text import fold, squeeze
from desktop.exchange.weighing.model import Role

_RESULT: Final = re.compile(
    r"(?:can nang|cn|can|cc|cao|chieu cao|chieu dai|cd|w|h|l)\s*(?:/|theo|-)\s*(?:t\b|tuoi|a\b)"
    r"|(?:can nang|cn|can|w)\s*(?:/|theo)\s*(?:chieu|cao|cc|cd|dai|h\b|l\b)|\b(?:waz|haz|whz|baz|bmi)\b|z-?\s?score"
    r"|\bsd\b|tinh trang|danh gia|phan loai|ket luan|\bkenh\b|suy dinh duong|\bsdd\b|thap coi|gay com|nhe can|thua can"
    r"|beo phi|binh thuong|tang can|muc do|ket qua dinh duong"
)
_RESULT_ALONE: Final = re.compile(
    r"^ket qua\b(?!.*(?:\(kg\)|\(cm\)|can nang|chieu (?:cao|dai)))"
)  # above weights and lengths it is only what was measured
_NOT_OF_NOW: Final = re.compile(
    r"so sinh|luc sinh|khi sinh|luc de|khi de|(?:can nang|cn|can|p|chieu dai|cd) sinh\b"
    r"|lan truoc|ky truoc|thang truoc|nam truoc|truoc do|vong (?:dau|nguc|bung|co)\b"
    r"|dien thoai|\bsdt\b|\bso dt\b|nghe nghiep|noi sinh|trinh do|ho ngheo|bhyt|dinh danh|cccd|cmnd|ma (?:tre|so|ho)"
    r"|tuoi (?:thai|me|bo)|sinh (?:cua )?(?:me|bo)|thu may|\bcon thu\b"
)
_CHILD_NAME: Final = re.compile(
    r"ho\s*(?:,|va|&)?\s*(?:chu dem\s*(?:,|va)?\s*)?ten|^ten$|ten (?:cua )?(?:tre|chau|be|con|em)\b|^tre$|^tre em$"
    r"|full ?name|child.?s? name|^name$|^tre duoi 5 tuoi$|^chau$|^be$"
    r"|^ho(?:\s*(?:,|va|&|-)?\s*(?:chu |ten )?(?:dem|lot))?$"
)
_MOTHER: Final = re.compile(
    r"\bme\b|\bbo\b|\bcha\b|nguoi (?:cham soc|nuoi|giam ho|nha)|phu huynh|giam ho|\bmother\b|caregiver|chu ho"
)
_BIRTH: Final = re.compile(
    r"ngay\s*,?\s*(?:/\s*)?thang\s*,?\s*(?:/\s*)?(?:nam)?\s*sinh|ngay sinh|nam sinh|sinh ngay|ng\.? ?sinh|n\.sinh"
    r"|^sinh$|^ns$|^n\.s\.?$|\bd\.?o\.?b\b|birth|^ntns$|thang (?:va )?nam sinh|ngay ?, ?thang ?, ?nam sinh"
)
_AGE: Final = re.compile(r"thang tuoi|so thang|\btuoi\b|^tuoi|age\b|^thang$")
_VISIT: Final = re.compile(
    r"(?:ngay|n\.)\s*(?:thang\s*)?(?:nam\s*)?(?:can|do|kham|danh gia|thu thap|kiem tra|theo doi|thuc hien|dieu tra)"
    r"|thoi gian (?:can|do)|^ngay$|visit|date of (?:visit|measure)"
)
_WEIGHT: Final = re.compile(
    r"can nang|^ket qua can \(kg\)|trong luong|^can\b|^cn\b|^p\s*\(|^p$|so can|weight|^kg$|^\(?kg\)?$|^nang\b"
)
_LYING: Final = re.compile(r"(?:dai|cao)\s*(?:do\s*)?nam|nam \(cm\)|^nam$|recumbent|^length\b|chieu dai|^dai\b|^cd\b")
_STANDING: Final = re.compile(r"cao\s*(?:do\s*)?dung|^dung$|standing|^height\b")
_LENHEI: Final = re.compile(
    r"chieu cao|chieu dai|^ket qua do \(cm\)"
    r"|^cao\b|^dai\b|^cc\b|^cd\b|dai nam|cao dung|len/?hei|height|length|^h\s*\(|^cm$|^\(cm\)$"
)
_POSITION: Final = re.compile(r"tu the|cach do|kieu do|nam\s*(?:/|hay|hoac|-)\s*dung|vi tri do|^measure|^nam, dung$")
_MUAC: Final = re.compile(
    r"muac|(?:vong|chu vi)\s*(?:vong\s*)?(?:giua\s*)?(?:bap\s*)?(?:canh|bap)\s*tay|\bvct\b|v\.? ?canh tay"
)
_OEDEMA: Final = re.compile(
    r"^(?:co |bi |tinh trang )?phu\b(?! (?:huynh|trach|nu))|phu (?:chan|2 chan|hai chan|dinh duong|mu)|o?edema"
)
_ETHNIC: Final = re.compile(r"dan toc|^dt$|ethnic")
_VILLAGE: Final = re.compile(
    r"\b(?:thon|ban|to|ap|buon|lang|khu|khom|xom|khu pho|cum|doi)\b(?!\s*chuc)|dia chi|noi o|cho o|que quan"
    r"|village|address"
)
_COMMUNE: Final = re.compile(r"\bxa\b|phuong|thi tran|don vi|dia phuong|\btram\b|\btyt\b|commune")
_ABSENT: Final = re.compile(r"\bvang\b|khong (?:duoc )?can|khong den|absent")
_NOTE: Final = re.compile(r"ghi chu|nhan xet|^chu thich|^note|remark|ly do")
_NUMBER: Final = re.compile(r"^(?:stt|tt|so tt|so thu tu|s\.?t\.?t\.?|no\.?|#)$")
_BOYS: Final = frozenset(
    ("nam", "trai", "be trai", "tre trai", "tre nam", "nam gioi", "con trai", "boy", "male", "gt nam")
)
_GIRLS: Final = frozenset(("nu", "gai", "be gai", "tre gai", "tre nu", "nu gioi", "con gai", "girl", "female", "gt nu"))
_SEX: Final = re.compile(
    r"gioi tinh|^gioi\b|^gt\b|^phai\b|^sex$|gender|nam\s*[/,-]\s*nu|trai\s*[/,-]\s*gai|nam \(?nu\)?$|^t\s*/\s*g$"
)
_SEX_DIGIT: Final = re.compile(r"\b(nam|trai|nu|gai)\s*(?:=|:|-|la|ghi)?\s*(\d)\b")
_DIGIT_SEX: Final = re.compile(r"\b(\d)\s*(?:=|:|-|\.|la)?\s*(nam|trai|nu|gai)\b")
_PARTS: Final = {"ngay": Role.BIRTH_DAY, "thang": Role.BIRTH_MONTH, "nam": Role.BIRTH_YEAR}
_IN_ORDER: Final = (
    (Role.NUMBER, _NUMBER),
    (Role.NOTE, _NOTE),
    (Role.MUAC, _MUAC),
    (Role.VISIT, _VISIT),
    (Role.BIRTH, _BIRTH),
    (Role.AGE, _AGE),
    (Role.POSITION, _POSITION),
    (Role.SEX, _SEX),
    (Role.WEIGHT, _WEIGHT),
    (Role.LENHEI, _LENHEI),
    (Role.OEDEMA, _OEDEMA),
    (Role.ABSENT, _ABSENT),
    (Role.ETHNIC_GROUP, _ETHNIC),
    (Role.MOTHER, _MOTHER),
    (Role.NAME, _CHILD_NAME),
)


@lru_cache(maxsize=4096)
def role_of(path: tuple[str, ...]) -> Role | None:
    """What a column holds, from the words above it, its group first and its own heading last; None: not known."""
    shown = [squeeze(part) for part in path if squeeze(part)]
    if not shown:
        return None
    leaf, whole = key(shown[-1]), " ".join(map(key, shown))
    group = " ".join(map(key, shown[:-1]))
    sexed = _of_one_sex(shown[-1], leaf, group)
    if sexed is not None:
        return sexed
    if _BIRTH.search(group) and leaf in _PARTS:
        return _PARTS[leaf]
    if _OEDEMA.search(leaf):
        return Role.OEDEMA
    if (_RESULT.search(whole) or _RESULT_ALONE.search(leaf)) and not _VISIT.search(leaf):
        return Role.RESULT
    if _NOT_OF_NOW.search(whole):
        return None
    return _plain(leaf) or (_plain(whole) if len(shown) > 1 else None)


def says_mother(path: tuple[str, ...]) -> bool:
    """Whether a heading speaks of the mother herself, alone or beside the father."""
    return any(re.search(r"\bme\b|\bmother\b", key(part)) for part in path)


def digits_of_sex(heading: str) -> dict[str, Sex]:
    """What digits mean where a heading says it: "Giới (nam=0, nữ=1)", "1: nữ, 2: nam"; empty where it does not."""
    folded = fold(heading)
    named = [(digit, word) for word, digit in _SEX_DIGIT.findall(folded)]
    numbered = _DIGIT_SEX.findall(folded)
    best = max(named, numbered, key=lambda found: len({digit for digit, _word in found}))
    told = {digit: Sex.MALE if word in ("nam", "trai") else Sex.FEMALE for digit, word in best}
    return told if len(told) == 2 and len(set(told.values())) == 2 else {}


def key(text: str) -> str:
    """A heading without marks, line breaks and closing signs; units in brackets stay."""
    return re.sub(r"\s*[:;*.]+$", "", fold(text)).strip()


def _of_one_sex(shown: str, leaf: str, group: str) -> Role | None:
    """A column of boys or of girls: a mark, or the birth date written in the column of the sex."""
    bare = re.sub(r"\s*\([^()]*\)$", "", leaf)
    if bare not in _BOYS | _GIRLS or "năm" in shown.casefold() or re.search(r"\bcao\b|\bdai\b|\bdo\b", group):
        return None
    boys = bare in _BOYS
    if _BIRTH.search(group):
        return Role.BIRTH_MALE if boys else Role.BIRTH_FEMALE
    return Role.MALE if boys else Role.FEMALE


def _plain(text: str) -> Role | None:
    for role, pattern in _IN_ORDER:
        if pattern.search(text):
            return _length(text) if role is Role.LENHEI else role
    if _VILLAGE.search(text):
        return Role.VILLAGE
    return Role.COMMUNE if _COMMUNE.search(text) else None


def _length(text: str) -> Role:
    """Lying or standing where the heading says one of them; "chiều dài/cao" is either, as is the column alone."""
    lies, stands = bool(_LYING.search(text)), bool(_STANDING.search(text)) or bool(re.search(r"\bcao\b", text))
    if lies and not stands:
        return Role.LYING
    return Role.STANDING if _STANDING.search(text) and not lies else Role.LENHEI
