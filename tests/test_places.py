"""The class words that name a place of a page, each with what it must and must not find."""

from __future__ import annotations

import pytest

from newsclean.clean.class_words import meaning
from newsclean.parts import PARTS
from newsclean.rules.places import places, signs

HITS = [(place.part, classes) for place in places() for classes in place.hits]
MISSES = [(place, classes) for place in (*places(), *signs().values()) for classes in place.misses]


@pytest.mark.parametrize(("part", "classes"), HITS, ids=[c for _, c in HITS])
def test_every_hit_is_hit(part, classes):
    assert meaning(classes).part == part


@pytest.mark.parametrize("sign", signs().values(), ids=signs())
def test_a_sign_is_told_by_each_of_its_hits(sign):
    assert sign.misses
    assert [classes for classes in sign.hits if not sign.pattern.search(classes)] == []


@pytest.mark.parametrize(("place", "classes"), MISSES, ids=[c for _, c in MISSES])
def test_no_miss_is_hit(place, classes):
    assert place.pattern.search(classes) is None


def test_every_place_is_a_part_or_none_and_has_hits_and_misses():
    assert all(place.part in {*PARTS, "asides", "comments"} and place.hits and place.misses for place in places())
