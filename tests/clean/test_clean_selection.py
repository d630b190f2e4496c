"""Which blocks the chances speak for: what is decided together, and what never happens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.selection import MIN_COPY_WORDS, continued, select
from newsclean.model import Block, Cell, Context, Kind

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."


def block(i: int, text: str = LONG, *, seed: bool = True, tag: str = "p", parent: int = 1) -> Block:
    kind = "item" if tag == "li" else "paragraph"
    return Block(i, kind, text, seed, Context(tag=tag, parent=parent, seed_share=float(seed)))


def test_a_likely_block_is_kept_and_an_unlikely_one_is_not():
    blocks = (block(0, LONG + " One."), block(1, LONG + " Two."), block(2, "Menu", seed=False))

    assert select(blocks, [0.9, 0.8, 0.1]) == {0, 1}


def test_a_list_stays_or_goes_as_a_whole():
    items = tuple(block(i, f"Item number {i} of the list", tag="li") for i in range(1, 4))

    assert select((block(0), *items), [0.9, 0.9, 0.2, 0.9]) == {0, 1, 2, 3}
    assert select((block(0), *items), [0.9, 0.2, 0.5, 0.2]) == {0}


def in_table(i: int, kind: Kind, table: int) -> Block:
    return Block(i, kind, f"Cell number {i} of the table", True, Context(cell=Cell(table, i, 0)))


def test_a_table_stays_or_goes_as_a_whole_whatever_its_cells_hold():
    kinds: tuple[Kind, ...] = ("cell", "paragraph", "cell")
    cells = tuple(in_table(i, kind, 1) for i, kind in enumerate(kinds, 1))

    assert select((block(0), *cells), [0.9, 0.2, 0.9, 0.2]) == {0, 1, 2, 3}
    assert select((block(0), *cells), [0.9, 0.1, 0.9, 0.1]) == {0}


def test_a_table_does_not_stay_for_the_sake_of_the_one_before_it():
    assert select((block(0), in_table(1, "cell", 1), in_table(2, "cell", 2)), [0.9, 0.9, 0.1]) == {0, 1}


def test_of_two_copies_the_likelier_stays_and_of_equals_the_first():
    blocks = (block(0), block(1, "Another paragraph."), block(2))

    assert select(blocks, [0.6, 0.9, 0.9]) == {1, 2}
    assert select(blocks, [0.9, 0.9, 0.9]) == {0, 1}


def test_a_short_line_may_stand_twice():
    line = "word " * (MIN_COPY_WORDS - 1)

    assert select((block(0, line), block(1, line)), [0.9, 0.9]) == {0, 1}


def test_a_block_that_says_all_the_others_again_is_a_copy_for_machines():
    parts = [" ".join(f"{a}{b}" for b in range(60)) for a in "abcdef"]
    blocks = (*(block(i, p) for i, p in enumerate(parts)), block(6, " ".join(parts)))

    assert select(blocks, [0.9] * 7) == set(range(6))


def test_where_next_to_nothing_would_stay_the_bar_is_lowered():
    assert select((block(0), block(1, LONG + " Two.")), [0.2, 0.01]) == {0}


def test_where_nothing_is_likely_the_seeds_stay():
    blocks = (block(0), block(1, "Menu", seed=False))

    assert select(blocks, [0.0, 0.0]) == {0}


def below(count: int = 3, **where: object) -> tuple[Block, ...]:
    """An article of one paragraph, and paragraphs below it that the extractor left."""
    context = Context(tag="p", seed_share=0.0)
    rest = (Block(i, "paragraph", f"{LONG} {i}.", False, replace(context, **where)) for i in range(1, count + 1))  # type: ignore[arg-type]
    return (block(0), *rest)


def test_several_paragraphs_right_below_the_body_go_on_with_it():
    assert continued(below(), {0}) == {1, 2, 3}
    assert continued(below(2), {0}) == set()


@pytest.mark.parametrize(
    "where",
    [
        {"classes": "x1"},
        {"around": "related"},
        {"around": "newsletter-box"},
        {"hidden": True},
        {"link_share": 0.5},
        {"tag": "div"},
    ],
    ids=["named", "in-related", "in-a-newsletter-box", "hidden", "links", "no-paragraphs"],
)
def test_in_other_places_they_do_not(where: dict[str, object]):
    assert continued(below(**where), {0}) == set()


def test_what_stands_farther_below_does_not_go_on():
    heading = Block(1, "heading", "More", False, Context(tag="h2"))
    blocks = (block(0), heading, *(replace(b, index=b.index + 1) for b in below()[1:]))

    assert continued(blocks, {0}) == set()
