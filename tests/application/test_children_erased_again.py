"""A list that names a child that was lawfully erased."""

from datetime import date

from desktop.application import imports
from desktop.application.children import children_of, find, meant
from desktop.application.children_import import ListWish, Who, apply_lists, lists_of
from desktop.application.erasing import erase_child


def test_a_list_does_not_bring_an_erased_child_back_unless_a_person_says_so(district, tmp_path):
    (commune,) = meant(district, unit="04459", day=date(2024, 6, 1))
    rows = [
        ("Giàng Thị Kín", date(2022, 3, 14)),
        ("Vàng A Chứ", date(2022, 3, 14)),
        ("Giàng Thị Kín", date(2023, 1, 2)),
    ]
    file = tmp_path / "ds.csv"
    lines = [f"{at},{name},{born:%d/%m/%Y},Nữ,10.5,83" for at, (name, born) in enumerate(rows, 1)]
    heads = "STT,Họ và tên,Ngày sinh,Giới tính,Cân nặng,Chiều cao"
    file.write_text("\n".join(["Ngày cân đo: 01/06/2024", heads, *lines]), encoding="utf-8")

    def plan(**more):
        read = imports.read_files(district, files=[file]).files
        return lists_of(district, files=read, wish=ListWish(unit="04459"), today=date(2024, 6, 2), **more)

    apply_lists(district, plan=plan())
    kept = {one.child.name: one for one in children_of(district, communes=[commune], day=date(2024, 6, 1))}
    assert len(kept) == 2
    erased = find(district, text="giang thi kin 14/03/2022", today=date(2024, 6, 2))[0].child.uid
    erase_child(district, uid=erased, reason="Đơn số 12")
    again = plan()
    assert [row.who for row in again.rows] == [Who.DOUBTFUL, Who.KNOWN, Who.KNOWN]
    (finding,) = [one for one in again.findings if one.rule == "import.list_erased"]
    assert (finding.row, finding.column) == (3, "B")
    assert apply_lists(district, plan=again).registered == 0
    said = plan(settled={again.rows[0].place: "new"})
    assert apply_lists(district, plan=said).registered == 1
    assert [row.who for row in plan().rows] == [Who.KNOWN] * 3
