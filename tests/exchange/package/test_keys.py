"""Identities, key files and fingerprints."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import AppError
from desktop.exchange.package import keys, seal_key, strict_json
from desktop.exchange.package.keys import PrivateKeys
from tests.exchange.package import office

ONE = office.identity("137")


def refused(data: bytes) -> AppError:
    with pytest.raises(AppError) as raised:
        keys.read_key_file(data)
    assert raised.value.code == "bad_key_file"
    return raised.value


def changed(**members: object) -> bytes:
    return json.dumps(json.loads(ONE.public.data) | members).encode()


def test_a_key_file_says_who_and_is_signed_by_itself():
    told = json.loads(ONE.public.data)
    assert keys.read_key_file(ONE.public.data) == ONE.public
    assert (told["format"], told["office"], told["code"], told["serial"]) == (1, "office-137", "137", 1)
    assert told["replaces"] is None
    assert told["escrow"] is None
    assert ONE.public.recipients == (told["seal"],)


def test_any_change_of_a_key_file_is_seen():
    other = office.identity("15").public
    for members in (
        {"name": "Another"},
        {"office": "x"},
        {"seal": other.seal},
        {"sign": other.sign.text},
        {"serial": 2},
        {"extra": 1},
        {"escrow": other.seal},
        {"signatures": []},
    ):
        assert refused(changed(**members))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"{" * 70_000,
        changed(signatures=None),
        changed(signatures=["x"]),
        changed(seal="age1x"),
        changed(seal=5),
        changed(level="ward"),
        changed(code=""),
        changed(serial="1"),
    ],
)
def test_what_is_no_key_file_is_refused_in_words(data):
    assert refused(data).advice is not None


def test_a_newer_format_says_so():
    assert "newer" in str(refused(changed(format=2)))


def test_the_private_half_is_kept_as_bytes_and_never_shown():
    assert PrivateKeys.from_bytes(ONE.private.to_bytes()) == ONE.private
    assert ONE.private.public == ONE.public.sign
    assert ONE.private.sign_seed.hex() not in repr(ONE)
    assert "SECRET" not in repr(ONE)


def test_a_replacement_is_signed_by_the_key_before_it():
    newer = keys.new_identity(
        office="office-137", code="137", name="TTYT", level="area", made=office.MADE, replacing=ONE
    )
    assert newer.public.serial == 2
    assert newer.public.replaces == ONE.public.sign.id
    assert keys.is_signed_by(newer.public, ONE.public.sign)
    assert not keys.is_signed_by(newer.public, office.identity("15").public.sign)
    assert not keys.is_signed_by(ONE.public, ONE.public.sign)
    told = json.loads(newer.public.data)
    told["signatures"].pop()
    assert "replaces" in str(refused(json.dumps(told).encode()))


def test_nobody_replaces_the_key_of_another_by_writing_its_id():
    stranger = keys.new_identity(office="office-137", code="137", name="x", level="area", made=office.MADE)
    content = json.loads(stranger.public.data) | {"replaces": ONE.public.sign.id}
    content.pop("signatures")
    signed = strict_json.canonical(content)
    forged = PrivateKeys(stranger.private.sign_seed, ONE.private.key_id, stranger.private.seal_identity)
    content["signatures"] = [key.sign(signed, "x").decode() for key in (stranger.private, forged)]
    found = keys.read_key_file(json.dumps(content).encode())
    assert not keys.is_signed_by(found, ONE.public.sign)


def test_the_same_keys_under_a_new_name_keep_their_fingerprint():
    renamed = keys.rewritten(
        ONE, code="TTYT-KV1", name="Trung tâm Y tế khu vực Yên Bình", level="area", made=office.MADE
    )
    assert renamed.public.fingerprint == ONE.public.fingerprint
    assert renamed.public.name == "Trung tâm Y tế khu vực Yên Bình"


def test_an_escrow_key_is_a_second_recipient():
    _, recipient = keys.new_escrow()
    found = keys.new_identity(
        office="o", code="1", name="n", level="province", made=office.MADE, escrow=recipient
    ).public
    assert found.recipients == (found.seal, recipient)


def test_a_fingerprint_is_thirty_digits_of_both_keys():
    groups = ONE.public.fingerprint.split(" ")
    assert [len(group) for group in groups] == [5] * 6
    digest = hashlib.sha256(ONE.public.sign.key + seal_key.public_bytes(ONE.public.seal)).hexdigest()
    assert "".join(groups) == str(int(digest, 16))[-30:]
    assert ONE.public.fingerprint != office.identity("15").public.fingerprint


def test_fingerprints_are_compared_by_their_digits():
    told = ONE.public.fingerprint
    assert keys.same_fingerprint(told, told.replace(" ", ""))
    assert keys.same_fingerprint(told, told.replace(" ", "-"))
    assert not keys.same_fingerprint(told, told[:-1])
    assert not keys.same_fingerprint("", "")


def test_a_recipient_gives_the_bytes_that_age_uses():
    """The example recipient of age's README."""
    assert (
        seal_key.public_bytes("age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa")
        .hex()
        .startswith("5f8662658a1446e3")
    )


@given(st.integers(0, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7lb1A"))
def test_a_slip_in_a_recipient_is_seen(place, letter):
    seal = ONE.public.seal
    slipped = seal[:place] + letter + seal[place + 1 :]
    if slipped != seal:
        with pytest.raises(ValueError, match=r"age recipient|32 bytes"):
            seal_key.public_bytes(slipped)
