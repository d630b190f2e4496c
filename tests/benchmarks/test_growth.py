"""Exponents are fitted right, and each family's pages are what its name says; times are for people to look at."""

from itertools import pairwise

import pytest
from growth import BAR, FAMILIES, Point, exponent, first_below, line_of, many, measure, sizes

from newsclean.extract.nesting import MAX_TAGS


def points(power: float) -> list[Point]:
    """What pages would take whose time grows with that power of their size: 10 ms for the first."""
    return [Point(1000 * 2**n, 0.01 * (2**n) ** power) for n in range(6)]


@pytest.mark.parametrize("power", [1, 1.5, 2])
def test_the_exponent_is_that_of_the_growth(power):
    assert exponent(points(power)) == pytest.approx(power)


def test_growth_that_begins_late_is_seen():
    late = [Point(1000 * 2**n, 6.4 * 2**n + 0.01 * 4**n) for n in range(13)]

    assert exponent(late[:6]) < BAR < 1.5 < exponent(late)


def test_a_single_step_is_no_growth():
    stepped = [Point(p.size, p.cpu_s * (2 if p.size > 8_000 else 1)) for p in points(1)]

    assert exponent(stepped) == pytest.approx(1)


def test_of_pages_that_take_next_to_nothing_no_exponent_is_told():
    quick = [Point(1000 * 2**n, 0.0001 * 4**n) for n in range(4)]

    assert exponent(quick) is None
    assert "ABOVE" not in line_of("quick", quick)


def test_a_family_above_the_bar_is_marked():
    assert "ABOVE" in line_of("square", points(2))
    assert "ABOVE" not in line_of("linear", points(1))


def test_a_family_above_the_bar_is_measured_again():
    tries = iter([points(2), points(1.5), points(1), points(1.1)])

    assert first_below(tries) == points(1)
    assert next(tries) == points(1.1)
    assert first_below([points(2), points(1.5)]) == points(1.5)


def test_no_two_pages_share_a_numbered_line():
    first, second = (many("<p>word #</p>", 50).split("</p>") for _ in range(2))

    assert len({*first, *second} - {""}) == 100


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_doubles_in_size_and_stays_within_what_the_gate_lets_through(name):
    make = FAMILIES[name]
    told = list(sizes(make, 40_000))

    assert 2 <= len(told) <= 3
    assert all(1.7 < after[1] / before[1] < 2.3 for before, after in pairwise(told))
    assert make(told[-1][0]).count("<") <= MAX_TAGS


def test_a_family_is_measured_until_a_page_takes_too_long():
    first_only = measure(FAMILIES["paragraphs"], max_s=0.0, max_bytes=40_000)

    assert len(first_only) == 1
    assert first_only[0].cpu_s > 0
    assert 7_000 < first_only[0].size < 9_000
