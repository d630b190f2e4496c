"""Which blocks of a page are long paragraphs: what an article consists of, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclean.extract.blocks import CLOSING, FULL_FINALS, Node, RawBlock

LONG_CHARS = 100  # of a paragraph that is no teaser
LONG_LINKED = 0.3  # share of link text that it may have
OUTSIDE = frozenset({"header", "nav", "aside", "footer"})
# In classes and ids; a whole page may be "has-sidebar".
OUTSIDE_WORDS = re.compile("comment|cookie|consent|disclaimer")
FOOTER = "footer"
NEVER_WORDS = re.compile(f"cookie|consent|disclaimer|{FOOTER}")  # a piece of opinion is a comment as well
# A "page-footer" may hold all below the headline: no footer has so much, and more than the rest of the page.
MAX_FOOTER_CHARS = 3_000


def long_paragraphs(raw: Sequence[RawBlock]) -> list[int]:
    """Positions of the blocks of running text, without those in headers, menus, sidebars, footers and comments."""
    inside = [i for i, block in enumerate(raw) if is_long(block) and not is_outside(block.node)]
    others = [i for i in inside if not any(FOOTER in node.words for node in with_ancestors(raw[i].node))]
    footer_chars = chars(raw, inside) - chars(raw, others)
    return inside if footer_chars > max(MAX_FOOTER_CHARS, chars(raw, others)) else others


def paragraphs_named_comments(raw: Sequence[RawBlock]) -> list[int]:
    """Positions of the long paragraphs of the element that holds most of them, even if it is named like comments.

    Each comment has an element of its own; where several paragraphs stand in one it may be a piece of opinion. In
    Chinese and Japanese half as many characters make a long one; elsewhere than here that takes teasers along.
    """
    groups: dict[int, list[int]] = {}
    for i, block in enumerate(raw):
        least = LONG_CHARS // 2 if block.text.rstrip(CLOSING)[-1:] in FULL_FINALS else LONG_CHARS
        if is_long(block, least) and block.node.parent is not None and not is_outside(block.node, NEVER_WORDS):
            groups.setdefault(block.node.parent.index, []).append(i)
    return max(groups.values(), key=len, default=[])


def is_long(block: RawBlock, least: int = LONG_CHARS) -> bool:
    """Whether a block is running text that the page shows, of so many characters."""
    size = len(block.text)
    return size >= least and block.linked <= LONG_LINKED * size and not block.node.hidden


def is_outside(node: Node, words: re.Pattern[str] = OUTSIDE_WORDS) -> bool:
    """Whether an element stands where no article does, by its tag or these class words, or one around it."""
    return any(at.tag in OUTSIDE or words.search(at.words) for at in with_ancestors(node))


def with_ancestors(node: Node | None) -> Iterator[Node]:
    """The element and those around it."""
    while node is not None:
        yield node
        node = node.parent


def chars(raw: Sequence[RawBlock], at: Sequence[int]) -> int:
    """Characters of the blocks at these positions."""
    return sum([len(raw[i].text) for i in at])
