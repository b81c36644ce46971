"""The shipped profile is whole, and a file that is not says where."""

from desktop.application import shipped
from desktop.application.station_profiles import shipped_profile
from desktop.domain.stations.profile import OWN, Asked
from desktop.domain.stations.zones import Terrain
from desktop.exchange.station_profile_file import read_profile

FILE = """format: sotram-stations/1
groups:
  - code: staff
    name_vi: Nhân lực
    items:
      - {code: doctors, name_vi: Bác sĩ, asked: %s}
"""


def test_the_shipped_profile_answers_what_the_forms_ask():
    profile = shipped_profile()
    known = shipped.catalogue().elements
    fed = {code for item in profile.items.values() for code in item.feeds}
    assert fed == {"doctors", "ncd_managed", "family_medicine"}
    assert fed <= known.keys()
    assert {one.code for one in profile.items["terrain"].choices} == set(Terrain)
    assert {"distance_km", "especially_hard", "hard_to_reach", "shares_polyclinic_site"} <= profile.items.keys()


def test_every_item_says_where_it_comes_from_and_has_two_names():
    for item in shipped_profile().items.values():
        assert item.source
        assert item.name_en
        assert item.within is None or item.asked is Asked.COUNT
    assert shipped_profile().source == OWN


def test_no_name_means_two_items():
    from desktop.domain.text import fold

    names = [fold(name) for item in shipped_profile().items.values() for name in (item.name_vi, *item.synonyms)]
    assert len(names) == len(set(names)), {name for name in names if names.count(name) > 1}


def test_a_file_with_an_error_gives_no_profile():
    found, findings = read_profile(FILE % "count", "a.yaml")
    assert findings == []
    assert found is not None
    for wrong in (FILE % "money", FILE % "choice", FILE.replace("sotram-stations/1", "x") % "count", "", "a: [}"):
        found, findings = read_profile(wrong, "a.yaml")
        assert found is None
        assert findings
