"""A small profile and facts of places, made for tests."""

from datetime import date
from decimal import Decimal

from desktop.domain.stations.facts import Fact, Way
from desktop.domain.stations.profile import Asked, Choice, Combine, Group, Item, Profile
from desktop.domain.units import UnitKind

STATION_ONLY = (UnitKind.STATION,)
DOCTORS = Item("doctors", "Bác sĩ", Asked.COUNT, unit="người", combine=Combine.SUM, cadre=True)
NURSES = Item("nurses", "Điều dưỡng", Asked.COUNT, unit="người", combine=Combine.SUM, cadre=True)
TRAINED = Item("trained", "Trong đó: được đào tạo", Asked.COUNT, combine=Combine.SUM, within="nurses")
DAYS = Item("days", "Số ngày", Asked.DECIMAL, minimum=Decimal(0), maximum=Decimal(7))
YEAR = Item("built", "Năm xây dựng", Asked.COUNT, unit="năm")
WATER = Item("water", "Nước sạch", Asked.YES_NO, "Clean water", combine=Combine.ANY)
CONTRACT = Item("contract", "Hợp đồng BHYT", Asked.YES_NO, of=STATION_ONLY)
UNTIL = Item("until", "Hiệu lực đến", Asked.DATE, of=STATION_ONLY)
WHERE = Item("address", "Địa chỉ", Asked.TEXT)
HOUSE = Item(
    "house",
    "Loại nhà",
    Asked.CHOICE,
    choices=(
        Choice("solid", "Kiên cố", "Solid"),
        Choice("half", "Bán kiên cố", "Half solid", ("Cấp 4",)),
        Choice("bad", "Tạm", "Makeshift"),
    ),
)
KINDS = Item("equipment_listed", "Số loại theo danh mục", Asked.COUNT, of=STATION_ONLY)
THERE = Item("equipment_present", "Hiện có", Asked.COUNT, of=STATION_ONLY, within="equipment_listed")
PROFILE = Profile(
    (
        Group("staff", "Nhân lực", (DOCTORS, NURSES, TRAINED, DAYS), "Staff"),
        Group("place", "Cơ sở", (WATER, CONTRACT, UNTIL, WHERE, HOUSE)),
        Group("tools", "Trang thiết bị", (KINDS, THERE), listed="equipment"),
    )
)
DAY = date(2025, 12, 31)


def fact(item: str, value, since: date = DAY, place: str = "p1") -> Fact:
    return Fact(place, item, since, value, Way.TYPED)
