"""Pull quotes: a sentence of the article, printed large beside the paragraph that it is from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from newsclean.clean.body_features import model_words, words_by_path
from newsclean.clean.shape import CLOSING, is_prose
from newsclean.letters import squash
from newsclean.model import Block

MIN_WORDS = 6
MAX_SOURCE_WORDS = 10
MIN_MORE_CHARS = 10  # that the paragraph has besides, squashed
MIN_ABOVE = 2  # paragraphs; what stands before them is the standfirst, or sums the article up
MAX_APART = 10  # blocks between the two
COLONS = (":", "：")
QUESTION = ("?", "？", "؟")
NO_QUOTES = frozenset({"heading", "item", "cell", "caption"})


def pull_quotes(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the blocks that stand elsewhere than the article's paragraphs and repeat a part of one near them.

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
    """
    paragraphs = [i for i in sorted(kept) if is_prose(blocks[i].text)]
    if len(paragraphs) <= MIN_ABOVE:
        return set()
    ((path, _),) = words_by_path(blocks, paragraphs).most_common(1)
    own = [i for i in paragraphs if blocks[i].context.path == path]
    others = [i for i in sorted(kept) if i > paragraphs[MIN_ABOVE - 1] and may_be_quote(blocks[i], path)]
    said = Counter([squash(blocks[i].text) for i in others])
    once = [i for i in others if said[squash(blocks[i].text)] == 1 and not is_led_in(blocks, i, kept)]
    found = {i for i in once if is_repeated(blocks, i, own)}
    alone = [i for i in found if found.isdisjoint((i - 1, i + 1))]  # several in a row are a list of the main points
    return {*alone, *(i + 1 for i in alone if is_source(blocks, i, kept))}


def may_be_quote(block: Block, path: int) -> bool:
    """Whether a block is a text of some length, elsewhere than the paragraphs of this path, and no question."""
    is_apart = block.context.path != path and block.kind not in NO_QUOTES
    return is_apart and model_words(block.text) >= MIN_WORDS and not block.text.rstrip(CLOSING).endswith(QUESTION)


def is_source(blocks: Sequence[Block], i: int, kept: set[int]) -> bool:
    """Whether the block below a pull quote says whose words it is: a short line in its element or its blockquote."""
    if i + 1 not in kept or model_words(blocks[i + 1].text) > MAX_SOURCE_WORDS:
        return False
    quote, below = blocks[i].context, blocks[i + 1].context
    is_in_quotation = "blockquote" in quote.inside.split() and "blockquote" in below.inside.split()
    return is_in_quotation or (quote.parent == below.parent and quote.path != below.path and below.tag != "p")


def is_led_in(blocks: Sequence[Block], i: int, kept: set[int]) -> bool:
    """Whether the article's line above a block says that a quotation follows, which it then speaks of."""
    above = next((k for k in (i - 1, i - 2) if k in kept), None)
    return above is not None and blocks[above].text.endswith(COLONS)


def is_repeated(blocks: Sequence[Block], i: int, paragraphs: Sequence[int]) -> bool:
    """Whether one of these paragraphs, in order, near it, holds all that a block says, and more."""
    quoted = squash(blocks[i].text)
    first, last = bisect_left(paragraphs, i - MAX_APART), bisect_right(paragraphs, i + MAX_APART)
    near = (squash(blocks[k].text) for k in paragraphs[first:last])
    return any(quoted in text and len(text) > len(quoted) + MIN_MORE_CHARS for text in near)
