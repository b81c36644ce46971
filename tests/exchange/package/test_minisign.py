"""The frame of minisign, byte by byte as its author describes it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.package import minisign
from desktop.exchange.package.minisign import BadFrame
from tests.exchange.package import office

PRIVATE = office.identity("137").private


def test_what_was_signed_verifies_and_nothing_else_does():
    signature = minisign.read_signature(PRIVATE.sign(b"data", "so tram 1"))
    assert minisign.verifies(signature, b"data", PRIVATE.public)
    assert signature.trusted_comment == "so tram 1"
    assert signature.id == PRIVATE.public.id
    assert not minisign.verifies(signature, b"datb", PRIVATE.public)
    assert not minisign.verifies(signature, b"data", office.identity("15").public.sign)


def test_another_key_with_the_same_id_does_not_verify():
    signature = minisign.read_signature(PRIVATE.sign(b"data", "so tram 1"))
    impostor = minisign.PublicKey(PRIVATE.key_id, office.identity("15").public.sign.key)
    assert not minisign.verifies(signature, b"data", impostor)


def test_the_trusted_comment_is_signed_too():
    data = PRIVATE.sign(b"data", "so tram 1").replace(b"so tram 1", b"so tram 2")
    assert not minisign.verifies(minisign.read_signature(data), b"data", PRIVATE.public)


def test_a_public_key_is_read_from_its_line_and_its_file():
    key = PRIVATE.public
    assert minisign.read_public_key(key.text) == key
    assert minisign.read_public_key(key.file().decode()) == key
    assert key.text.startswith("RW")
    assert len(key.id) == 16


def test_the_example_of_the_manual_is_read():
    """Source: the public key printed on https://jedisct1.github.io/minisign/."""
    key = minisign.read_public_key("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3")
    assert key.id == "E7620F1842B4E81F"


@pytest.mark.parametrize(
    "text", ["", "RWQ", "abc def", base64.b64encode(b"Xd" + bytes(40)).decode(), "RW" + "A" * 55, "é" * 56]
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(BadFrame):
        minisign.read_public_key(text)


def test_an_old_signature_without_hash_is_read():
    from nacl.signing import SigningKey

    key = SigningKey(PRIVATE.sign_seed)
    signature = key.sign(b"data").signature
    whole = key.sign(signature + b"old").signature
    frame = base64.b64encode(b"Ed" + PRIVATE.key_id + signature).decode()
    text = f"untrusted comment: x\n{frame}\ntrusted comment: old\n{base64.b64encode(whole).decode()}\n"
    found = minisign.read_signature(text.encode())
    assert not found.prehashed
    assert minisign.verifies(found, b"data", PRIVATE.public)


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=3))
def test_a_changed_signature_never_verifies_other_data(place, piece):
    data = PRIVATE.sign(b"data", "so tram 1")
    place %= len(data)
    changed = data[:place] + piece + data[place + len(piece) :]
    try:
        found = minisign.read_signature(changed)
    except BadFrame:
        return
    assert not minisign.verifies(found, b"other", PRIVATE.public)
    if minisign.verifies(found, b"data", PRIVATE.public):
        # only the untrusted comment may differ
        assert changed.splitlines()[1:] == data.splitlines()[1:]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_signature_or_refused(data):
    try:
        minisign.read_signature(data)
    except BadFrame:
        return
    raise AssertionError("hypothesis signed something")
