"""What the lines above a table and the names of files say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.periods import Period
from desktop.domain.values import Kind
from desktop.exchange.titles import read_name, read_titles


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("BIỂU TỔNG HỢP SỐ LIỆU Y TẾ XÃ NĂM 2022", "2022"),
        ("BIEU TONG HOP NAM 2022", "2022"),
        ("LŨY KẾ 3 THÁNG NĂM 2025", "2025Q1"),
        ("6 tháng đầu năm 2025", "2025S1"),
        ("6 tháng cuối năm 2024", "2024S2"),
        ("9 THÁNG NĂM 2025", "2025NineMonths"),
        ("9 tháng/2025", "2025NineMonths"),
        ("10 tháng năm 2025", "2025C10"),
        ("12 tháng năm 2024", "2024"),
        ("QUÝ III/2025", "2025Q3"),
        ("Quý 3 năm 2025", "2025Q3"),
        ("Q3/2025", "2025Q3"),
        ("tháng 9 năm 2024", "202409"),
        ("Tháng 09/2024", "202409"),
        ("lũy kế tháng 9 năm 2025", "2025NineMonths"),
        ("Lũy kế đến 30/9/2025", "2025NineMonths"),
        ("Từ ngày 01/01/2025 đến ngày 30/6/2025", "2025S1"),
        ("Từ ngày 15 tháng 01 năm 2026 đến ngày 14 tháng 02 năm 2026", "20260115-20260214"),
        ("GIAI ĐOẠN 2018-2022", "2018-2022"),
        ("Số liệu năm: 2023", "2023"),
        ("Năm báo cáo: 2023", "2023"),
        ("Năm ; 2023", "2023"),
        ("2023", "2023"),
        ("TỔNG HỢP SỐ LIỆU Y TẾ 2023", "2023"),
        ("Ước TH 2023", "2023"),
        ("Số liệu tính đến 31/12/2023", "2023"),
        ("Trẻ dưới 24 tháng tuổi năm 2022", "2022"),
        ("Năm 2022, so với cùng kỳ năm 2021", "2022"),
        ("Kèm theo Công văn số 12 năm 2023 ; NĂM 2022", "2022"),
    ],
)
def test_a_title_says_its_period(line: str, period: str) -> None:
    assert [said.id for said in read_titles([line]).periods] == [period]


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (["Quý III", "NĂM 2025"], "2025Q3"),
        (["BÁO CÁO 9 THÁNG", "NĂM 2025"], "2025NineMonths"),
        (["Mù Cang Chải, ngày 15 tháng 01 năm 2023", "NĂM 2022"], "2022"),
        (["Mù Cang Chải, ngày 15/01/2023", "NĂM 2022"], "2022"),
        (["Mù Cang Chải, ngày … tháng … năm 2023", "NĂM 2022"], "2022"),
        (["Kèm theo QĐ số 12/QĐ-TTYT ngày 3/4/2023", "SỐ LIỆU NĂM 2022"], "2022"),
        (["Ban hành theo Thông tư 37/2019/TT-BYT", "NĂM 2022"], "2022"),
        (["BÁO CÁO QUÝ IV VÀ CẢ NĂM 2024"], "2024Q4"),
    ],
)
def test_several_lines_say_it_together(lines: list[str], period: str) -> None:
    assert [said.id for said in read_titles(lines).periods] == [period]


@pytest.mark.parametrize(
    "line", ["(số liệu mẫu, không phải số liệu thật)", "BÁO CÁO NĂM", "Thông tư 23/2025/TT-BYT", "Năm học 2022-2023"]
)
def test_other_lines_say_no_period(line: str) -> None:
    assert read_titles([line]).periods == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("ƯỚC THỰC HIỆN NĂM 2025", Kind.ESTIMATE),
        ("Ước TH cả năm 2025", Kind.ESTIMATE),
        ("ước cả năm", Kind.ESTIMATE),
        ("GIAO CHỈ TIÊU NĂM 2025", Kind.ASSIGNED),
        ("Chỉ tiêu được giao năm 2025", Kind.ASSIGNED),
        ("CHỈ TIÊU KẾ HOẠCH NĂM 2025", Kind.ASSIGNED),
        ("KẾT QUẢ THỰC HIỆN CHỈ TIÊU GIAO NĂM 2024", None),
        ("Báo cáo kết quả thực hiện kế hoạch năm 2024", None),
        ("SỐ LIỆU NĂM 2024", None),
        ("Người được tiêm", None),
    ],
)
def test_a_title_says_the_kind(line: str, kind: Kind | None) -> None:
    assert read_titles([line]).kind is kind


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("tong-hop-2022", "2022"),
        ("luy-ke-2025-3-thang", "2025Q1"),
        ("luy-ke-2025-9-thang-xa-moi", "2025NineMonths"),
        ("2022", "2022"),
        ("Năm 2022", "2022"),
        ("Nam2022", "2022"),
        ("T9.2024", "202409"),
        ("Quy 3-2025", "2025Q3"),
        ("BC 6T 2025", "2025S1"),
    ],
)
def test_names_of_sheets_and_files_say_a_period(name: str, period: str) -> None:
    assert [said.id for said in read_name(name).periods] == [period]


@pytest.mark.parametrize("name", ["TH", "Sheet1", "bao cao 20230115", ""])
def test_other_names_say_none(name: str) -> None:
    assert read_name(name).periods == ()


@given(st.lists(st.text(), max_size=4))
def test_any_lines_can_be_read(lines: list[str]) -> None:
    read_titles(lines)
    read_name(" ".join(lines))


@given(st.integers(1, 12), st.integers(2000, 2099))
def test_every_month_is_read(month: int, year: int) -> None:
    assert read_titles([f"SỐ LIỆU THÁNG {month} NĂM {year}"]).periods == (Period.of_months(year, month, year, month),)


@pytest.mark.parametrize("line", ["SỐ LIỆU NĂM 2022 VÀ 2023", "Năm 2022, 2023", "NĂM 2022 VÀ NĂM 2023"])
def test_a_title_may_name_several_years(line: str) -> None:
    assert [said.id for said in read_titles([line]).periods] == ["2022", "2023"]


def test_a_lone_heading_is_no_word_about_plans():
    assert read_titles(["Biểu số liệu năm 2024", "Chỉ tiêu ; Xã Hồ Bốn ; Xã Nậm Có"]).kind is None
    assert read_titles(["CHỈ TIÊU KẾ HOẠCH NĂM 2024"]).kind is Kind.ASSIGNED
