"""Pull quotes go; what is said twice for another reason stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.pull_quotes import MAX_APART, pull_quotes
from newsclean.model import Block, Context, Kind

QUOTED = "Nobody has counted the boats since the old keeper went"
LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book, number {}."
SOURCE = f"“{QUOTED},” said the harbour master on Monday, and he closed the book with both hands."


def page(*lines: tuple[str, int, Kind]) -> list[Block]:
    """Blocks of texts, their paths and kinds."""
    return [Block(i, kind, text, True, Context(tag="p", path=path)) for i, (text, path, kind) in enumerate(lines)]


def body(n: int, text: str = "") -> tuple[str, int, Kind]:
    return (text or LONG.format(n), 1, "paragraph")


def found(*lines: tuple[str, int, Kind]) -> set[int]:
    return pull_quotes(page(*lines), set(range(len(lines))))


@pytest.mark.parametrize("text", [QUOTED, f"“{QUOTED}!”", QUOTED.upper()], ids=["bare", "quoted", "capitals"])
def test_a_part_of_a_paragraph_in_a_place_of_its_own_is_a_pull_quote(text: str):
    assert found(body(0), body(1), body(2, SOURCE), (text, 2, "paragraph"), body(4)) == {3}
    assert found(body(0), body(1), (text, 2, "quote"), body(3, SOURCE)) == {2}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param((QUOTED, 1, "paragraph"), id="among-the-paragraphs"),
        pytest.param((QUOTED, 2, "heading"), id="heading"),
        pytest.param((QUOTED, 2, "item"), id="item"),
        pytest.param(("since the old keeper went", 2, "paragraph"), id="short"),
        pytest.param((SOURCE, 2, "paragraph"), id="all-of-it"),
        pytest.param((QUOTED.replace("boats", "ships"), 2, "paragraph"), id="other-words"),
    ],
)
def test_other_lines_are_none(line: tuple[str, int, Kind]):
    assert found(body(0), body(1), body(2, SOURCE), line, body(4)) == set()


def test_what_stands_above_sums_up_and_is_none():
    assert found(body(0), (QUOTED, 2, "paragraph"), body(2), body(3, SOURCE)) == set()


def test_what_is_repeated_far_away_is_none():
    between = [body(n) for n in range(MAX_APART)]
    assert found(body(0), body(1, SOURCE), body(2), *between, (QUOTED, 2, "paragraph")) == set()


def test_a_quotation_that_the_article_leads_in_or_asks_stays():
    led_in = "The harbour master wrote this in the book, and nobody has ever said it better than he did there:"
    assert found(body(0), body(1, led_in), (QUOTED, 2, "quote"), body(3, SOURCE)) == set()
    asked = "Who has counted the boats since the old keeper went?"
    answer = f"“{asked}” said the harbour master on Monday, and he closed the book with both hands."
    assert found(body(0), body(1), (asked, 2, "paragraph"), body(3, answer)) == set()


def test_several_in_a_row_and_a_refrain_stay():
    other = "wrote the number into the book"
    points = [(QUOTED, 2, "paragraph"), (f"before he let the chain down, and {other}", 2, "paragraph")]
    assert found(body(0), body(1), *points, body(4, SOURCE), body(5)) == set()  # type: ignore[arg-type]
    refrain: tuple[str, int, Kind] = (QUOTED, 2, "paragraph")
    assert found(body(0), body(1), refrain, body(3, SOURCE), refrain, body(5)) == set()


def test_who_said_it_goes_with_the_quote():
    said: tuple[str, int, Kind] = ("Marta Quill, harbour master", 3, "paragraph")
    blocks = page(body(0), body(1), (QUOTED, 2, "quote"), said, body(4, SOURCE))
    apart = [
        replace(b, context=replace(b.context, inside="p blockquote")) if i in {2, 3} else b
        for i, b in enumerate(blocks)
    ]

    assert pull_quotes(apart, set(range(5))) == {2, 3}
    assert pull_quotes(blocks, set(range(5))) == {2}
