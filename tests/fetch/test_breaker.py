"""When a host is left alone."""

from __future__ import annotations

from math import inf

import pytest

from newsclean.fetch.breaker import Breaker


def failing(times: int, breaker: Breaker | None = None, at_s: float = 0.0) -> Breaker:
    breaker = breaker or Breaker(limit=5, open_s=60)
    for _ in range(times):
        breaker.failed(at_s)
    return breaker


@pytest.mark.parametrize(("failures", "wait_s"), [(0, 0), (4, 0), (5, 60)])
def test_it_opens_after_so_many_failures(failures: int, wait_s: float) -> None:
    assert failing(failures).wait_s(0) == wait_s


def test_an_answer_between_two_failures_starts_the_count_again() -> None:
    breaker = failing(4)

    breaker.answered()

    assert failing(4, breaker).wait_s(0) == 0


def test_the_wait_runs_down_and_one_may_try_then() -> None:
    breaker = failing(5)

    assert (breaker.wait_s(59), breaker.wait_s(61), breaker.on_trial) == (1, 0, True)


def test_a_page_counts_once_but_on_trial() -> None:
    breaker = Breaker(limit=2, open_s=60)

    for _ in range(3):
        breaker.failed(0, "a")
    assert breaker.wait_s(0) == 0
    breaker.failed(0, "b")
    assert breaker.wait_s(0) == 60
    breaker.failed(60, "a")
    assert breaker.wait_s(60) == 120


def test_after_an_answer_a_page_counts_again() -> None:
    breaker = Breaker(limit=1, open_s=60, pages={"a"})

    breaker.answered()
    breaker.failed(0, "a")

    assert breaker.wait_s(0) == 60


def test_on_trial_one_failure_opens_it_for_twice_as_long() -> None:
    assert failing(1, failing(5), at_s=60).wait_s(60) == 120


def test_the_third_opening_is_for_good() -> None:
    breaker = failing(1, failing(1, failing(5), at_s=60), at_s=180)

    assert breaker.wait_s(1e9) == inf


def test_an_answer_on_trial_forgets_all() -> None:
    breaker = failing(5)

    breaker.answered()

    assert not breaker.on_trial
    assert failing(5, breaker, at_s=100).wait_s(100) == 60


def test_it_can_be_given_up_at_once() -> None:
    breaker = Breaker(limit=5, open_s=60)

    breaker.give_up()

    assert breaker.wait_s(1e9) == inf
