"""Whose task it is."""

import pytest

from desktop.domain.plans import Task
from desktop.domain.plans.actors import is_mine, speaks_to
from desktop.domain.plans.deadlines import UNKNOWN

DISTRICTS = [
    "Ủy ban nhân dân các huyện, thị xã, thành phố",
    "Uỷ ban nhân dân các huyện, thị xã, thành phố",
    "Ủy ban nhân dân cấp huyện, thị xã, thành phố",
    "UBND các huyện, thị xã, thành phố",
    "UBND các huyện, thị xã, TP",
    "UBND các huyện, TX, TP",
    "các huyện ủy, thị ủy, thành ủy",
    "Ban Thường vụ các huyện ủy, thị ủy, thành ủy",
    "các Huyện ủy, Thị ủy, Thành ủy",
    "Phòng Y tế trực thuộc UBND các huyện, thị xã, thành phố",
    "các trung tâm y tế tuyến huyện",
    "TTYT các huyện",
    "y tế cơ sở",
]
OF_THE_PROVINCE = [
    "Bệnh viện Đa khoa tỉnh",
    "các bệnh viện tuyến tỉnh",
    "các đơn vị y tế dự phòng tuyến tỉnh",
    "các bệnh viện đa khoa, chuyên khoa tuyến tỉnh",
    "các đơn vị làm nhiệm vụ y tế dự phòng của tỉnh",
    "Trung tâm Kiểm soát bệnh tật tỉnh",
    "Trung tâm Y tế dự phòng tỉnh",
    "Trung tâm Kiểm nghiệm Thuốc - Mỹ phẩm - Thực phẩm",
]
OTHERS = [
    "Sở Tài chính",
    "Sở KH&ĐT",
    "Công an tỉnh",
    "Bảo hiểm xã hội tỉnh",
    "Đảng đoàn Hội đồng nhân dân tỉnh",
    "Ban Tuyên giáo Tỉnh ủy",
    "Đài Phát thanh và Truyền hình tỉnh",
    "các đoàn thể tỉnh",
    "các cơ quan liên quan",
    "các đơn vị liên quan",
    "cộng đồng",
]


def task(*lead: str, partners: tuple[str, ...] = ()) -> Task:
    return Task("", None, "", lead, partners, None, UNKNOWN, "", "")


@pytest.mark.parametrize("actor", DISTRICTS)
def test_districts_are_found_however_they_are_spelled(actor: str) -> None:
    assert speaks_to(actor, "district", "Huyện Mù Cang Chải")
    assert speaks_to(actor, "area")


@pytest.mark.parametrize("actor", DISTRICTS[:6])
def test_what_districts_have_to_do_is_not_the_provinces_nor_the_communes(actor: str) -> None:
    assert not speaks_to(actor, "province")
    assert not speaks_to(actor, "commune")


@pytest.mark.parametrize("actor", OF_THE_PROVINCE)
def test_what_belongs_to_the_province_is_not_the_districts(actor: str) -> None:
    assert not speaks_to(actor, "district")
    assert not speaks_to(actor, "commune")
    assert speaks_to(actor, "province")


@pytest.mark.parametrize("actor", ["Sở Y tế", "sở Y tế", "Các sở, ban, ngành", "các Sở, ngành", "ngành Y tế"])
def test_the_provinces_health_office_is_named_alone_or_among_all_departments(actor: str) -> None:
    assert speaks_to(actor, "province")
    assert not speaks_to(actor, "district")


@pytest.mark.parametrize("actor", OTHERS)
def test_other_bodies_are_nobodys_health_office(actor: str) -> None:
    assert not any(speaks_to(actor, level) for level in ("commune", "district", "area", "province"))


def test_departments_concerned_name_nobody() -> None:
    assert not is_mine(task("Sở Công Thương", partners=("các sở, ngành liên quan",)), "province")
    assert is_mine(task("Sở Nội vụ", partners=("Sở Y tế", "các sở, ngành liên quan")), "province")


@pytest.mark.parametrize("actor", ["chính quyền các cấp", "các địa phương", "các cơ sở khám bệnh, chữa bệnh"])
def test_words_for_all_levels_speak_to_each(actor: str) -> None:
    assert all(speaks_to(actor, level) for level in ("commune", "district", "area", "province"))


def test_facilities_of_two_levels_are_both() -> None:
    assert speaks_to("các cơ sở y tế tuyến tỉnh, tuyến huyện", "district")
    assert speaks_to("các bệnh viện tuyến tỉnh, huyện", "district")
    assert speaks_to("các bệnh viện tuyến tỉnh, huyện", "province")


def test_communes_are_found_and_district_facilities_are_not_theirs() -> None:
    for actor in ("Trạm y tế xã", "y tế xã", "y tế cấp xã", "xã, phường, thị trấn", "cấp ủy cơ sở"):
        assert speaks_to(actor, "commune")
    assert not speaks_to("các đơn vị y tế tuyến huyện", "commune")


@pytest.mark.parametrize(
    ("actor", "unit", "meant"),
    [
        ("huyện Mù Cang Chải", "Huyện Mù Cang Chải", True),
        ("huyện Mù Cang Chải", "Khu vực Mù Cang Chải", True),
        ("huyện Mù Cang Chải", "Huyện Văn Chấn", False),
        ("UBND huyện Trạm Tấu và Mù Cang Chải", "Huyện Mù Cang Chải", True),
        ("UBND thành phố Yên Bái", "Thành phố Yên Bái", True),
        ("UBND huyện Đồng Hỷ", "Thành phố Thái Nguyên", False),
        ("Bệnh viện đa khoa huyện Yên Phong", "Huyện Lương Tài", False),
        ("UBND các Huyện, Thị xã, Thành phố", "Huyện Lương Tài", True),
    ],
)
def test_a_named_district_is_spoken_to_alone(actor: str, unit: str, meant: bool) -> None:
    assert speaks_to(actor, "district", unit) is meant


def test_a_task_is_mine_when_my_level_leads_or_takes_part() -> None:
    both = task("Sở Y tế", partners=("UBND các huyện",))
    assert is_mine(both, "district")
    assert is_mine(both, "province")
    assert not is_mine(both, "commune")
    assert not is_mine(both, "ward")
