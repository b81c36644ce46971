"""Who signs on a day, and what a letterhead keeps."""

import json
from dataclasses import asdict
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.letterheads import ROLES, Letterhead, Signer, signer_on

FIRST = Signer("GIÁM ĐỐC", "Hoàng Văn Sơn", valid_to="2025-07-31")
SECOND = Signer("GIÁM ĐỐC", "Vàng A Chu", valid_from="2025-08-01")
DEPUTY = Signer("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "Lò Thị Mai", "deputy")


def test_the_head_of_the_day_signs():
    signers = (DEPUTY, FIRST, SECOND)
    assert signer_on(signers, date(2025, 7, 31)) == FIRST
    assert signer_on(signers, date(2025, 8, 1)) == SECOND


def test_a_role_is_asked_for_and_nobody_else_signs_for_it():
    assert signer_on((FIRST, DEPUTY), date(2025, 1, 1), "deputy") == DEPUTY
    assert signer_on((FIRST,), date(2025, 1, 1), "deputy") is None


def test_without_a_head_the_first_told_signs():
    assert signer_on((FIRST, DEPUTY), date(2025, 8, 1)) == DEPUTY


def test_who_began_last_signs_where_two_heads_overlap():
    old = Signer("GIÁM ĐỐC", "Cũ")
    assert signer_on((old, SECOND), date(2026, 1, 1)) == SECOND


def test_a_letterhead_without_a_list_keeps_its_signer():
    head = Letterhead(signer_post="GIÁM ĐỐC", signer_name="A")
    assert head.signed_on(date(2025, 1, 1)) == head


days = st.sampled_from(["", "2025-01-01", "2025-07-01", "2026-01-01"])
people = st.builds(Signer, st.text(min_size=1, max_size=5), st.text(max_size=5), st.sampled_from(ROLES), days, days)


@given(st.lists(people, max_size=5), st.dates(date(2024, 1, 1), date(2027, 1, 1)))
def test_nobody_signs_outside_their_days_and_somebody_signs_where_anybody_may(signers, day):
    found = signer_on(signers, day)
    assert (found is None) == (not any(one.signs_on(day) for one in signers))
    assert found is None or found.signs_on(day)


@given(st.builds(Letterhead, *[st.text(max_size=5)] * 5, signers=st.lists(people, max_size=3).map(tuple)))
def test_a_letterhead_goes_through_json_and_back(head):
    assert Letterhead.of(json.loads(json.dumps(asdict(head)))) == head
