"""What an act does to series: shown before it is entered; what the map says where nobody has confirmed it."""

from datetime import date

from desktop.application import acts, proposals
from desktop.application.acts_history import draft_of
from desktop.application.acts_preview import Why
from desktop.application.acts_words import preview_sentences
from desktop.application.history_units import keep_history
from desktop.domain.acts import ActKind
from desktop.domain.acts_drafts import Draft, Share, Source, Target
from desktop.domain.units import REFORM
from desktop.system.i18n import render


def merger(*olds, to="04630", day=REFORM, shares=()):
    return Draft(ActKind.MERGE, day, "NQ 1673", tuple(map(Source, olds)), (Target(to),), tuple(shares))


def lost(answer, why):
    return [one for one in answer.preview.unknowable if one.reason is why]


def test_figures_that_miss_a_part_outside_the_office_are_counted_before(filled):
    answer = acts.look_at(filled, merger("04480", "04630"))
    (one,) = lost(answer, Why.OUTSIDE)
    assert (one.unit, one.because, one.boundaries) == ("04630", ("04630",), REFORM)
    assert one.cells == sum(series.cells for series in answer.preview.series) > 40
    assert one.periods == ("2021", "2022", "2023", "2024")
    assert any("04630" in render(said) for said in preview_sentences(answer.preview))


def test_a_merger_of_what_an_earlier_merger_made_misses_nothing_the_office_ever_served(filled):
    made = acts.look_at(filled, merger("04462", "04456", to="04462", day=date(2027, 1, 1)))
    assert (made.act is not None, lost(made, Why.OUTSIDE)) == (True, [])
    (one,) = lost(acts.look_at(filled, merger("04462", "04630", to="04462", day=date(2027, 1, 1))), Why.OUTSIDE)
    assert (one.because, one.named) == (("04630",), ("Xã Tú Lệ (04630)",))
    keep_history(filled, unit="04630", day=date(2024, 12, 31))
    made = acts.look_at(filled, merger("04462", "04630", to="04462", day=date(2027, 1, 1)))
    assert lost(made, Why.OUTSIDE) == []


def test_a_part_without_a_share_makes_figures_unknowable_and_a_share_does_not(filled):
    loose = acts.look_at(filled, merger("04468", "04456", to="04456", shares=[Share("04468", "04456", None)]))
    (one,) = lost(loose, Why.PART)
    assert one.because == ("04468",)
    assert one.cells > 40
    shared = acts.look_at(
        filled, merger("04468", "04456", to="04456", shares=[Share("04468", "04456", 4000, "dân số")])
    )
    assert lost(shared, Why.PART) == []


def test_figures_of_periods_after_the_end_are_told(filled):
    day = date(2024, 3, 1)
    answer = acts.look_at(filled, merger("04468", "04471", to="04468", day=day))
    (told,) = [one for one in answer.findings if one.rule == "act_figures_after"]
    assert (told.unit, "2024" in str(told.message.values)) == ("04471", True)


def test_an_act_is_told_again_as_it_was_entered(filled):
    draft = merger("04480", "04630")
    done = acts.enter_acts(filled, [draft], source="cli")
    act = done.answers[0].act
    register = acts.units.register(filled)
    told = draft_of(register, act)
    assert (told.kind, told.date, told.basis) == (draft.kind, draft.date, draft.basis)
    assert [one.code for one in told.froms] == ["04480", "04630"]
    assert told.tos[0].code == "04630"


def test_the_timeline_says_what_the_map_proposes_until_it_is_confirmed(district):
    uid = acts.units.register(district).find("04456", date(2025, 6, 30)).uid
    _, end = proposals.timeline(district, uid)
    assert (end.ends, end.is_proposed, end.after) == (True, True, ("Xã Mù Cang Chải",))
    assert any(part.old == uid for part in proposals.unconfirmed(district))
    assert proposals.confirm(district, sure=True, source="cli").changes.changed
    _, end = proposals.timeline(district, uid)
    assert (end.is_proposed, end.act is not None, end.after) == (False, True, ("Xã Mù Cang Chải",))
    assert not any(part.old == uid for part in proposals.unconfirmed(district))
