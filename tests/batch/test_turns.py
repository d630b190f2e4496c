"""So many of a host are out; the others wait in order, and other hosts' don't."""

from dataclasses import replace
from time import process_time

import pytest

from newsclean.batch.turns import Errand, Turns

MILL = [Errand(n, f"https://mill.example/{n}") for n in range(4)]
WEIR = Errand(9, "https://weir.example/")


def take_all(turns: Turns, now_s: float = 0.0) -> list[Errand]:
    """All that may go."""
    return list(iter(lambda: turns.take(now_s), None))


def turns_of(*errands: Errand, per_host: int = 1) -> Turns:
    turns = Turns(per_host)
    for errand in errands:
        turns.add(errand)
    return turns


def test_a_host_has_its_places_and_others_theirs():
    turns = turns_of(*MILL[:3], WEIR, per_host=2)
    assert turns.ready == 3
    assert take_all(turns) == [*MILL[:2], WEIR]


def test_what_waits_goes_in_order_as_places_come_free():
    turns, went = turns_of(*MILL), []
    while errand := turns.take(0.0):
        went.append(errand)
        turns.back(errand)
    assert went == MILL


def test_what_could_not_go_is_the_next_of_its_host_when_its_time_has_come():
    turns = turns_of(*MILL[:2], WEIR)
    turns.hold(turns.take(0.0), until_s=5.0)
    assert turns.next_s == 5.0
    assert take_all(turns, 4.9) == [WEIR]
    assert take_all(turns, 5.0) == [MILL[0]]


def test_what_is_tried_again_is_the_last_of_its_host():
    turns = turns_of(*MILL[:2])
    again = replace(turns.take(0.0), tries=1)
    turns.requeue(again, until_s=5.0)
    assert take_all(turns, 5.0) == [MILL[1]]
    turns.back(MILL[1])
    assert take_all(turns, 5.0) == [again]


def test_what_is_set_aside_rests_alone():
    turns = turns_of(*MILL[:2])
    turns.set_aside(turns.take(0.0), until_s=5.0)
    assert take_all(turns) == [MILL[1]]
    turns.back(MILL[1])
    assert take_all(turns, 5.0) == [MILL[0]]


def test_each_place_of_a_host_rests_on_its_own():
    turns = turns_of(*MILL, per_host=2)
    turns.hold(turns.take(0.0), until_s=5.0)
    assert take_all(turns) == [MILL[1]]
    turns.back(MILL[1])
    assert take_all(turns) == [MILL[0]]
    assert take_all(turns, 5.0) == [MILL[2]]


def test_a_host_that_is_through_leaves_nothing_behind():
    turns = turns_of(*MILL[:2])
    turns.hold(turns.take(0.0), until_s=5.0)
    for errand in MILL[:2]:
        assert take_all(turns, 5.0) == [errand]
        turns.back(errand)
    assert not turns._hosts
    assert not turns._resting
    assert turns._hopes == 0


@pytest.mark.parametrize(
    ("shown", "stuck"),
    [
        ([(True, False)], True),
        ([(False, True), (True, False)], False),
        ([(True, False), (False, True)], False),
        ([(True, True)], False),
    ],
    ids=["dead", "ill", "well", "only-the-page"],
)
def test_only_hosts_that_fail_and_never_answered_are_not_waited_for(shown: list[tuple[bool, bool]], stuck: bool):
    turns = turns_of(MILL[0])
    errand = turns.take(0.0)
    for failing, answered in shown:
        turns.learn(errand, failing=failing, answered=answered)
    turns.requeue(errand, until_s=5.0)
    assert turns.stuck is stuck


def test_one_rest_in_hope_keeps_the_others_waiting():
    turns = turns_of(MILL[0], WEIR)
    turns.learn(turns.take(0.0), failing=True, answered=False)
    turns.requeue(MILL[0], until_s=5.0)
    turns.hold(turns.take(0.0), until_s=9.0)
    assert not turns.stuck
    assert take_all(turns, 9.0) == [MILL[0], WEIR]


def test_who_is_given_up_may_go_at_once_and_an_answer_is_a_new_beginning():
    turns = turns_of(*MILL[:2])
    turns.learn(turns.take(0.0), failing=True, answered=False)
    turns.requeue(MILL[0], until_s=5.0)
    turns.give_up()
    assert take_all(turns) == [MILL[1]]
    assert turns.given_up(MILL[0])
    turns.learn(MILL[1], failing=False, answered=True)
    assert not turns.given_up(MILL[0])


def test_ten_thousand_hosts_with_five_urls_each_cost_no_scan():
    """Each errand is held once: some 2 s in all; one look at all hosts for each would take minutes."""
    turns = turns_of(*(Errand(n, f"https://h{n % 10_000}.example/{n}") for n in range(50_000)))
    began_s, now_s, held, went = process_time(), 0.0, set(), 0
    while errand := turns.take(now_s) or turns.take(now_s := turns.next_s):
        if errand.ticket in held:
            turns.back(errand)
            went += 1
        else:
            held.add(errand.ticket)
            turns.hold(errand, now_s + 1 + errand.ticket % 7)
    assert went == 50_000
    assert process_time() - began_s < 10


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://mill.example/a", "http://MILL.example:80/b", True),
        ("https://mill.example/", "https://mill.example:8443/", False),
        ("http://[::1", "nonsense", True),
    ],
    ids=["case", "port", "no-url"],
)
def test_a_host_is_a_name_and_a_port(one: str, other: str, same: bool):
    assert (Errand(0, one).host == Errand(1, other).host) is same


def failed(turns: Turns, errand: Errand) -> None:
    turns.learn(errand, failing=True, answered=True)


def test_after_a_failure_the_queue_goes_on_further_down():
    """Faulty pages stand together."""
    mill = [Errand(n, f"https://mill.example/{n}") for n in range(10)]
    turns, went = turns_of(*mill), []
    while errand := turns.take(0.0):
        went.append(errand.ticket)
        if errand.ticket < 4:
            failed(turns, errand)
        else:
            turns.learn(errand, failing=False, answered=True)
        turns.back(errand)
    assert went == [0, 4, 5, 6, 7, 8, 9, 1, 2, 3]


def test_a_host_that_failed_is_tried_again_with_a_page_that_has_not():
    turns, went = turns_of(*MILL), []
    for now_s in range(4):
        errand = turns.take(now_s)
        went.append(errand.ticket)
        failed(turns, errand)
        turns.requeue(replace(errand, tries=1), until_s=now_s + 1)
    assert sorted(went) == [0, 1, 2, 3]
