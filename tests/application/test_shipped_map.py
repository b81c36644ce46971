"""The quick reading of the shipped map says exactly what the whole register says of sure rows."""

import pytest

from desktop.application import shipped
from desktop.application.shipped_map import sure_parts


@pytest.mark.parametrize("province", ["15", "24", "75", "01"])
def test_sure_parts_are_those_of_the_whole_register(province):
    register, parts = shipped.register(province)
    doubtful = {part.new for part in parts if not (part.whole and part.agrees)}
    wanted = {(part.old, part.new) for part in parts if part.new not in doubtful and part.old != part.new}
    found = list(sure_parts(register, set()))
    assert {(part.old, part.new) for part in found} == wanted
    assert len(found) == len(wanted)
    assert all(part.whole for part in found)


def test_where_an_act_speaks_the_map_is_silent():
    register, _ = shipped.register("15")
    first = next(sure_parts(register, set()))
    rest = list(sure_parts(register, {first.old}))
    assert all(part.new != first.new for part in rest)
