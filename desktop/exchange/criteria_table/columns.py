"""The columns and the header of a table of sub-criteria: how they are headed, and by which words they are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.text import fold, words

HEADER: Final = "Bộ tiêu chí"
TABLE: Final = "Bảng điểm"
HELP: Final = "Hướng dẫn"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name here, its heading, its width in letters, and what is said about it."""

    name: str
    heading: str
    width: float
    about: str


COLUMNS: Final = (
    Column("code", "Mã", 8, "Tiêu chí ghi 1 đến 10; chỉ tiêu ghi 1.1, 1.2. Ô là dạng Text để 1.10 không thành 1.1."),
    Column("name", "Tiêu chí, chỉ tiêu", 60, "Tên như trong văn bản."),
    Column("maximum", "Điểm tối đa", 10, "Tổng điểm các chỉ tiêu phải bằng điểm tối đa của tiêu chí."),
    Column("steps", "Các mức điểm", 16, "Nếu bảng chỉ cho một số mức: 0; 0,5; 1. Để trống: mọi mức đến điểm tối đa."),
    Column("steps_1", "Mức điểm vùng 1", 16, "Chỉ ghi khi vùng 1 có mức điểm riêng."),
    Column("steps_2", "Mức điểm vùng 2", 16, "Chỉ ghi khi vùng 2 có mức điểm riêng."),
    Column("steps_3", "Mức điểm vùng 3", 16, "Chỉ ghi khi vùng 3 có mức điểm riêng."),
    Column("zones", "Áp dụng ở vùng", 12, "Để trống: mọi vùng. Ghi 1; 2 nếu vùng 3 không xét chỉ tiêu này."),
    Column("least", "Điểm liệt dưới", 12, "Số điểm ít nhất để không bị điểm liệt. Để trống: không phải điểm liệt."),
    Column("halves", "Nửa điểm", 10, "không: chỉ chấm điểm nguyên. Để trống: được chấm nửa điểm."),
    Column("evidence", "Minh chứng", 50, "Mỗi minh chứng một dòng trong ô, hoặc cách nhau bằng dấu chấm phẩy."),
    Column("rule", "Tự tính từ sổ", 50,
           "Ví dụ: insurance_coverage: >=95 = 2; khác = 0. Số liệu trạm ghi tram.ma. Theo vùng: thêm | vùng 3: ..."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the header: its name here, how it is written, what is said about it."""

    name: str
    heading: str
    about: str


FIELDS: Final = (
    Field("frame", "Mã quyết định", "1300 hoặc 4667; văn bản khác ghi mã của đơn vị."),
    Field("name", "Tên bộ tiêu chí", ""),
    Field("decision", "Văn bản", "Số, ngày, cơ quan ban hành."),
    Field("valid_from", "Ngày văn bản", "Ngày, tháng, năm."),
    Field("first_year", "Áp dụng từ năm", "Năm chấm điểm đầu tiên theo bảng này. Các năm đã chấm giữ bộ cũ."),
    Field("last_year", "Đến năm", "Để trống nếu văn bản không nói."),
    Field("total_share", "Đạt khi từ (% tổng điểm)", "Quyết định 1300/QĐ-BYT: 80."),
    Field("floor_share", "Mức sàn mỗi tiêu chí (%)", "Quyết định 1300/QĐ-BYT: 50."),
    Field("valid_years", "Công nhận có giá trị (năm)", "Quyết định 1300/QĐ-BYT: 3."),
    Field("source", "Nguồn của bảng điểm", "Văn bản hoặc tệp mà bảng này chép lại."),
)

_CODE: Final = frozenset("ma|tt|stt|so tt|ma so|ma chi tieu|muc|so thu tu".split("|"))
_MAXIMUM: Final = frozenset(
    "diem toi da|diem chuan|diem|so diem|thang diem|diem quy dinh|diem toi da theo quy dinh".split("|")
)
_HALVES: Final = frozenset({"nua diem", "cho nua diem", "cham nua diem"})


def column_of(heading: str) -> str | None:
    """The column a heading means, whatever its order and marks; None for any other."""
    told = " ".join(words(heading.rstrip(" *")))
    if told in _CODE:
        return "code"
    if "minh chung" in told:
        return "evidence"
    if told.startswith(("tu tinh", "tu cham", "quy tac", "cach tinh")):
        return "rule"
    if "diem liet" in told:
        return "least"
    if told in _HALVES:
        return "halves"
    for zone in "123":
        if told.endswith(f"vung {zone}") and told.startswith(("muc diem", "cac muc diem", "diem", "thang diem")):
            return f"steps_{zone}"
    if told in ("cac muc diem", "muc diem"):
        return "steps"
    if "vung" in told and ("ap dung" in told or told == "vung"):
        return "zones"
    if told in _MAXIMUM or told.startswith("diem toi da"):
        return "maximum"
    if "diem" not in told and ("tieu chi" in told or "chi tieu" in told or told.startswith(("noi dung", "ten"))):
        return "name"
    return None


def field_of(heading: str) -> str | None:
    """The line of the header a label means; None for any other."""
    told = fold(heading).rstrip(" :*")
    return next((field.name for field in FIELDS if fold(field.heading) == told), None)
