"""Weighing lists of random layout: what stands in them is known, how it is written is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from desktop.domain.children import Position, Sex
from desktop.domain.legacy_text import TCVN3, VNI, Encoding
from desktop.exchange.grid import Raw, Sheet

VISIT = date(2024, 6, 1)
FAMILY = ("Vàng", "Lù", "Giàng", "Sùng", "Thào", "Hờ", "Lý", "Trần", "Nguyễn", "Hoàng")
MIDDLE = ("A", "Thị", "Văn", "Mỷ", "Đức")
GIVEN = ("Đào", "Páo", "Chứ", "Sử", "Hạnh", "Yến", "Tủa", "Nhà", "Súa", "Ánh")
VILLAGES = ("Bản Mỏ", "Thôn Nả Háng", "Tổ 5", "Bản Trống Tông")


@dataclass(frozen=True)
class Told:
    """What a row says."""

    name: str
    sex: Sex
    birth: date
    mother: str
    village: str
    weight: int | None
    lenhei: int | None
    position: Position | None
    oedema: bool
    muac: int | None
    absent: bool


@st.composite
def names(draw: st.DrawFn) -> str:
    return " ".join(draw(st.sampled_from(part)) for part in (FAMILY, MIDDLE, GIVEN))


@st.composite
def told(draw: st.DrawFn) -> Told:
    absent = draw(st.integers(0, 5)) == 0
    lenhei = None if absent else draw(st.integers(450, 1250))
    return Told(
        draw(names()),
        draw(st.sampled_from(Sex)),
        VISIT - timedelta(days=draw(st.integers(0, 1826))),
        draw(names()),
        draw(st.sampled_from(VILLAGES)),
        None if absent else draw(st.integers(20, 300)) * 100,
        lenhei,
        None if lenhei is None else draw(st.sampled_from((None, *Position))),
        not absent and draw(st.integers(0, 8)) == 0,
        None if absent else draw(st.one_of(st.none(), st.integers(90, 190))),
        absent,
    )


Write = Callable[[Told], Raw]


def _decimal(style: str, amount: Decimal) -> Raw:
    return {
        "number": float(amount),
        "comma": f"{amount}".replace(".", ","),
        "point": f"{amount}",
        "unit": f"{amount}".replace(".", ","),
    }[style]


def _weight(style: str, absent: str) -> Write:
    def write(row: Told) -> Raw:
        if row.absent:
            return absent
        if row.weight is None:
            return ""
        if style == "grams":
            return row.weight
        kilograms = Decimal(row.weight) / 1000
        return f"{_decimal('comma', kilograms)} kg" if style == "unit" else _decimal(style, kilograms)

    return write


def _length(style: str) -> Write:
    def write(row: Told) -> Raw:
        if row.lenhei is None:
            return ""
        if style == "metres":
            return f"{Decimal(row.lenhei) / 1000:.3f}".replace(".", ",")
        centimetres = Decimal(row.lenhei) / 10
        return f"{_decimal('comma', centimetres)}cm" if style == "unit" else _decimal(style, centimetres)

    return write


def _date(style: str) -> Write:
    def write(row: Told) -> Raw:
        day = row.birth
        return {
            "date": datetime.combine(day, time()),
            "long": f"{day:%d/%m/%Y}",
            "short": f"{day.day}/{day.month}/{day:%y}",
            "dots": f"{day:%d.%m.%Y}",
            "dashes": f"{day.day}-{day.month}-{day.year}",
            "iso": day.isoformat(),
            "serial": (day - date(1899, 12, 30)).days,
        }[style]

    return write


Column = tuple[tuple[str, ...], Write]


@st.composite
def _sexes(draw: st.DrawFn) -> list[Column]:
    style = draw(st.sampled_from(("marks", "grouped", "words", "letters", "digits", "trai", "girls")))
    boys, girls = (lambda row: row.sex is Sex.MALE), (lambda row: row.sex is Sex.FEMALE)

    def mark(which: Callable[[Told], bool]) -> Write:
        return lambda row: "x" if which(row) else ""

    def word(boy: Raw, girl: Raw) -> Write:
        return lambda row: boy if row.sex is Sex.MALE else girl

    heading = draw(st.sampled_from(("Giới tính", "Giới", "GT", "Nam/Nữ", "Phái")))
    return {
        "marks": [(("Nam",), mark(boys)), (("Nữ",), mark(girls))],
        "grouped": [(("Giới tính", "Nam"), mark(boys)), (("Giới tính", "Nữ"), mark(girls))],
        "words": [((heading,), word("Nam", "Nữ"))],
        "letters": [((heading,), word("M", "F"))],
        "digits": [((heading,), word(1, 2))],
        "trai": [((heading,), word("Trai", "gái"))],
        "girls": [(("Nữ (x)",), mark(girls))],
    }[style]


@st.composite
def layouts(draw: st.DrawFn) -> list[Column]:
    """Columns in any order, each written in one of the ways people write it."""
    decimals = st.sampled_from(("number", "comma", "point", "unit"))
    weight = draw(st.one_of(decimals, st.just("grams")))
    parts: list[list[Column]] = [
        [((draw(st.sampled_from(("Họ và tên trẻ", "HỌ TÊN", "Họ tên trẻ em", "Tên trẻ"))),), lambda row: row.name)],
        draw(_sexes()),
        [
            (
                (draw(st.sampled_from(("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "NS"))),),
                _date(draw(st.sampled_from(("date", "long", "short", "dots", "dashes", "iso", "serial")))),
            )
        ],
        [
            (
                (draw(st.sampled_from(("Cân nặng (kg)", "Cân nặng", "Trọng lượng", "Cân (kg)", "CN (kg)"))),),
                _weight(weight, draw(st.sampled_from(("Vắng", "v", "không cân", "Vắng mặt", "VẮNG")))),
            )
        ],
        [
            (
                (
                    draw(
                        st.sampled_from(
                            ("Chiều cao (cm)", "Chiều cao", "Cao (cm)", "Chiều dài/cao", "Chiều dài/chiều cao (cm)")
                        )
                    ),
                ),
                _length(draw(st.one_of(decimals, st.just("metres")))),
            )
        ],
        [(("Họ tên mẹ",), lambda row: row.mother)],
        [((draw(st.sampled_from(("Thôn/bản", "Địa chỉ", "Thôn", "Tổ dân phố"))),), lambda row: row.village)],
    ]
    extra: list[list[Column]] = [
        [(("CN/T",), lambda _: "BT")],
        [(("CC/T",), lambda _: "")],
        [(("Tháng tuổi",), lambda row: (VISIT - row.birth).days // 31)],
        [(("Ghi chú",), lambda row: "Vắng" if row.absent else "")],
        [(("Điện thoại",), lambda _: "0912345678")],
        [(("Cân nặng khi sinh",), lambda _: "3,1")],
    ]
    parts += draw(st.lists(st.sampled_from(extra), unique_by=id))
    if draw(st.booleans()):
        parts.append([(("Phù",), lambda row: "x" if row.oedema else "")])
    if draw(st.booleans()):
        parts.append([(("MUAC (cm)",), lambda row: "" if row.muac is None else row.muac / 10)])
    if draw(st.booleans()):
        said = {Position.LYING: "Nằm", Position.STANDING: "Đứng", None: ""}
        parts.append([(("Tư thế đo",), lambda row: said[row.position])])
    return [column for part in draw(st.permutations(parts)) for column in part]


def typed(text: str, encoding: Encoding) -> str:
    """A text as it comes out of a file typed with such a font."""
    if encoding is Encoding.UNICODE:
        return text
    back = {letter: code for code, letter in (TCVN3 if encoding is Encoding.TCVN3 else VNI).items()}
    if encoding is Encoding.TCVN3:
        back |= {letter.upper(): code for letter, code in back.items() if letter.upper() not in back}
    return "".join(back.get(char, char) for char in text)


def sheet_of(
    rows: list[Told],
    columns: list[Column],
    *,
    above: list[str],
    encoding: Encoding = Encoding.UNICODE,
    merged: bool = True,
    numbered: bool = False,
    signed: bool = False,
) -> Sheet:
    """The sheet, with its lines above, headings on one row or two, and what stands below a list."""
    deep = any(len(path) > 1 for path, _ in columns)
    lines: list[list[Raw]] = [[line] for line in above]
    columns = [(("STT",), lambda row: rows.index(row) + 1), *columns]
    top = len(lines) + 1
    merges = []
    if deep:
        group: list[Raw] = []
        for at, (path, _) in enumerate(columns, 1):
            first = group.index(path[0]) + 1 if len(path) > 1 and path[0] in group else 0
            group.append("" if first else path[0])
            if first:
                merges.append((top, first, top, at))
            elif len(path) == 1:
                merges.append((top, at, top + 1, at))
        lines += [group, [path[-1] if len(path) > 1 else "" for path, _ in columns]]
    else:
        lines.append([path[0] for path, _ in columns])
    if numbered:
        lines.append([f"({at})" for at in range(1, len(columns) + 1)])
    lines += [[write(row) for _, write in columns] for row in rows]
    if signed:
        lines += [["", "Tổng cộng", *[""] * 3, len(rows)], [], ["", "Người lập biểu"], ["", "Nguyễn Văn Bình"]]
    cells: list[list[Raw]] = [
        [typed(cell, encoding) if isinstance(cell, str) else cell for cell in row] for row in lines
    ]
    fonts = {Encoding.TCVN3: {".VnTime"}, Encoding.VNI: {"VNI-Times"}}.get(encoding, set())
    return Sheet("Nậm Có", cells, tuple(merges) if merged else None, fonts=frozenset(fonts))
