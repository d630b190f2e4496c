"""Readers' comments: what they wrote below an article is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from newsclean.clean.body_features import word_count
from newsclean.model import Block

MAX_BELOW = 0.1  # of the article's words may stand below a comment: what else was taken for article
MIN_SHARE = 0.3  # of the words must be the article's; less is enough if it is a text, and the comments look like some
MIN_ARTICLE_WORDS = 60
MIN_COMMENTS = 3  # elements that hold one each
MOST_BLOCKS = 3  # of one comment, on the average
COMMENTARY = re.compile(r"(?<![a-z])(?:live|match|ticker|minute)(?![a-z])")  # class words of what is told as it happens


def comments_below(blocks: Sequence[Block], kept: set[int], named: set[int]) -> set[int]:
    """Positions of the comments below the article; empty where class words must mean something else.

    A piece of opinion is called a comment as well, an expert's stands within the article, and so do those on a match.

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
        named: positions of those that class words call comments.
    """
    told = {f"{blocks[i].context.classes} {blocks[i].context.around}" for i in named}
    if any(COMMENTARY.search(words) for words in told):
        return set()
    words = [word_count(block.text) if i in kept else 0 for i, block in enumerate(blocks)]
    of_article = [0, *accumulate(0 if i in named else n for i, n in enumerate(words))]
    total = of_article[-1]
    below = {i for i in named if total - of_article[i] <= MAX_BELOW * total}
    if total >= MIN_SHARE * (total + sum([words[i] for i in below])):
        return below
    holders = {blocks[i].context.parent for i in below & kept}
    are_many = len(holders) >= MIN_COMMENTS and len(below & kept) <= MOST_BLOCKS * len(holders)
    return below if total >= MIN_ARTICLE_WORDS and are_many else set()
