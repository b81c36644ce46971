"""No figure differs from WHO's own program, except where that program is wrong."""

import numpy as np
import pytest

from desktop.application.growth import standards
from desktop.domain.growth.scores import Index
from desktop.domain.growth.zscores import zscores
from tests.domain.growth.practice import columns_of, commune, commune_zscores, floats, months, table

NAMES = {Index.HA: "len", Index.WA: "wei", Index.WH: "wfl", Index.BMI: "bmi"}
SETS = [("commune_expected", commune), ("months_expected", months)]


def test_the_made_up_district_has_20_000_children():
    assert len(commune()) == 20_000
    assert len(months()) == 1_500


@pytest.mark.parametrize(("name", "columns"), SETS)
@pytest.mark.parametrize("index", Index)
def test_z_scores_and_flags_are_whos(name, columns, index):
    expected = table(name)
    found = zscores(standards(), columns())
    wanted = floats(expected, f"z{NAMES[index]}")
    ours = found.of(index)
    assert (np.isnan(wanted) == np.isnan(ours)).all()
    off = np.abs(wanted - ours) > 1e-9
    assert [(row["clenhei"], row["cmeasure"]) for row, is_off in zip(expected, off, strict=True) if is_off] == (
        [("102.4", "l")] * 3 if (name, index) == ("commune_expected", Index.WH) else []
    )
    flags = ["" if np.isnan(z) else str(int(flag)) for z, flag in zip(ours, found.flagged(index), strict=True)]
    assert flags == [row[f"f{NAMES[index]}"] for row in expected]


@pytest.mark.parametrize(("name", "columns"), SETS)
def test_length_position_and_bmi_are_whos(name, columns):
    expected = table(name)
    found = zscores(standards(), columns())
    assert [" lh"[at].strip() for at in found.position] == [row["cmeasure"] for row in expected]
    assert [str(int(one)) for one in found.unlikely_position] == [row["c9mo_flag"] for row in expected]
    lengths = np.where(found.micrometres > 0, found.micrometres / 1e4, np.nan)
    assert np.array_equal(lengths, floats(expected, "clenhei"), equal_nan=True)
    assert np.allclose(found.bmi, floats(expected, "cbmi"), rtol=1e-12, equal_nan=True)


def test_at_103_1_cm_lying_the_table_of_102_4_is_read():
    by_hand = {"6495": -0.67, "17770": -0.67, "18893": 0.40}
    place = {row["id"]: at for at, row in enumerate(table("commune_input"))}
    assert {child: commune_zscores().of(Index.WH)[place[child]] for child in by_hand} == by_hand


@pytest.mark.parametrize(
    "fact", table("unit_facts"), ids=lambda fact: f"{fact['age']}{fact['age_unit']}-{fact['column']}"
)
def test_a_fact_of_whos_description_or_tests(fact):
    age = {"d": "days", "m": "months"}[fact["age_unit"]]
    found = zscores(standards(), columns_of([fact | {f"age_{age}": fact["age"]}], age))
    column, wanted = fact["column"], float(fact["expected"].replace("NA", "nan"))
    if column == "clenhei":
        assert found.micrometres[0] == round(wanted * 1e4)
    elif column == "c9mo_flag":
        assert found.unlikely_position[0] == wanted
    else:
        index = next(index for index, name in NAMES.items() if name == column[1:])
        ours = found.of(index)[0] if column[0] == "z" else float(found.flagged(index)[0])
        assert np.array_equal([ours], [wanted], equal_nan=True)
