"""Readers' comments: what they wrote below an article is no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from newsclean.clean.body_features import model_words
from newsclean.model import Block
from newsclean.rules.places import signs

MAX_BELOW = 0.1  # of the article's words may stand below a comment: what else was taken for article
MIN_SHARE = 0.3  # of the words must be the article's; less is enough if it is a text, and the comments are a thread
MIN_ARTICLE_WORDS = 60
MIN_COMMENTS = 3  # elements that hold one each
MOST_BLOCKS = 3  # of one comment, on the average


def comments_below(blocks: Sequence[Block], kept: set[int], named: set[int]) -> set[int]:
    """Positions of the comments below the article; empty where class words must mean something else.

    A piece of opinion is called a comment as well, and so are an expert's box, a note on each of ten wines, which stand
    below headings, what is told of a match, and readers' letters, which are all there is.

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
        named: positions of those that class words call comments.
    """
    told = " ".join({f"{blocks[i].context.classes} {blocks[i].context.around}" for i in named})
    words = [model_words(block.text) if i in kept else 0 for i, block in enumerate(blocks)]
    of_article = [0, *accumulate(0 if i in named else n for i, n in enumerate(words))]
    total = of_article[-1]
    below = {i for i in named if total - of_article[i] <= MAX_BELOW * total}
    headings = [i for i in kept - named if blocks[i].kind == "heading"]
    if not below or signs()["commentary"].pattern.search(told) or max(headings, default=-1) > min(below):
        return set()
    is_thread = signs()["thread"].pattern.search(told) is not None
    holders = {holder_of(blocks[i]) for i in below & kept}
    if total >= MIN_SHARE * (total + sum([words[i] for i in below])):
        is_one = len(below & kept) < 2
        return (
            below if (is_thread or signs()["comments"].pattern.search(told)) and (is_one or len(holders) > 1) else set()
        )
    are_many = len(holders) >= MIN_COMMENTS and len(below & kept) <= MOST_BLOCKS * len(holders)
    return below if total >= MIN_ARTICLE_WORDS and are_many and is_thread else set()


def holder_of(block: Block) -> tuple[int, int]:
    """What holds a comment: the element around a paragraph, or the block's own element if class words name that."""
    context = block.context
    return (0, block.index) if context.classes else (1, context.parent)
