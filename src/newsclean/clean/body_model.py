"""How likely a block of a page is body: the trees in body_model.json, which tools/train_body_model.py makes."""

from __future__ import annotations

from functools import cache
from typing import Any

from newsclean.clean.body_features import NAMES
from newsclean.clean.trees import Ensemble, Row, compiled, expression, read_model

__all__ = ["expression", "load_model", "probability"]


@cache
def load_model() -> dict[str, Any]:
    """What body_model.json holds.

    Raises:
        ValueError: it was learned for other features than `body_features` gives.
    """
    return read_model("body_model", NAMES)


@cache
def ensemble() -> Ensemble:
    """Its trees as code."""
    return compiled(load_model())


def probability(row: Row) -> float:
    """How likely a block with these features is body, 0 to 1."""
    return ensemble().probability(row)
