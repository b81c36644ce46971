"""What a heading means: the elements of a catalogue found by the words of a column's headings.

Headings are compared as sets of meaning words: marks, case, order, abbreviations (BHYT, SDD, TCĐĐ), filler words and
units in brackets do not count; numbers (1 tuổi, 5 tuổi) and rates (tỷ lệ, %) do. Every word of the lowest heading must
be explained by the element's name; words the name needs may stand in the group headings above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.text import fold, nfc

_PHRASES: Final = tuple(
    (re.compile(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"), meaning)
    for pattern, meaning in (
        (r"(?:the )?bao hiem(?: y te)?|bh y te", "bhyt"),
        (r"con (?:gia tri|hieu luc|han)(?: su dung)?", ""),
        (r"dan toc thieu so|dan toc it nguoi|dtts", "dtts"),
        (r"(?:so )?nhan khau|so khau", "dan so"),
        (r"ds ?tb", "dan so trungbinh"),
        (r"dan so|so dan|ds", "danso"),
        (r"nguoi dan", ""),
        (r"(?:ho so|hs|so) (?:quan ly |ql )?(?:suc khoe|sk) (?:ca nhan )?(?:dien tu|dt)(?: ca nhan)?", "hssk dientu"),
        (r"(?:ho so|hs|so) sk ?dt|hs ?sk dien tu|hs ?skdt", "hssk dientu"),
        (r"ho so suc khoe ca nhan|ho so suc khoe|hs ?sk", "hssk"),
        (r"quan ly suc khoe|ql ?sk|quan ly sk", "qlsk"),
        (r"suy dinh duong|s\.?d\.?d", "sdd"),
        (r"(?<=sdd )tc", "thap coi"),
        (r"(?<=sdd )nc", "nhe can"),
        (r"chieu cao ?(?:/|theo) ?tuoi|cc ?/ ?t(?:uoi)?", "thap coi"),
        (r"can nang ?(?:/|theo) ?tuoi|cn ?/ ?t(?:uoi)?", "nhe can"),
        (r"can nang ?(?:/|theo) ?chieu cao|cn ?/ ?cc", "gay com"),
        (r"(?:tinh trang|danh gia) dinh duong|danh gia", ""),
        (r"tcdd|tiem day du|tiem du lieu|tiem du|tiem chung du|tc day du", "tiem chung day du"),
        (r"cac loai vac ?xin|(?:8|12) loai vac ?xin|vac ?xin", ""),
        (r"(?:benh )?(?:khong lay nhiem|b?kln)", "kln"),
        (r"ql ?(?:,|va|-)? ?dt", "quanly dieu tri"),
        (r"quan ly|ql", "quanly"),
        (r"y hoc gia dinh|bac si gia dinh|yhgd|bsgd", "yhgd"),
        (r"de ra song|sinh ra song|sinh song|song khi sinh", "de song"),
        (r"(?:thai )?chet luu|(?:de|sinh)(?: ra)? chet", "chetluu"),
        (r"ba me|san phu", "me"),
        (r"tvm", "tuvong me"),
        (r"tu vong|chet|tv(?:te)?", "tuvong"),
        (r"so sinh", "sosinh"),
        (r"bac s[iy]|bs|b\.s", "bacsi"),
        (r"y s[iy]", "ysi"),
        (r"duoc s[iy]", "duocsi"),
        (r"can do|can va do|can, do|can ?- ?do", "cando"),
        (r"dien tu|dt", "dientu"),
        (r"(?:tram y te|tyt|tram)(?: (?:cap )?xa)?", "tram"),
        (r"te(?= ?(?:duoi|<|≤|em))|tre em|chau", "tre"),
        (r"luy ke", "luyke"),
        (r"nam tuoi", "5 tuoi"),
        (r"mot tuoi", "1 tuoi"),
        (r"hai tuoi", "2 tuoi"),
        (r"(\d+) ?t(?:uoi)?", r"\1 tuoi"),
        (r"0 ?(?:-|–|den) ?(?:<|duoi)? ?(?:59|60) thang(?: tuoi)?", "duoi 5 tuoi"),
        (r"0 ?(?:-|–|den) ?(?:<|duoi)? ?(?:11|12) thang(?: tuoi)?", "duoi 1 tuoi"),
        (r"60 thang(?: tuoi)?", "5 tuoi"),
        (r"12 thang(?: tuoi)?", "1 tuoi"),
        (r"co ?(?:/|,|hay|hoac) ?khong", ""),
        (r"t\. ?b(?:inh)?|tb|tr\. ?b(?:inh)?", "trungbinh"),
        (r"trung binh|binh quan|bq", "trungbinh"),
        (r"ty le|ti le|tl|ty suat|ti suat|ty so|ti so", "%"),
        (r"ke hoach|chi tieu giao|chi tieu|kh", "kehoach"),
        (r"cung ky|ck", "cungky"),
        (r"nam truoc|nam ngoai", "namtruoc"),
        (r"th(?: ca nam)?", "thuc hien"),
        (r"so sanh|tang giam|tang ?/ ?giam|tang, giam", "sosanh"),
        (r"phu nu", "phunu"),
        (r"(?:thang|quy|ky|nam|dot) nay", ""),
        (r"cong tac|mo hinh|mot so", ""),
    )
)
_FILLER: Final = frozenset(
    "so luong tong cong nguoi co duoc cac cua trong do da la tai o va hoac ve theo nhung moi ca luot ky bao cao "
    "hien thuc ket qua thuc te toan nam khi bi cho tu den het ngay thang quy lien quan thai san the lam viec tre em "
    "lap cap tham gia hoat dong nguyen ly lieu stt tt cuoi dau thuong xuyen dang".split()
)
# Words without which a name is another thing, even where nothing else in the catalogue comes near.
_NEEDED: Final = frozenset({"me", "kln", "yhgd", "bacsi"})
# Words that change what is counted: a name without them is another thing. They hold in group headings too.
_DISTINCT: Final = frozenset("% kehoach cungky namtruoc sosanh nu phunu dtts nam_sex uoc luyke ghichu".split())
_SEX_MALE: Final = re.compile(r"(?<!\w)nam(?!\w)(?! \d)")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-zđ])\s*[.)](?=[^\d])\s*", re.IGNORECASE)
_TOKEN: Final = re.compile(r"%|[a-z0-9_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_COLUMN_NUMBER: Final = re.compile(
    r"[\(\[]?\s*(?:cot\s*)?(?:[1-9]\d?|[a-z]|[ivx]{1,4})(?:\s*=.*)?\s*[\)\]]?", re.IGNORECASE
)


class Fit(IntEnum):
    """How well headings say an element.

    BARE: some words of the name, and of no other name. NEAR: a misspelt word. FULL: all words. GROUPED: the rest of
    the words stands among those of the group. EXACT: the name itself. COMPOSED: group and heading together are it.
    TOLD: a person settled it.
    """

    NONE = 0
    BARE = 1
    NEAR = 2
    FULL = 3
    GROUPED = 4
    EXACT = 5
    COMPOSED = 6
    TOLD = 7

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to be asked."""
        return self >= Fit.FULL


@dataclass(frozen=True, slots=True)
class Words:
    """The meaning of a text: its words, the numbers among them, and whether it speaks of a rate."""

    words: frozenset[str]
    numbers: frozenset[str]
    distinct: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Words and numbers together."""
        return self.words | self.numbers


@dataclass(frozen=True, slots=True)
class Match:
    """An element a column may hold, and how sure that is."""

    element: Element
    fit: Fit
    missing: int

    @property
    def rank(self) -> tuple[int, int]:
        """What decides between two matches: the better fit, then fewer words missing."""
        return (self.fit, -self.missing)


@lru_cache(maxsize=4096)
def meaning(text: str) -> Words:
    """The meaning words of a heading or a name."""
    plain = _expanded(_unit_words_dropped(text))
    tokens = {_one_spelling(token) for token in _TOKEN.findall(plain)}
    numbers = {token for token in tokens if token.isdigit() and not _YEAR.fullmatch(token)}
    distinct = tokens & _DISTINCT
    return Words(
        frozenset(token for token in tokens - numbers - _FILLER if not _YEAR.fullmatch(token)),
        frozenset(numbers),
        frozenset(distinct),
    )


def _unit_words_dropped(text: str) -> str:
    """Brackets hold units, column numbers and remarks; only a per cent sign and "nữ" in them change the meaning."""

    def inside(found: re.Match[str]) -> str:
        key = fold(found[1] or found[2] or "")
        if "%" in key or "‰" in key:
            return " % "
        return " nu " if key in ("nu", "trong do nu") else " "

    return _BRACKETS.sub(inside, _NUMBERING.sub("", text)).replace("‰", "%")


def _expanded(text: str) -> str:
    lower = nfc(text).casefold()
    marked = lower if lower.isascii() and lower.strip() != "nam" else _SEX_MALE.sub("nam_sex", lower)
    plain = re.sub(r"[<≤]\s*(?=\d)", " duoi ", fold(marked))
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain)
    for pattern, replacement in _PHRASES:
        plain = pattern.sub(replacement, plain)
    return plain


def _one_spelling(token: str) -> str:
    """Sỹ and sĩ, quý and quí: y and i at the end of a word are one letter."""
    return f"{token[:-1]}i" if len(token) > 1 and token.endswith("y") and token[-2] not in "aou" else token


@dataclass(frozen=True, slots=True)
class _Name:
    element: Element
    words: Words
    key: tuple[str, ...]
    letters: str
    is_rate: bool


class Headings:
    """The elements of a catalogue, ready to be found in headings."""

    def __init__(self, elements: Iterable[Element], settled: Mapping[str, str | None] | None = None) -> None:
        """`settled`: folded headings with the element code a person gave them, None where they are not ours."""
        self.elements = tuple(elements)
        self._settled = settled or {}
        self._names = tuple(
            _Name(element, meaning(name), _key(name), _letters(name), _is_rate(element))
            for element in self.elements
            for name in _names(element)
        )
        self._by_word: dict[str, list[_Name]] = {}
        for name in self._names:
            for word in name.words.all:
                self._by_word.setdefault(word, []).append(name)
        self._codes = {element.code.casefold(): element for element in self.elements}
        self._found: dict[tuple[str, ...], tuple[Match, ...]] = {}

    def find(self, path: Sequence[str]) -> tuple[Match, ...]:
        """Give the elements a column's headings (from the group down to the lowest) may mean, the best first."""
        texts = tuple(text for text in path if text.strip())
        if not texts:
            return ()
        if texts not in self._found:
            self._found[texts] = self._search(texts)
        return self._found[texts]

    def knows(self, text: str) -> bool:
        """Whether a single heading names an element by itself."""
        return any(match.fit.is_sure for match in self.find((text,)))

    def _search(self, texts: tuple[str, ...]) -> tuple[Match, ...]:
        if self._settled and (key := fold(" – ".join(texts))) in self._settled:
            told = self._codes.get((self._settled[key] or "").casefold())
            return (Match(told, Fit.TOLD, 0),) if told else ()
        code = self._codes.get(texts[-1].strip().casefold())
        if code is not None:
            return (Match(code, Fit.COMPOSED, 0),)
        leaf = meaning(texts[-1])
        group = meaning(" ; ".join(texts[:-1]))
        if not leaf.all and len(texts) > 1:  # "Tổng số" under the name of the thing
            return self._search(texts[:-1])
        best: dict[str, Match] = {}
        for name in self._near_names(leaf):
            match = _fit(name, leaf, group, texts[-1])
            held = best.get(name.element.code)
            if match.fit and (held is None or match.rank > held.rank):
                best[name.element.code] = match
        if len(best) > 1:
            best = {code: match for code, match in best.items() if match.fit > Fit.BARE}
        return tuple(sorted(best.values(), key=lambda match: match.rank, reverse=True))

    def _near_names(self, leaf: Words) -> Iterable[_Name]:
        """Names that share a word with the heading; all of them where one misspelt word is all there is."""
        shared = dict.fromkeys(place for word in leaf.all for place in map(id, self._by_word.get(word, ())))
        if not shared:
            return self._names if len(leaf.words) == 1 and not leaf.numbers else ()
        return (name for name in self._names if id(name) in shared)


def _names(element: Element) -> tuple[str, ...]:
    return (element.name_vi, element.short_vi, *element.synonyms, element.name_en)


@lru_cache(maxsize=4096)
def _key(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(_expanded(_unit_words_dropped(text))))


def _is_rate(element: Element) -> bool:
    return element.unit in ("%", "‰") or element.unit.startswith("/") or bool(meaning(element.name_vi).distinct & {"%"})


def _fit(name: _Name, leaf: Words, group: Words, text: str) -> Match:
    element, words = name.element, name.words
    none = Match(element, Fit.NONE, 0)
    foreign = (leaf.distinct | group.distinct) - words.distinct
    if name.is_rate:
        foreign -= {"%"}
        if "%" not in leaf.distinct | group.distinct | words.distinct and element.type is not ValueType.DECIMAL:
            return none
    if foreign or not words.all:
        return none
    if name.key == _key(text):
        return Match(element, Fit.EXACT, 0)
    extra = leaf.words - words.words
    if leaf.numbers - words.numbers:
        return none
    if extra and leaf.numbers == words.numbers and _slipped(_letters(text), name.letters):
        return Match(element, Fit.NEAR, 0)
    if extra and not _misspelt(extra, words.words - leaf.words):
        return none
    missing = words.all - leaf.all - group.all
    if missing & (words.numbers | _NEEDED) and not extra:
        return none
    if extra:
        return Match(element, Fit.NEAR, len(missing)) if len(missing) <= len(extra) else none
    if not missing:
        if words.all <= leaf.all:
            return Match(element, Fit.FULL, 0)
        fit = Fit.COMPOSED if group.all <= words.all else Fit.GROUPED
        return Match(element, fit, len(words.all - leaf.all))
    return Match(element, Fit.BARE, len(missing)) if len(missing) <= len(leaf.all & words.all) else none


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """A heading as one run of letters and digits, brackets left out."""
    return re.sub(r"[^a-z0-9]", "", fold(_BRACKETS.sub(" ", text)))


def _slipped(one: str, other: str) -> bool:
    """Whether a longer heading is a name with one letter wrong."""
    return min(len(one), len(other)) > 7 and near(one, other)


def _misspelt(extra: frozenset[str], unused: frozenset[str]) -> bool:
    """Whether each unknown word is one of the name's own words with one letter wrong."""
    return all(len(word) > 3 and any(near(word, other) for other in unused) for word in extra)


def near(one: str, other: str) -> bool:
    """Whether two words differ by one letter added, dropped, changed, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def is_column_number(text: str) -> bool:
    """Whether a cell only numbers its column: (1), 2, A, "5=3+4"."""
    return bool(_COLUMN_NUMBER.fullmatch(text.strip()))
