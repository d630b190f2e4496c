"""Which blocks the chances speak for: what is decided together, and what never happens."""

from __future__ import annotations

from newsclean.clean.selection import MIN_COPY_WORDS, select
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
