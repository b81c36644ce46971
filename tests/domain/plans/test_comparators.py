"""The sense of a target, read from its words."""

from decimal import Decimal

import pytest

from desktop.domain.elements import Direction
from desktop.domain.plans.comparators import read_comparator

TABLE = """
~  | 74   | higher | Tuổi thọ trung bình khoảng 74 tuổi
>= | 66   | higher | số năm sống khoẻ đạt tối thiểu 66 năm
>  | 97   | higher | Tỉ lệ tham gia bảo hiểm y tế đạt trên 97% dân số
<= | 35   | lower  | Tỉ lệ chi trực tiếp của hộ gia đình giảm còn 35%
<  | 25   | lower  | Tỷ lệ chi trực tiếp giảm còn dưới 25%
<  | 11   | lower  | Dưới 5 tuổi còn dưới 11%
<  | 20   | lower  | Tỉ lệ suy dinh dưỡng thấp còi của trẻ em dưới 5 tuổi dưới 20%
>= | 156  | higher | nữ 156 cm
>= | 10   | higher | 10 bác sĩ
<= | 14   | lower  | thể nhẹ cân 14%
>= | 30   | higher | Dành ít nhất 30% ngân sách cho công tác y tế dự phòng
>  | 30   | higher | đảm bảo lớn hơn 30% tổng ngân sách y tế
~  | 400  | higher | có khoảng 400 giường bệnh
<  | 48   | lower  | xuống dưới 48 ca
<= | 2.86 | lower  | từ 3,4% năm 2020 xuống còn 2,86% vào năm 2025
>= | 12   | higher | tối thiểu 98% với 12 loại vắc xin
>= | 80   | higher | từ 80% trở lên
<= | 5    | lower  | không quá 5 ca
<= | 20   | lower  | từ 20% trở xuống
"""


@pytest.mark.parametrize("line", [line for line in TABLE.splitlines() if line.strip()])
def test_the_words_before_the_number_say_the_sense(line: str) -> None:
    comparator, value, direction, words = (part.strip() for part in line.split("|"))
    assert read_comparator(words, Decimal(value), Direction(direction)) == comparator


def test_a_target_without_a_number_is_text() -> None:
    assert read_comparator("Cơ bản chấm dứt các dịch bệnh AIDS, lao", None, Direction.HIGHER) == "text"
