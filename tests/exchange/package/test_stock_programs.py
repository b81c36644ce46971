"""Stock `age` and `minisign` open and verify what we write, and we what they write."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile

import pytest

from desktop.exchange.package import archive, container, keys, minisign, sealing, strict_json
from desktop.exchange.package.refused import Code, Refused
from tests.exchange.package import office


def run(*command: object, given: bytes | None = None) -> bytes:
    return subprocess.run([str(word) for word in command], input=given, capture_output=True, check=True).stdout


@pytest.fixture
def identity_file(tmp_path):
    path = tmp_path / "identity.txt"
    path.write_text(office.identity("15").private.seal_identity + "\n", encoding="ascii")
    return path


@pytest.mark.tool("age", "minisign")
def test_age_opens_our_package_and_minisign_verifies_it(tmp_path, identity_file):
    made = office.written()
    package = tmp_path / "package.sotram"
    package.write_bytes(made.data)
    opened = run("age", "-d", "-i", identity_file, package)
    with zipfile.ZipFile(io.BytesIO(opened)) as content:
        assert content.testzip() is None
        for name in (archive.MANIFEST, archive.SIGNATURE):
            (tmp_path / name).write_bytes(content.read(name))
    public = tmp_path / "sender.pub"
    public.write_bytes(office.identity("137").public.sign.file())
    told = run("minisign", "-V", "-p", public, "-m", tmp_path / archive.MANIFEST)
    assert b"Signature and comment signature verified" in told
    assert made.manifest.id.encode() in told
    run("minisign", "-V", "-P", office.identity("137").public.sign.text, "-m", tmp_path / archive.MANIFEST)


@pytest.mark.tool("minisign")
def test_minisign_refuses_a_changed_manifest(tmp_path):
    content = office.entries(office.written().data)
    (tmp_path / archive.MANIFEST).write_bytes(content[archive.MANIFEST] + b" ")
    (tmp_path / archive.SIGNATURE).write_bytes(content[archive.SIGNATURE])
    with pytest.raises(subprocess.CalledProcessError):
        run("minisign", "-V", "-P", office.identity("137").public.sign.text, "-m", tmp_path / archive.MANIFEST)


@pytest.mark.tool("age")
def test_we_open_what_age_sealed():
    made = office.written(sealed=False)
    sealed = run("age", "-r", office.identity("15").public.seal, given=made.data)
    assert container.open_package(sealed, office.trust()).manifest == made.manifest
    with pytest.raises(Refused) as raised:
        container.open_package(run("age", "-r", office.identity("16").public.seal, given=made.data), office.trust())
    assert raised.value.code == Code.CANNOT_OPEN


@pytest.mark.tool("age")
def test_an_armoured_or_passphrase_file_is_no_package():
    armoured = run("age", "-a", "-r", office.identity("15").public.seal, given=b"x")
    assert not sealing.is_sealed(armoured)
    with pytest.raises(Refused) as raised:
        container.open_package(armoured, office.trust())
    assert raised.value.code == Code.CANNOT_OPEN


@pytest.mark.tool("age-keygen")
def test_age_knows_our_seal_key(identity_file):
    assert run("age-keygen", "-y", identity_file).decode().strip() == office.identity("15").public.seal


@pytest.mark.tool("minisign")
@pytest.mark.parametrize("options", [[], ["-l"]], ids=["hashed", "legacy"])
def test_we_verify_what_minisign_signed(tmp_path, options):
    public, private, signed = tmp_path / "a.pub", tmp_path / "a.key", tmp_path / "data"
    signed.write_bytes(b"anything")
    run("minisign", "-G", "-W", "-p", public, "-s", private)
    run("minisign", "-S", *options, "-s", private, "-m", signed, "-t", "lời ghi", given=b"")
    key = minisign.read_public_key(public.read_text(encoding="utf-8"))
    signature = minisign.read_signature((tmp_path / "data.minisig").read_bytes())
    assert signature.trusted_comment == "lời ghi"
    assert signature.prehashed == (not options)
    assert minisign.verifies(signature, b"anything", key)
    assert not minisign.verifies(signature, b"anythinh", key)
    assert key.id.lstrip("0") in public.read_text(encoding="utf-8")  # minisign leaves leading zeros out


@pytest.mark.tool("minisign")
def test_minisign_verifies_our_key_file(tmp_path):
    one = office.identity("137")
    newer = keys.new_identity(office="o", code="137", name="TTYT", level="area", made=office.MADE, replacing=one)
    told = json.loads(newer.public.data)
    signatures = told.pop("signatures")
    (tmp_path / "key").write_bytes(strict_json.canonical(told))
    for key, signature in zip((newer.public.sign, one.public.sign), signatures, strict=True):
        (tmp_path / "key.minisig").write_text(signature, encoding="utf-8")
        run("minisign", "-V", "-P", key.text, "-m", tmp_path / "key")
