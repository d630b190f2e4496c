"""Small ensembles of trees, learned from labelled pages, as plain numbers in a JSON file beside this one.

A tree is a number (a leaf), or [feature, threshold, tree if the feature is at most the threshold, tree if it is more].
The leaves' sum is the logarithm of the odds. tools/ has the command that makes each file, and keeps in it what it was
learned from and how well it did on sites that it had not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from math import exp, inf
from typing import Any, cast

Row = tuple[float, ...]
Probability = Callable[[Row], float]
TREES_A_SUM = 20  # Python compiles and runs expressions of this size well


@cache
def load(name: str, features: tuple[str, ...], *, sure: float = inf) -> Probability:
    """How likely it is, 0 to 1, that what has a row of features is body; arguments as of `read_model`, `compiled`."""
    return compiled(read_model(name, features), sure=sure)


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


def compiled(model: dict[str, Any], *, sure: float = inf) -> Probability:
    """The trees as one function; nested conditions run four times as fast as a walk over the lists.

    Each feature is a local variable there, and rows of floats are compared with floats alone: together half the time of
    looking into a row of all kinds of numbers.

    Args:
        model: what its file holds.
        sure: the logarithm of the odds, for or against, from which the trees that are left are not asked.
    """
    trees = [expression(tree) for tree in model["trees"]]
    sums = [" + ".join(trees[i : i + TREES_A_SUM]) for i in range(0, len(trees), TREES_A_SUM)]
    lines = [
        "def probability(row):",
        f"{', '.join(f'x{i}' for i in range(len(model['features'])))}, = row",
        f"odds = {float(model['base'])!r}",
        *(f"odds += {some}\n    if not {-sure!r} < odds < {sure!r}: return 1 / (1 + exp(-odds))" for some in sums),
        "return 1 / (1 + exp(-odds))",
    ]
    names: dict[str, Any] = {"exp": exp, "inf": inf}
    exec("\n    ".join(lines), names)  # noqa: S102 - numbers of our own file
    return cast(Probability, names["probability"])


def expression(tree: Any) -> str:
    """A tree as a Python expression of the features x0, x1, …; takes numbers only.

    >>> expression([3, 0.5, -1.2, [0, 12, 0.1, 0.7]])
    '(-1.2 if x3 <= 0.5 else (0.1 if x0 <= 12.0 else 0.7))'
    """
    if not isinstance(tree, list):
        return repr(float(tree))
    feature, threshold, at_most, more = tree
    return f"({expression(at_most)} if x{int(feature)} <= {float(threshold)!r} else {expression(more)})"
