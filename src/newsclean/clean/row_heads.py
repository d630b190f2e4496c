"""Short lines that head one paragraph after the other: questions, names, dates, whatever their element is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from newsclean.clean.body_features import model_words
from newsclean.clean.class_words import meaning
from newsclean.clean.restoring import main_paths
from newsclean.clean.shape import is_prose
from newsclean.model import Block

MIN_HEADS = 3
MAX_WORDS = 14
MAX_LINKED = 0.2
# A number, a date or an hour heads teasers as well; a short word may stand beside it ("10 of 17").
WORD = re.compile(r"[^\W\d_]{4}|[^\W\d_]{2} ?[^\W\d_]{2}|[^\W\d_a-z]{2}", re.IGNORECASE)
BOLD = 0.9  # share of a line in bold
MOST = 0.7  # of the paragraphs of a row have such a line above them, and of the lines say what no other says
NO_HEAD = frozenset("aside dialog footer form nav figure table".split())
# Not those that the words of a live page speak of as well: "live-updates" says "date", "entry-box" a box.
NO_HEAD_WORDS = ("related", "share", "newsletter", "caption", "author", "comments", "advertisement", "page", "tweet")
KINDS = frozenset({"paragraph", "item", "heading"})


def row_heads(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the lines that would go and stand, as others of their kind do, right above a paragraph that stays.

    Args:
        blocks: all of the page.
        kept: positions of those that are the body.
    """
    paragraphs = sorted(i for i in kept if is_prose(blocks[i].text))
    main = main_paths(blocks, paragraphs)
    rows: dict[tuple[int, bool], list[int]] = {}
    for i in paragraphs:
        if i and blocks[i].context.path in main and may_head(blocks[i - 1]):
            context = blocks[i - 1].context
            rows.setdefault((context.path, context.strong_share >= BOLD), []).append(i - 1)
    found: set[int] = set()
    for members in rows.values():
        if len(members) < MIN_HEADS or kept.issuperset(members):
            continue
        between = bisect_right(paragraphs, members[-1] + 1) - bisect_right(paragraphs, members[0])
        said = {blocks[i].text.casefold() for i in members}
        if len(members) >= MOST * between and len(said) >= MOST * len(members):
            found.update(members)
    return found - kept


def may_head(block: Block) -> bool:
    """Whether a block is a short line without links, in a place that nothing calls other than the article."""
    context = block.context
    return (
        block.kind in KINDS
        and context.link_share < MAX_LINKED
        and not context.hidden
        and model_words(block.text) <= MAX_WORDS
        and WORD.search(block.text) is not None
        and NO_HEAD.isdisjoint(context.inside.split())
        and not meaning(f"{context.classes} {context.place}").says(*NO_HEAD_WORDS)
    )
