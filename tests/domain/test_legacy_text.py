"""TCVN3 and VNI: known pairs, round trips, and the care not to touch good text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.legacy_text import TCVN3, VNI, Encoding, decode, detect, font_encoding, repaired
from desktop.domain.syllables import is_syllable
from desktop.domain.text import nfc

LOWER = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"

# Seen in files and in published conversion examples; also what PyPI viparse 0.1.31 gives.
TCVN3_PAIRS = [
    ("Trung t©m Y tÕ huyÖn HiÖp Hßa", "Trung tâm Y tế huyện Hiệp Hòa"),
    ("D©n sè trung b×nh (ng\xadêi)", "Dân số trung bình (người)"),
    ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("GI¸M §èC", "GIÁM ĐỐC"),
    ("BIÓU TæNG HîP Sè LIÖU Y TÕ X· N¡M 2021", "BIỂU TỔNG HỢP SỐ LIỆU Y TẾ XÃ NĂM 2021"),
    ("TrÎ d\xadíi 5 tuæi ®\xadîc c©n ®o", "Trẻ dưới 5 tuổi được cân đo"),
    ("Thñ t\u2212íng", "Thủ tướng"),
]
VNI_PAIRS = [
    ("Nguyeãn Thò Höôøng", "Nguyễn Thị Hường"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    ("TRUNG TAÂM Y TEÁ", "TRUNG TÂM Y TẾ"),
    ("Treû döôùi 5 tuoåi ñöôïc caân ño", "Trẻ dưới 5 tuổi được cân đo"),
    ("Soá ngöôøi coù theû BHYT", "Số người có thẻ BHYT"),
]
UNICODE = [
    "Xã Púng Luông",
    "Xã La Pán Tẩn",
    "Trạm y tế",
    "không",
    "có",
    "Xã",
    "Dân số trung bình (người)",
    "25 °C, 5 m²",
]


def _encode(text: str, table: dict[str, str]) -> str:
    codes = {letter: code for code, letter in reversed(table.items())}
    return "".join(codes.get(char, char) for char in nfc(text))


@pytest.mark.parametrize(("coded", "text"), TCVN3_PAIRS)
def test_tcvn3_is_read(coded: str, text: str) -> None:
    assert decode(coded, Encoding.TCVN3) == text
    assert detect([coded]) is Encoding.TCVN3


@pytest.mark.parametrize(("coded", "text"), VNI_PAIRS)
def test_vni_is_read(coded: str, text: str) -> None:
    assert decode(coded, Encoding.VNI) == text
    assert detect([coded]) is Encoding.VNI


@pytest.mark.parametrize("text", UNICODE)
@pytest.mark.parametrize("encoding", Encoding)
def test_good_vietnamese_stays_as_it_is_in_any_sheet(text: str, encoding: Encoding) -> None:
    assert decode(text, encoding) == text


@pytest.mark.parametrize(("coded", "text"), TCVN3_PAIRS + VNI_PAIRS)
def test_a_legacy_text_shown_through_code_page_1258_is_read_too(coded: str, text: str) -> None:
    encoding = Encoding.TCVN3 if (coded, text) in TCVN3_PAIRS else Encoding.VNI
    misread = coded.replace("\u2212", "\xad").encode("latin-1").decode("cp1258")
    assert decode(misread, encoding) == text


def test_every_letter_has_a_tcvn3_code() -> None:
    assert set(LOWER) <= set(TCVN3.values())
    assert set("ĂÂÊÔƠƯĐ") <= set(TCVN3.values())
    assert len(set(TCVN3.values())) == len(TCVN3)


def test_every_letter_has_a_vni_code() -> None:
    plain = set("ìí")
    assert set(LOWER) - plain <= set(VNI.values())
    assert {letter.upper() for letter in LOWER if letter not in plain} <= set(VNI.values())


def test_unicode_numbers_and_plain_ascii_are_no_legacy_text() -> None:
    assert detect(["Xã Hồ Bốn", "1.234", "STT", "≥ 5 tuổi", "Đắk Lắk", "Krông Pắc", "37,5°C"]) is Encoding.UNICODE
    assert detect([]) is Encoding.UNICODE


def test_a_few_legacy_headings_over_a_unicode_body_are_seen() -> None:
    body = [f"Xã {name}" for name in ("Hồ Bốn", "Nậm Có", "Khao Mang", "Mồ Dề", "Chế Cu Nha", "Cao Phạ")]
    assert detect([*body, "D©n sè trung b×nh", "X·, thÞ trÊn"]) is Encoding.TCVN3


def test_font_names_speak_of_an_encoding() -> None:
    assert font_encoding(["Calibri", ".VnTimeH"]) is Encoding.TCVN3
    assert font_encoding(["VNI-Times"]) is Encoding.VNI
    assert font_encoding(["Times New Roman"]) is Encoding.UNICODE


# ---------------------------------------------------------------- all communes and five plans

ROOT = Path(__file__).parents[2]


def _communes() -> dict[str, list[str]]:
    """Names of the communes of each district of 2025."""
    districts: dict[str, list[str]] = {}
    with (ROOT / "resources" / "units" / "units-2025-03-01.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "3":
                districts.setdefault(row["parent_code"], []).append(nfc(row["name"]))
    return districts


COMMUNES = _communes()
LINES = [
    nfc(line)
    for path in sorted((ROOT / "tests" / "data" / "seeds").iterdir())
    for line in path.read_text(encoding="utf-8", errors="ignore").splitlines()
]
TABLES = {Encoding.TCVN3: TCVN3, Encoding.VNI: VNI}


def _typed(text: str, table: dict[str, str]) -> str:
    """As typed in an old font; TCVN3 has small codes only for most letters."""
    codes = {letter: code for code, letter in reversed(table.items())}
    codes = {letter.upper(): code for letter, code in codes.items()} | codes
    return "".join(codes.get(char, char) for char in text)


def test_no_districts_communes_look_like_an_old_font() -> None:
    assert [code for code, names in COMMUNES.items() if detect(names) is not Encoding.UNICODE] == []
    assert [line for line in LINES if detect([line]) is not Encoding.UNICODE] == []


@pytest.mark.parametrize("encoding", TABLES)
def test_every_communes_name_typed_in_an_old_font_is_read(encoding: Encoding) -> None:
    for names in COMMUNES.values():
        coded = [_typed(name, TABLES[encoding]) for name in names]
        assert detect(coded) is encoding
        assert [decode(code, encoding).lower() for code in coded] == [name.lower() for name in names]


@pytest.mark.parametrize("encoding", TABLES)
def test_every_line_of_the_plans_typed_in_an_old_font_is_read(encoding: Encoding) -> None:
    assert [line for line in LINES if decode(_typed(line, TABLES[encoding]), encoding).lower() != line.lower()] == []


@pytest.mark.parametrize("encoding", TABLES)
def test_good_names_and_lines_stay_as_they_are_in_an_old_sheet(encoding: Encoding) -> None:
    names = [name for district in COMMUNES.values() for name in district]
    changed = [name for name in names if decode(name, encoding) != name]
    assert len(changed) <= 5  # names of other peoples that are spelt like nothing Vietnamese: Xã Chư Pơng
    assert [line for line in LINES if decode(line, encoding) != line] == []


def _apart(text: str) -> str:
    """UTF-8 read as Windows 1252; the five bytes it does not know stay themselves."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def test_utf8_read_as_windows_1252_is_put_together() -> None:
    assert repaired("XÃ£ Há»“ Bá»‘n") == "Xã Hồ Bốn"
    for names in COMMUNES.values():
        for name in names:
            assert name.isascii() or repaired(_apart(name)) == name
            assert repaired(name) is None
            assert all(repaired(_typed(name, table)) is None for table in TABLES.values())
    assert [line for line in LINES if repaired(line) is not None] == []


_SYLLABLES = st.sampled_from(
    "dân số người huyện được trẻ dưới tuổi tử vong mẹ tiêm chủng thấp còi nhẹ cân bác sĩ thị trấn phường xã ước thực "
    "hiện quý kỳ ỷ ỵ lũy kế sức khỏe quản lý điều trị bệnh đẻ sống nguyên nhân hoạt động gửi chữ nữ".split()
)


@given(st.lists(_SYLLABLES, min_size=3, max_size=8).map(" ".join))
def test_what_was_typed_in_tcvn3_comes_back(text: str) -> None:
    assert decode(_encode(f"Tổng cộng {text}", TCVN3), Encoding.TCVN3) == f"Tổng cộng {text}"


@given(st.lists(_SYLLABLES, min_size=3, max_size=8).map(" ".join), st.booleans())
def test_what_was_typed_in_vni_comes_back(text: str, capitals: bool) -> None:
    text = f"Tổng cộng {text}".upper() if capitals else f"Tổng cộng {text}"
    assert decode(_encode(text, VNI), Encoding.VNI) == text


@given(st.text(), st.sampled_from(Encoding))
def test_any_text_can_be_read_and_plain_text_is_never_changed(text: str, encoding: Encoding) -> None:
    decode(text, encoding)
    plain = text.encode("ascii", "ignore").decode()
    assert decode(plain, encoding) == plain


@pytest.mark.parametrize(
    "word",
    "nghiêng quốc giếng gìn khuyến Quỳnh huyện thuở yếu xoong gì ưu hoà hòa thuỷ thủy boòng khúc ngoáy già chưa cửa".split(),
)
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tÕ", "ngêi", "krông", "hiên̂g", "tàc", "Huyeän", "zô", "Xaõ", "hòan", "tuôí"])
def test_other_strings_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)
