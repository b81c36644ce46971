"""The register answers for any day."""

from datetime import date

from desktop.domain.units import Register, Unit, UnitKind, UnitVersion, shipped_uid, spoken_code


def unit(kind, code, name, *, begins=None, ends=None, parent=None):
    return Unit(shipped_uid(kind, code, begins), kind, (UnitVersion(begins, ends, code, name, parent),))


YEN_BAI = unit(UnitKind.PROVINCE, "15", "Tỉnh Yên Bái", ends=date(2025, 6, 30))
LAO_CAI = unit(UnitKind.PROVINCE, "15", "Tỉnh Lào Cai", begins=date(2025, 7, 1))
DISTRICT = unit(UnitKind.DISTRICT, "137", "Huyện Mù Cang Chải", ends=date(2025, 6, 30), parent=YEN_BAI.uid)
COMMUNE = Unit(
    shipped_uid(UnitKind.COMMUNE, "04462", None),
    UnitKind.COMMUNE,
    (
        UnitVersion(None, date(2025, 6, 30), "04462", "Xã Nậm Có", DISTRICT.uid),
        UnitVersion(date(2025, 7, 1), None, "04462", "Xã Nậm Có", LAO_CAI.uid),
    ),
)
VILLAGE = Unit("v-1", UnitKind.VILLAGE, (UnitVersion(None, None, None, "Bản Mù", COMMUNE.uid),))
REGISTER = Register.of([YEN_BAI, LAO_CAI, DISTRICT, COMMUNE, VILLAGE])


def test_a_code_means_another_unit_after_the_reform():
    assert REGISTER.find("15", date(2025, 6, 30)) is YEN_BAI
    assert REGISTER.find("15", date(2025, 7, 1)) is LAO_CAI
    assert YEN_BAI.uid != LAO_CAI.uid


def test_a_unit_that_goes_on_keeps_its_uid_and_changes_its_parent():
    assert REGISTER.find("04462", date(2024, 1, 1)) is REGISTER.find("04462", date(2026, 1, 1))
    assert [child.uid for child, _ in REGISTER.children(LAO_CAI.uid, date(2026, 1, 1))] == [COMMUNE.uid]


def test_nothing_is_found_after_its_end():
    assert REGISTER.find("137", date(2025, 7, 1)) is None
    assert REGISTER.last_holder("137") == [DISTRICT]


def test_units_without_a_code_are_named_by_uid():
    found = REGISTER.find("uid:v-1", date(2026, 1, 1))
    assert found is VILLAGE
    assert spoken_code(VILLAGE, VILLAGE.versions[0]) == "uid:v-1"


def test_under_holds_all_levels_the_top_first():
    names = [version.name for _, version in REGISTER.under(YEN_BAI.uid, date(2024, 1, 1))]
    assert names == ["Tỉnh Yên Bái", "Huyện Mù Cang Chải", "Xã Nậm Có", "Bản Mù"]


def test_shipped_uids_never_change():
    assert shipped_uid(UnitKind.COMMUNE, "04456", None) == "89c31f5d-7896-5d46-8ec7-ab30456cbc59"
    assert shipped_uid(UnitKind.COMMUNE, "04456", date(2025, 7, 1)) == "8c3ae239-a742-5729-9a18-2cd329df7bef"


def test_what_stands_is_the_same_whether_asked_before_or_not():
    register = Register.of([YEN_BAI, LAO_CAI, DISTRICT, COMMUNE])
    days = [date(1990, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date.max, date.min]
    for day in (*days, *reversed(days)):
        assert list(register.on(day)) == [(one, one.on(day)) for one in register.units.values() if one.on(day)]
    register.add(VILLAGE)
    assert VILLAGE in [one for one, _ in register.on(date(2025, 7, 1))]
    ended = unit(UnitKind.PROVINCE, "15", "Tỉnh Lào Cai", begins=date(2025, 7, 1), ends=date(2026, 1, 1))
    assert (LAO_CAI, LAO_CAI.versions[0]) not in register.with_units([ended]).on(date(2026, 1, 2))
    assert LAO_CAI in [one for one, _ in register.on(date(2026, 1, 2))]
