"""What looks at pairs or groups of blocks takes no quadratic time, however many a page has."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsclean.clean.asides import running_text
from newsclean.clean.bios import author_bio
from newsclean.clean.comments import signed_comments
from newsclean.clean.pull_quotes import pull_quotes
from newsclean.clean.restoring import headings_above, paragraphs_alike
from newsclean.clean.row_heads import row_heads
from newsclean.clean.teasers import linked_entries
from newsclean.model import Block, Context, Draft, Metadata, Person

COUNT = 12_000
LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book, number {}."


def block(i: int) -> Block:
    """Paragraphs, headings, signatures, entries and quotations in turn, of places of three blocks each."""
    path = 10 + i // 15 * 5 + i % 5
    text, kind, where = (
        (LONG.format(i), "paragraph", {"path": 1}),
        (f"Chain {i}", "heading", {"link_share": 1.0, "href": "https://chains.example/1"}),
        (f"sailor{i} · 3 hours ago", "paragraph", {}),
        (LONG.format(i), "paragraph", {"link_first": True, "link_share": 0.5, "href": f"/{i}", "classes": "promo"}),
        ("wrote the number into the book, number", "quote", {}),
    )[i % 5]
    tag = "h2" if kind == "heading" else "p"
    return Block(i, kind, text, True, Context(tag=tag, **{"path": path, "parent": path, **where}))  # type: ignore[arg-type]


BLOCKS = tuple(map(block, range(COUNT)))
KEPT = set(range(COUNT))
DRAFT = Draft("https://post.example/a", Metadata(authors=tuple(Person(f"Ann Bell{n}") for n in range(20))), BLOCKS)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda: signed_comments(BLOCKS, KEPT), id="signed_comments"),
        pytest.param(lambda: linked_entries(DRAFT, KEPT), id="linked_entries"),
        pytest.param(lambda: pull_quotes(BLOCKS, KEPT), id="pull_quotes"),
        pytest.param(lambda: author_bio(DRAFT, KEPT), id="author_bio"),
        pytest.param(lambda: running_text(BLOCKS, KEPT, KEPT), id="running_text"),
        pytest.param(lambda: paragraphs_alike(BLOCKS, KEPT), id="paragraphs_alike"),
        pytest.param(lambda: headings_above(BLOCKS, KEPT, None), id="headings_above"),
        pytest.param(lambda: row_heads(BLOCKS, {i for i in KEPT if i % 5 != 1}), id="row_heads"),
    ],
)
def test_a_page_of_12_000_blocks_takes_less_than_a_second(look: Callable[[], set[int]]):
    begun_s = time.process_time()
    look()
    assert time.process_time() - begun_s < 1
