"""Teasers of other stories, told by how they stand: a link, then a few lines, in one card after the other.

They read like the article, and the body extractor takes them for it, so what tells them is the row: each text of its
kind stands behind a link that may be a title, and in an element of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.clean.body_features import word_count
from newsclean.model import Block

TITLE_BYTES = 25  # of a link, from which it may be a story's title; a Chinese character has three
TITLE_LINKED = 0.8  # share of it that is the link
LABEL_WORDS = 8  # at most, of what may stand between title and text: a date, a section
MIN_TEASERS = 3
MAX_SHARE = 0.5  # of the body's words; if there are more, the cards are what the page is about


def teasers(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the blocks that are the text of a teaser.

    Args:
        blocks: of a page.
        kept: positions of those that would be the body.
    """
    titled = {i for i in range(1, len(blocks)) if is_below_title(blocks, i)}
    groups: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        groups.setdefault(block.context.path, []).append(i)
    words = {i: word_count(blocks[i].text) for i in kept}
    found: set[int] = set()
    for group in groups.values():
        elements = {blocks[i].context.parent for i in group}
        if len(group) >= MIN_TEASERS and len(elements) == len(group) and titled.issuperset(group):
            of_body = kept.intersection(group)
            if sum(words[i] for i in of_body) <= MAX_SHARE * sum(words.values()):
                found |= of_body
    return found


def is_below_title(blocks: Sequence[Block], i: int) -> bool:
    """Whether what stands just before a block is a link that may be a title; a short line may stand between."""
    above = blocks[i - 1]
    if is_title(above):
        return True
    is_label = above.context.path != blocks[i].context.path and word_count(above.text) <= LABEL_WORDS
    return is_label and i > 1 and is_title(blocks[i - 2])


def is_title(block: Block) -> bool:
    """Whether a block may be a title that links to its story."""
    return block.context.link_share >= TITLE_LINKED and len(block.text.encode("utf-8", "replace")) >= TITLE_BYTES
