"""The search for garbage is put off, and comes back as it was."""

import gc

import pytest

from desktop.system.collecting import put_off


def test_it_is_off_meanwhile_and_on_again():
    with put_off():
        assert not gc.isenabled()
        with put_off():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_on_again_after_a_fault():
    @put_off()
    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    assert gc.isenabled()
