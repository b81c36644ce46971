"""Writes the golden packages of the present format into tests/data/package; run once for each released format.

    python -m tests.exchange.package.make_golden

A folder that is there is never written again: packages on sticks do not change either.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop.domain.versions import Version
from desktop.exchange.package import keys, manifest, names, rows
from desktop.exchange.package.container import write_package
from desktop.exchange.package.manifest import FormEntry, Kind, Manifest
from desktop.exchange.package.receipt import FormReceipt, Head, Receipt, Result
from desktop.exchange.package.row import Row
from tests.exchange.package.test_rows import GOOD

DATA = Path(__file__).parents[2] / "data" / "package"
FOLDER = DATA / f"format-{manifest.FORMAT}"
MADE = "2026-11-21T08:30:00+07:00"
NODES = {"137": "9f2c00112233aabb", "15": "77aa00112233aabb"}


def main() -> None:
    FOLDER.mkdir(parents=True)
    district = new("137", "Trung tâm Y tế huyện Yên Bình", "district")
    province = new("15", "Sở Y tế tỉnh Yên Bái", "province")
    for one in (district, province):
        (FOLDER / f"{one.public.code}.key.json").write_bytes(one.public.data)
        (FOLDER / f"{one.public.code}.private.json").write_bytes(one.private.to_bytes() + b"\n")
    config = {"deadline", "key"}
    tables = {name: [Row(Version(NODES["137"], 1), "Thống kê", MADE, fields)] for name, fields in GOOD.items()}
    package = {name: sent for name, sent in tables.items() if name not in config}
    forms = (FormEntry(GOOD["value"]["unit"]["uid"], "commune", "2025", "complete", rows.form_digest([GOOD["value"]])),)
    sent = write(about(district, province, forms=forms), package, district, province)
    write(about(district, province, to=manifest.To(None, "15", None)), package, district, None)
    answer = Receipt(
        manifest=sent,
        result=Result.PARTLY,
        code=None,
        seen={NODES["137"]: 1, NODES["15"]: 3},
        forms=(FormReceipt(forms[0].unit, "commune", "2025", forms[0].digest, same=True),),
        waiting=({"table": "value", "unit": "04294", "why": "unknown_element"},),
        head=Head(412, "d" * 64),
    )
    write(about(province, district, kind=Kind.RECEIPT, receipt=answer), {}, province, district)
    write(about(province, district, kind=Kind.CONFIG), {name: tables[name] for name in config}, province, district)


def new(code: str, name: str, level: str) -> keys.Identity:
    return keys.new_identity(office=f"office-{code}", code=code, name=name, level=level, made=MADE)


def about(one: keys.Identity, two: keys.Identity, **other: object) -> Manifest:
    sender, receiver, node = one.public, two.public, NODES[one.public.code]
    members: dict[str, object] = {
        "kind": Kind.PACKAGE,
        "id": "4c1f7a52-8b57-4a8e-9f5e-0c6d1e2f3a4b",
        "made": MADE,
        "program": "0.1.0",
        "sender": manifest.From(sender.office, sender.code, sender.name, sender.sign.id, node),
        "to": manifest.To(receiver.office, receiver.code, receiver.seal),
        "stream": manifest.Stream(node, 1, None),
        "scope": "record",
        "base": {},
        "seen": {node: 1},
        "nodes": {node: (sender.office, 1)},
    }
    return Manifest(**(members | other))


def write(plan: Manifest, tables: dict, one: keys.Identity, two: keys.Identity | None) -> str:
    made = write_package(
        plan,
        tables,
        signer=one.private,
        recipients=two.public.recipients if two else (),
        cover=lambda about: f"Nơi gửi: {about.sender.name}\n",
    )
    name = names.package_name(plan, sealed=two is not None)
    name = name.replace(".sotram", "-C.sotram") if plan.kind == Kind.CONFIG else name
    (FOLDER / name).write_bytes(made.data)
    expected = FOLDER / "expected.json"
    told = json.loads(expected.read_text(encoding="utf-8")) if expected.exists() else {}
    told[name] = {"manifest": json.loads(made.manifest.to_bytes()), "rows": {t: rows_of(tables[t]) for t in tables}}
    expected.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return made.manifest_sha256


def rows_of(sent: list[Row]) -> list[list[object]]:
    return [[list(row.version), row.who, row.at, dict(row.fields), row.gone] for row in sent]


if __name__ == "__main__":
    main()
