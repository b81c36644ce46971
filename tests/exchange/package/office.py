"""Two offices with keys, a package between them, and ways to take it apart and put it together wrongly."""

from __future__ import annotations

import functools
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

from desktop.domain.values import Value, number
from desktop.domain.versions import Version
from desktop.exchange.package import archive, container, keys, manifest, rows, sealing
from desktop.exchange.package.container import Written
from desktop.exchange.package.manifest import Kind, Manifest
from desktop.exchange.package.row import Row
from desktop.exchange.package.trust import Sender, Trust

MADE = "2026-11-21T08:30:00+07:00"
TODAY = date(2026, 11, 22)
NODE = "9f2c00112233aabb"
UNIT = rows.unit_field(uid="0e984725-c51c-4bf4-9960-e1c80e27aba0", code="04294", name="Xã Yên Thịnh", valid_from=None)


@functools.cache
def identity(code: str) -> keys.Identity:
    name = {"137": "Trung tâm Y tế huyện Yên Bình", "15": "Sở Y tế tỉnh Yên Bái"}.get(code, code)
    return keys.new_identity(office=f"office-{code}", code=code, name=name, level="district", made=MADE)


def about(sender: str = "137", receiver: str = "15", **other: object) -> Manifest:
    one, two = identity(sender).public, identity(receiver).public
    plain = Manifest(
        kind=Kind.PACKAGE,
        id="4c1f7a52-8b57-4a8e-9f5e-0c6d1e2f3a4b",
        made=MADE,
        program="1.0.0",
        sender=manifest.From(one.office, one.code, one.name, one.sign.id, NODE),
        to=manifest.To(two.office, two.code, two.seal),
        stream=manifest.Stream(NODE, 1, None),
        scope="record",
        base={},
        seen={NODE: 1},
        nodes={NODE: (one.office, 1)},
    )
    return replace(plain, **other)


def value_row(element: str = "dan_so", value: Value | None = None, release: int = 1, **other: object) -> Row:
    fields = rows.value_fields(
        unit=UNIT,
        period="2025",
        element=element,
        category="default",
        kind="actual",
        value=value or number(1234),
    )
    return Row(Version(NODE, release), "Cán bộ thống kê", MADE, fields | other)


def cover(about: Manifest) -> str:
    return f"GÓI DỮ LIỆU\nNơi gửi: {about.sender.name}\n"


def written(
    plan: Manifest | None = None,
    tables: dict[str, list[Row]] | None = None,
    *,
    sealed: bool = True,
    files: dict[str, bytes] | None = None,
) -> Written:
    plan = plan or about()
    return container.write_package(
        plan,
        {"value": [value_row("dan_so"), value_row("so_ho", number(310))]} if tables is None else tables,
        signer=identity(plan.sender.code).private,
        recipients=identity(plan.to.code).public.recipients if sealed else (),
        cover=cover,
        files=files,
    )


def trust(receiver: str = "15", *senders: str, **other: object) -> Trust:
    us = identity(receiver)
    known = {}
    for code in senders or ("137",):
        one = identity(code).public
        known[one.sign.id] = Sender(one.office, one.code, one.name, "child", one.sign)
    return replace(Trust(us.public.office, receiver, {us.public.seal: us.private.seal_identity}, known, TODAY), **other)


def entries(data: bytes, receiver: str = "15") -> dict[str, bytes]:
    """What is in a package, as its receiver sees it."""
    plain = sealing.unseal(data, [identity(receiver).private.seal_identity]) if sealing.is_sealed(data) else data
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(content: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in content.items():
            made.writestr(name, data)
    return buffer.getvalue()


def sealed(data: bytes, receiver: str = "15") -> bytes:
    return sealing.seal(data, identity(receiver).public.recipients)


def signed(content: dict[str, bytes], told: dict[str, object], sender: str = "137") -> dict[str, bytes]:
    """The same entries with another manifest, signed again by this sender."""
    data = json.dumps(told, ensure_ascii=False).encode()
    return content | {
        archive.MANIFEST: data,
        archive.SIGNATURE: identity(sender).private.sign(data, "so tram"),
    }


def forged(sender: str = "137", /, *, tables: dict[str, bytes] | None = None, **changes: object) -> bytes:
    """A package of ours with other members in its manifest or other bytes in its files, properly listed and signed."""
    content = entries(written().data)
    told = json.loads(content[archive.MANIFEST])
    if tables is not None:
        content = {name: data for name, data in content.items() if not name.startswith("rows/")} | tables
        told["files"] = [listed(name, data) for name, data in content.items() if not name.startswith("manifest")]
    return sealed(zipped(signed(content, told | changes, sender)))


def listed(name: str, data: bytes) -> dict[str, object]:
    import hashlib

    entry: dict[str, object] = {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return entry | ({"rows": data.count(b"\n")} if name.startswith("rows/") else {})
