"""Headings that head nothing go."""

from __future__ import annotations

import pytest

from newsclean.clean.last_headings import drop_last_headings
from newsclean.clean.options import Options
from newsclean.model import Block, Draft, Kind, Metadata
from newsclean.rules import Rules

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."


def dropped(*lines: tuple[Kind, str]) -> list[str]:
    blocks = tuple(Block(i, kind, text) for i, (kind, text) in enumerate(lines))
    changes = drop_last_headings(Draft(None, Metadata(), blocks), Rules(()), Options())
    return [change.before or "" for change in changes]


def test_headings_below_all_else_go():
    assert dropped(("paragraph", LONG), ("heading", "More boats"), ("heading", "Chains")) == ["Chains", "More boats"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([("heading", "Chains"), ("paragraph", LONG)], id="above-text"),
        pytest.param([("paragraph", LONG), ("heading", "Chains"), ("item", "Iron")], id="above-a-list"),
        pytest.param([("paragraph", LONG), ("heading", "And so the chain went down.")], id="sentence"),
        pytest.param([("paragraph", LONG), *[("heading", f"{n}. Chain") for n in range(4)]], id="list"),
        pytest.param([("paragraph", LONG), ("paragraph", "Ann Bell")], id="no-heading"),
    ],
)
def test_others_stay(lines: list[tuple[Kind, str]]):
    assert dropped(*lines) == []
