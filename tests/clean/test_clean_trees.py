"""Trees as plain numbers: what is compiled says what the numbers say, and nothing but numbers is compiled."""

from __future__ import annotations

from math import exp

import pytest

from newsclean.clean.trees import compiled, expression, read_model

MODEL = {
    "features": ["length", "depth"],
    "base": -0.5,
    "trees": [[0, 1.5, -1.0, [1, 0.0, 0.25, 2]], [1, -3, 0.5, 0.75]] * 15,
}


def walk(tree, row):
    while isinstance(tree, list):
        feature, threshold, at_most, more = tree
        tree = at_most if row[feature] <= threshold else more
    return tree


@pytest.mark.parametrize("row", [(0.0, 0.0), (1.5, -3.0), (2.0, 0.0), (2.0, 0.5), (9.0, -9.0)])
def test_the_compiled_trees_say_what_their_numbers_say(row):
    odds = MODEL["base"] + sum(walk(tree, row) for tree in MODEL["trees"])

    assert compiled(MODEL)(row) == pytest.approx(1 / (1 + exp(-odds)))


@pytest.mark.parametrize(("row", "asked"), [((2.0, 0.5), 20), ((1.5, -3.0), 20), ((0.0, 0.0), 30)])
def test_no_further_trees_are_asked_once_the_odds_are_sure(row, asked):
    odds = MODEL["base"] + sum(walk(tree, row) for tree in MODEL["trees"][:asked])

    assert compiled(MODEL, sure=4.0)(row) == pytest.approx(1 / (1 + exp(-odds)))


@pytest.mark.parametrize("tree", ["__import__('os')", ["__import__('os')", 0, 1, 2], [0, "x", 1, 2]])
def test_only_numbers_become_code(tree):
    with pytest.raises((TypeError, ValueError)):
        expression(tree)


def test_a_model_for_other_features_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"run tools/train_text_model\.py"):
        read_model("text_model", ("words",))
