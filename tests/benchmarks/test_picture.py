"""The picture of quality against speed is well-formed, and can be read."""

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest
from picture import HEIGHT, WIDTH, Dot, around, draw, overlap, place_of_label, ticks_of_speed

SVG = "{http://www.w3.org/2000/svg}"
DOTS = (
    Dot("newsclean", 90.0, 0.98, "own"),
    Dot("others & sons <fast>", 20.0, 0.95),
    Dot("sloth", 2.5, 0.871),
    Dot("hare", 300.0, 0.91, "hollow"),
)


def parsed(*dots):
    return ElementTree.fromstring(draw(dots, "Extractors & dots", "a note"))  # noqa: S314 - our own


def circles(*dots):
    return [(float(c.get("cx")), float(c.get("cy"))) for c in parsed(*dots).iter(f"{SVG}circle")]


def test_the_picture_holds_every_name_and_its_title():
    texts = [element.text for element in parsed(*DOTS).iter(f"{SVG}text")]

    assert {dot.name for dot in DOTS} <= {*texts}
    assert "Extractors & dots" in texts


def test_further_right_is_faster_and_further_up_is_better():
    fast_and_good, slow_and_bad = circles(DOTS[0], DOTS[2])

    assert fast_and_good[0] > slow_and_bad[0]
    assert fast_and_good[1] < slow_and_bad[1]


def test_ten_times_the_speed_is_as_far_wherever_it_is():
    one, ten, hundred = (x for x, _ in circles(Dot("a", 3, 0.9), Dot("b", 30, 0.9), Dot("c", 300, 0.9)))

    assert ten - one == pytest.approx(hundred - ten, abs=0.2)


def test_all_dots_are_inside():
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in circles(*DOTS))


def test_it_has_a_ground_of_its_own_and_colours_for_both_kinds_of_pages():
    picture = parsed(*DOTS)

    assert picture.find(f"{SVG}rect").get("class") == "ground"
    assert "prefers-color-scheme: dark" in picture.find(f"{SVG}style").text


def test_the_lines_of_speed_are_round_and_enclose_all_dots():
    assert ticks_of_speed(DOTS) == pytest.approx([2, 5, 10, 20, 50, 100, 200, 500])


def test_labels_of_dots_side_by_side_do_not_cover_each_other():
    places = [(200.0, 200.0), (212.0, 202.0), (204.0, 186.0)]
    taken = [around(*place) for place in places]
    for x, y in places:
        taken.append(place_of_label("extractor", x, y, taken)[2])

    assert not any(overlap(a, b) for a, b in combinations(taken[3:], 2))
    assert not any(overlap(label, dot) for label in taken[3:] for dot in taken[:3])


def test_a_label_at_the_right_edge_stays_in_the_picture():
    _, _, box = place_of_label("a rather long name", WIDTH - 40.0, 200.0, [around(WIDTH - 40.0, 200.0)])

    assert box[2] <= WIDTH
    assert math.isfinite(box[0])
