"""How likely a block is body: a small ensemble of trees, learned from labelled pages, plain numbers in body_model.json.

A tree is a number (a leaf), or [feature, threshold, tree if the feature is at most the threshold, tree if it is more].
The leaves' sum is the logarithm of the odds. tools/train_body_model.py makes the file, and keeps in it what it was
learned from and how well it did on sites that it had not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from newsclean.clean.body_features import NAMES

Row = tuple[float, ...]
TREES_A_FUNCTION = 20  # Python compiles and runs expressions of this size well


@cache
def load_model() -> dict[str, Any]:
    """What body_model.json holds.

    Raises:
        ValueError: it was learned for other features than `body_features` gives.
    """
    model: dict[str, Any] = json.loads((files(__package__) / "body_model.json").read_text("utf-8"))
    if tuple(model["features"]) != NAMES:
        raise ValueError("body_model.json is for other features: run tools/train_body_model.py")
    return model


@cache
def compiled() -> tuple[Callable[[Row], float], ...]:
    """The trees as functions of a row; nested conditions run four times as fast as a walk over the lists."""
    trees = [expression(tree) for tree in load_model()["trees"]]
    chunks = (trees[i : i + TREES_A_FUNCTION] for i in range(0, len(trees), TREES_A_FUNCTION))
    return tuple(eval(f"lambda x: {' + '.join(chunk)}") for chunk in chunks)  # noqa: S307 - numbers of our own file


def expression(tree: Any) -> str:
    """A tree as a Python expression of the row `x`; takes numbers only.

    >>> expression([3, 0.5, -1.2, [0, 12, 0.1, 0.7]])
    '(-1.2 if x[3] <= 0.5 else (0.1 if x[0] <= 12.0 else 0.7))'
    """
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, at_most, more = tree
    return f"({expression(at_most)} if x[{int(feature)}] <= {float(threshold)!r} else {expression(more)})"


def probability(row: Row) -> float:
    """How likely a block with these features is body, 0 to 1."""
    odds: float = load_model()["base"] + sum(part(row) for part in compiled())
    return 1 / (1 + exp(-odds))
