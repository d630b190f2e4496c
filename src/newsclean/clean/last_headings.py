"""Headings with nothing below them: they head what is no part of the article, and is gone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

from newsclean.clean.options import Options
from newsclean.clean.shape import CLOSING, SENTENCE_ENDS, body_end
from newsclean.model import Block, Change, Draft
from newsclean.rules import Rules

MOST = 3  # more with nothing between them are a list, with a picture below each


def drop_last_headings(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop the few headings that are the last lines of the text; one that is a sentence stays.

    Of the labelled pages whose text it changes 19 get better by their labels, 11 worse.
    """
    del rules, options
    below = draft.blocks[body_end(draft.blocks) :]
    last = [*takewhile(is_heading, reversed(below))]
    emptied = sum([after.index - block.index > 1 for after, block in pairwise(last)])  # what stood between has gone
    if len(last) - emptied <= MOST:
        for block in last:
            yield Change(
                "last-heading", block.index, block.text, None, "a heading with nothing of the article below it"
            )


def is_heading(block: Block) -> bool:
    """Whether a block is a heading, and no sentence."""
    return block.kind == "heading" and not block.text.rstrip(CLOSING).endswith(SENTENCE_ENDS)
