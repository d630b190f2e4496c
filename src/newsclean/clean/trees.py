"""Small ensembles of trees, learned from labelled pages, as plain numbers in a JSON file beside this one.

A tree is a number (a leaf), or [feature, threshold, tree if the feature is at most the threshold, tree if it is more].
The leaves' sum is the logarithm of the odds. tools/ has the command that makes each file, and keeps in it what it was
learned from and how well it did on sites that it had not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

Row = tuple[float, ...]
TREES_A_FUNCTION = 20  # Python compiles and runs expressions of this size well


@cache
def load(name: str, features: tuple[str, ...]) -> Ensemble:
    """A model, ready to judge rows; what it takes and raises as `read_model`."""
    return compiled(read_model(name, features))


def read_model(name: str, features: Sequence[str]) -> dict[str, Any]:
    """What a model's file holds.

    Args:
        name: of the file, without its ending.
        features: the names of what the caller's rows hold.

    Raises:
        ValueError: it was learned for other features.
    """
    model: dict[str, Any] = json.loads((files(__package__) / f"{name}.json").read_text("utf-8"))
    if tuple(model["features"]) != tuple(features):
        raise ValueError(f"{name}.json is for other features: run tools/train_{name}.py")
    return model


@dataclass(frozen=True, slots=True)
class Ensemble:
    """The trees of a model as functions of a row.

    Attributes:
        base: the logarithm of the odds, before any tree.
        parts: each the sum of some of the trees.
    """

    base: float
    parts: tuple[Callable[[Row], float], ...]

    def probability(self, row: Row) -> float:
        """How likely it is, 0 to 1, that what has these features is body."""
        odds = self.base
        for part in self.parts:
            odds += part(row)
        return 1 / (1 + exp(-odds))


def compiled(model: dict[str, Any]) -> Ensemble:
    """The trees as code; nested conditions run four times as fast as a walk over the lists."""
    trees = [expression(tree) for tree in model["trees"]]
    chunks = (trees[i : i + TREES_A_FUNCTION] for i in range(0, len(trees), TREES_A_FUNCTION))
    parts = tuple(eval(f"lambda x: {' + '.join(chunk)}") for chunk in chunks)  # noqa: S307 - numbers of our own file
    return Ensemble(float(model["base"]), parts)


def expression(tree: Any) -> str:
    """A tree as a Python expression of the row `x`; takes numbers only.

    >>> expression([3, 0.5, -1.2, [0, 12, 0.1, 0.7]])
    '(-1.2 if x[3] <= 0.5 else (0.1 if x[0] <= 12.0 else 0.7))'
    """
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, at_most, more = tree
    return f"({expression(at_most)} if x[{int(feature)}] <= {float(threshold)!r} else {expression(more)})"
