"""The sheets of a regime's workbook and their columns: headings, words for codes, what each column asks for.

Headings and words are Vietnamese whatever language the program speaks: they are the file's format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.text import fold

SEPARATOR: Final = ";"
YES: Final = "có"
NO: Final = "không"


class Shape(StrEnum):
    """What stands in a cell: words, several parted by semicolons, one of a few, yes or no, a day, a number…"""

    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    FLAG = "flag"
    DAY = "day"
    NUMBER = "number"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field of the catalogue it fills, its heading, and what may stand in it."""

    name: str
    heading: str
    hint: str = ""
    shape: Shape = Shape.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    width: int = 16
    required: bool = False

    def code(self, text: str) -> str:
        """The code of a word; a word that is not known stays as it is, for the catalogue's reader to refuse."""
        wanted = fold(text)
        for code, word in self.words.items():
            if wanted in (fold(word), fold(code)):
                return code
        return text


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: the list of the catalogue it fills, its name and columns."""

    key: str
    name: str
    about: str
    columns: tuple[Column, ...]


_LEVELS: Final = {"commune": "xã", "office": "đơn vị", "district": "huyện", "area": "khu vực", "province": "tỉnh"}
_STATUSES: Final = {"official": "chính thức", "office": "của đơn vị", "unverified": "chưa đối chiếu văn bản"}
_PERIODS: Final = {"month": "tháng", "quarter": "quý", "half": "6 tháng", "nine_months": "9 tháng", "year": "năm"}
_CODE: Final = Column("code", "Mã", "Chữ thường không dấu, số và gạch dưới; không đổi về sau.", required=True, width=24)
_NAME: Final = Column("name_vi", "Tên", "Như in trên biểu.", required=True, width=44)
_ENGLISH: Final = Column("name_en", "Tên tiếng Anh", width=30)
_LEVEL: Final = Column("level", "Cấp", "Ai nhập: xã, huyện, khu vực…", Shape.CHOICE, _LEVELS, required=True, width=12)
_SOURCE: Final = Column("source", "Nguồn", "Văn bản, điều, biểu. Để trống: như ở trang Chung.", width=30)
_STATUS: Final = Column("status", "Tình trạng", "Để trống: như ở trang Chung.", Shape.CHOICE, _STATUSES, width=20)
_FROM: Final = Column("valid_from", "Từ ngày", "Ngày đầu tiên dùng, ví dụ 01/03/2027.", Shape.DAY, width=13)
_TO: Final = Column("valid_to", "Đến ngày", "Ngày cuối cùng dùng; để trống nếu còn dùng.", Shape.DAY, width=13)

HEADER: Final = Page(
    "",
    "Chung",
    "Những điều chung cho cả tệp.",
    (
        Column("source", "Nguồn", "Văn bản ban hành chế độ báo cáo.", width=60),
        Column("status", "Tình trạng", "", Shape.CHOICE, _STATUSES),
    ),
)
ELEMENTS: Final = Page(
    "elements",
    "Số liệu",
    "Mỗi dòng là một số liệu được nhập.",
    (
        _CODE,
        _NAME,
        _ENGLISH,
        Column("short_vi", "Tên ngắn", "Dùng ở đầu cột hẹp.", width=18),
        Column("unit", "Đơn vị tính", width=14),
        Column(
            "type",
            "Kiểu",
            "",
            Shape.CHOICE,
            {"count": "số nguyên", "decimal": "số lẻ", "yes_no": "có/không", "text": "chữ"},
            required=True,
        ),
        Column(
            "behaviour",
            "Cách tính kỳ dài",
            "Cộng dồn: kỳ dài bằng tổng các kỳ ngắn (trẻ đẻ). Cuối kỳ: lấy số cuối (thẻ BHYT). "
            "Bình quân: mỗi năm một số (dân số). Năm: chỉ có theo năm (điều tra).",
            Shape.CHOICE,
            {"flow": "cộng dồn", "stock": "cuối kỳ", "average": "bình quân", "yearly": "năm"},
            required=True,
        ),
        _LEVEL,
        Column("decimals", "Số chữ số lẻ", "0 đến 4.", shape=Shape.NUMBER, width=12),
        Column("minimum", "Nhỏ nhất", shape=Shape.NUMBER, width=12),
        Column("maximum", "Lớn nhất", shape=Shape.NUMBER, width=12),
        Column("synonyms", "Tên gọi khác", "Cách nhau bằng dấu chấm phẩy.", Shape.LIST, width=40),
        Column("supplied_by", "Ai cung cấp", width=16),
        Column(
            "denominator_kind",
            "Loại mẫu số",
            "Chỉ ghi khi số liệu này là dân số dùng làm mẫu số: average, under1, under5…",
        ),
        Column("continues", "Tiếp nối mã cũ", "Mã số liệu của chế độ cũ mà số này tiếp nối.", width=24),
        _FROM,
        _TO,
        _SOURCE,
        _STATUS,
        Column("short_en", "Tên ngắn tiếng Anh", width=18),
    ),
)
FORMS: Final = Page(
    "forms",
    "Biểu",
    "Mỗi dòng là một biểu; các cột của biểu ở trang Cột của biểu.",
    (
        _CODE,
        _NAME,
        _ENGLISH,
        _LEVEL,
        Column("periods", "Kỳ", "", Shape.CHOICE, _PERIODS, required=True, width=12),
        Column("cumulative", "Lũy kế", "có: số từ 01/01 đến hết kỳ.", Shape.FLAG, width=10),
        Column(
            "due_working_days",
            "Hạn gửi (ngày làm việc)",
            "Số ngày làm việc sau khi hết kỳ.",
            Shape.NUMBER,
            width=14,
        ),
        Column("continues", "Thay biểu", "Mã biểu cũ; biểu cũ hết dùng từ ngày trước ngày bắt đầu.", width=20),
        _FROM,
        _TO,
        _SOURCE,
        _STATUS,
    ),
)
PARTS: Final = Page(
    "sections",
    "Cột của biểu",
    "Mỗi dòng là một số liệu của một biểu, theo thứ tự trên biểu.",
    (
        Column("form", "Mã biểu", required=True, width=24),
        Column("number", "Mục", "Số thứ tự của mục: I, II, 1.1…", required=True, width=8),
        Column("name_vi", "Tên mục", "Chỉ cần ghi ở dòng đầu của mục.", width=40),
        Column("name_en", "Tên mục tiếng Anh", width=30),
        Column("element", "Mã số liệu", required=True, width=24),
    ),
)
INDICATORS: Final = Page(
    "indicators",
    "Chỉ tiêu",
    "Mỗi dòng là một chỉ tiêu được tính: tử số / mẫu số x hệ số.",
    (
        _CODE,
        _NAME,
        _ENGLISH,
        Column("unit", "Đơn vị tính", width=12),
        Column(
            "direction",
            "Chiều tốt",
            "",
            Shape.CHOICE,
            {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt", "range": "trong khoảng"},
            required=True,
            width=20,
        ),
        Column(
            "numerator", "Tử số", "Mã số liệu; điều kiện: doctors>=1; số đơn vị có báo cáo: units:doctors", width=24
        ),
        Column("denominator", "Mẫu số", "", width=24),
        Column("factor", "Hệ số", "1, 100, 1000, 10000, 100000", shape=Shape.NUMBER, width=10),
        Column("decimals", "Số chữ số lẻ", shape=Shape.NUMBER, width=12),
        Column(
            "judged_at",
            "Đánh giá ở cấp",
            "xã; đơn vị; tỉnh",
            Shape.LIST,
            {"commune": "xã", "office": "đơn vị", "province": "tỉnh"},
            required=True,
            width=18,
        ),
        Column("pooled_years", "Số năm gộp", shape=Shape.NUMBER, width=12),
        Column("typed", "Nhập tay", "có: không có công thức.", Shape.FLAG, width=10),
        Column(
            "path", "Lộ trình", "", Shape.CHOICE, {"linear": "đường thẳng", "geometric": "tỷ lệ đều hằng năm"}, width=18
        ),
        _SOURCE,
        Column("notes", "Ghi chú", width=30),
    ),
)
RULES: Final = Page(
    "rules",
    "Quy tắc kiểm tra",
    "Mỗi dòng là một quy tắc: vế trái không lớn hơn, hoặc bằng, vế phải; hoặc một cách so sánh khác.",
    (
        _CODE,
        Column(
            "kind",
            "Loại",
            "",
            Shape.CHOICE,
            {
                "at_most": "không lớn hơn",
                "sum_equals": "bằng tổng",
                "limits": "trong giới hạn",
                "history": "so với các năm",
                "copied": "chép lại năm trước",
                "other_unit": "số của đơn vị khác",
                "swapped": "đổi chỗ cột",
                "rate": "tỷ lệ",
            },
            required=True,
            width=20,
        ),
        Column(
            "severity",
            "Mức",
            "",
            Shape.CHOICE,
            {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"},
            required=True,
            width=12,
        ),
        Column("left", "Vế trái", "Mã số liệu, cách nhau bằng dấu chấm phẩy.", Shape.LIST, width=30),
        Column("right", "Vế phải", "", Shape.LIST, width=30),
        Column("elements", "Chỉ với số liệu", "", Shape.LIST, width=30),
        Column("parameters", "Tham số", "tên = số; tên = số", Shape.SETTINGS, width=30),
        _SOURCE,
    ),
)
PAGES: Final = (HEADER, ELEMENTS, FORMS, PARTS, INDICATORS, RULES)
