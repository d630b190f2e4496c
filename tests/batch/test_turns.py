"""So many of a host are out; the others wait in order, and other hosts' don't."""

import pytest

from newsclean.batch.turns import Errand, Turns

MILL = [Errand(n, f"https://mill.example/{n}") for n in range(4)]
WEIR = Errand(9, "https://weir.example/")


def test_a_host_has_its_places_and_others_theirs():
    turns = Turns(per_host=2)
    assert [turns.may_go(e) for e in (*MILL[:3], WEIR)] == [True, True, False, True]
    assert turns.out == 3


def test_what_waits_goes_in_order_as_places_come_free():
    turns = Turns(per_host=1)
    assert [turns.may_go(e) for e in MILL[:3]] == [True, False, False]
    assert [turns.back(e) for e in MILL[:3]] == [MILL[1], MILL[2], None]
    assert turns.out == 0


def test_a_host_that_is_through_leaves_nothing_behind():
    turns = Turns(per_host=1)
    for errand in (MILL[0], MILL[1]):
        turns.may_go(errand)
    turns.back(MILL[0])
    turns.back(MILL[1])
    assert not turns._out_of
    assert not turns._waiting
    assert turns.may_go(MILL[2])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://mill.example/a", "http://MILL.example/b", True),
        ("https://mill.example/", "https://mill.example:8443/", False),
        ("http://[::1", "nonsense", True),
    ],
    ids=["case", "port", "no-url"],
)
def test_a_host_is_a_name_and_a_port(one: str, other: str, same: bool):
    assert (Errand(0, one).host == Errand(1, other).host) is same
