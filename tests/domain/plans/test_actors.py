"""Whose task it is."""

from desktop.domain.plans import Task
from desktop.domain.plans.actors import is_mine, speaks_to
from desktop.domain.plans.deadlines import UNKNOWN


def test_the_words_of_an_actor_name_its_level() -> None:
    assert speaks_to("Ủy ban nhân dân các huyện, thị xã, thành phố", "district")
    assert speaks_to("UBND các huyện, TX, TP", "area")
    assert speaks_to("Các cấp ủy đảng, chính quyền các cấp", "commune")
    assert speaks_to("Trạm y tế xã", "commune")
    assert speaks_to("Sở Y tế", "province")
    assert not speaks_to("Sở Y tế", "district")
    assert not speaks_to("cộng đồng", "district")
    assert not speaks_to("Sở Y tế", "ward")


def test_what_belongs_to_the_province_is_not_the_districts() -> None:
    assert not speaks_to("các đơn vị y tế dự phòng tuyến tỉnh", "district")
    assert speaks_to("các đơn vị y tế dự phòng tuyến tỉnh", "province")
    assert speaks_to("các cơ sở y tế tuyến tỉnh, tuyến huyện", "district")
    assert speaks_to("các cơ sở khám bệnh, chữa bệnh", "district")


def test_a_task_is_mine_when_my_level_leads_or_takes_part() -> None:
    task = Task("", None, "", ("Sở Y tế",), ("UBND các huyện",), None, UNKNOWN, "", "")
    assert is_mine(task, "district")
    assert not is_mine(task, "commune")
