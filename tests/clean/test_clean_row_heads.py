"""Lines that head one paragraph after the other stay with them, whatever their element is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.row_heads import row_heads
from newsclean.model import Block, Context

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."
HEADS = ("The first keeper", "What came then?", "18:40 – The chain breaks", "Ada Moe")


def rows(heads: tuple[str, ...] = HEADS, **where: object) -> tuple[Block, ...]:
    """Lines in bold, each above a paragraph."""
    context = replace(Context(tag="p", strong_share=1.0, path=7), **where)  # type: ignore[arg-type]
    blocks = []
    for i, head in enumerate(heads):
        blocks.append(Block(2 * i, "paragraph", head, False, context))
        blocks.append(Block(2 * i + 1, "paragraph", f"{LONG} {i}.", True, Context(tag="p", path=7)))
    return tuple(blocks)


def paragraphs(blocks: tuple[Block, ...]) -> set[int]:
    return {*range(1, len(blocks), 2)}


def test_lines_above_one_paragraph_after_the_other_stay() -> None:
    assert row_heads(rows(), paragraphs(rows())) == {0, 2, 4, 6}
    assert row_heads(rows(inside="header div", tag="h2"), paragraphs(rows())) == {0, 2, 4, 6}


@pytest.mark.parametrize(
    "blocks",
    [
        rows(HEADS[:2]),
        rows(("Advertisement",) * 4),
        rows(("12:30", "13 May 2014", "4 of 17", "14:05")),
        rows(link_share=1.0),
        rows(hidden=True),
        rows(classes="image-caption"),
        rows(inside="figure div"),
        rows(tuple(f"{head} {LONG[:-1]}" for head in HEADS)),
    ],
    ids=["two", "the-same", "dates", "links", "hidden", "captions", "in-figures", "long"],
)
def test_others_do_not(blocks: tuple[Block, ...]) -> None:
    assert row_heads(blocks, paragraphs(blocks)) == set()


def test_lines_above_few_of_the_paragraphs_do_not() -> None:
    blocks = rows(HEADS * 2)
    kept = paragraphs(blocks)
    bare = tuple(replace(b, text=f"{LONG} {b.index}.") if b.index in {0, 4, 6, 8, 12} else b for b in blocks)

    assert row_heads(bare, kept | {0, 4, 6, 8, 12}) == set()
