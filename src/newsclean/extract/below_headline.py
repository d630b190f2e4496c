"""The text right below a page's headline, where the body extractor took the teasers of other stories for the article.

It prefers paragraphs in elements of their own. A short item whose text stands in an element among line breaks, or in
divisions, has fewer of these than the cards below it: then what was found is a row of texts, each behind a link.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.extract.blocks import CLOSING, FINALS, FULL_FINALS, Node, RawBlock
from newsclean.extract.paragraphs import NEVER_WORDS, is_outside, with_ancestors
from newsclean.extract.seeds import Line

MIN_TEASERS = 3
TEASERS = 0.8  # of the characters that were found, or more
TITLE_BYTES = 15  # of a link, from which it may be a story's title; a Chinese character has three
TITLE_LINKED = 0.8  # share of it that is the link
LABEL_CHARS = 40  # of what may stand between title and text: a date, a section
PARAGRAPH_BYTES = 75  # half as many Chinese characters say as much
SENTENCE_BYTES = 25
MIN_CHARS = 40  # of a text in all; less is no article, as in wall.py
ENDS = FINALS | FULL_FINALS
RUNNING_LINKED = 0.3  # share of link text that it may have


def below_headline(raw: Sequence[RawBlock], lines: Sequence[Line]) -> list[int]:
    """Positions of the paragraphs between headline and teasers; none if what was found is no row of teasers.

    Args:
        raw: the page's blocks.
        lines: what the body extractor found.
    """
    found = {line.text for line in lines}
    at = [i for i, block in enumerate(raw) if block.text in found]
    rows = [i for i in at if is_title(raw[i]) or stands_behind_title(raw, i)]
    texts = [i for i in rows if not is_title(raw[i])]
    if len(texts) < MIN_TEASERS or size(raw, rows) < TEASERS * size(raw, at):
        return []
    headline = next((i for i in range(texts[0], -1, -1) if raw[i].node.tag == "h1"), None)
    below = [i for i in range(headline + 1, texts[0]) if is_sentence(raw, i)] if headline is not None else []
    seen = [i for i in below if not raw[i].node.hidden]  # what is hidden may be the rest of it, not the whole
    is_text = any(bytes_of(raw[i].text) >= PARAGRAPH_BYTES for i in seen) and size(raw, seen) >= MIN_CHARS
    return [] if not is_text or any(is_around(raw[i].node, raw[texts[0]].node) for i in below) else below


def is_around(text: Node, teaser: Node) -> bool:
    """Whether a text and a teaser stand in one place or one article: then it is an entry of this, as in a round-up."""
    places = [node for node in with_ancestors(text) if node.tag == "article"]
    if text.tag == "p" and text.parent is not None:
        places.append(text.parent)
    return any(at is place for at in with_ancestors(teaser) for place in places)


def is_sentence(raw: Sequence[RawBlock], i: int) -> bool:
    """Whether a block is running text where an article may stand."""
    block = raw[i]
    return (
        block.text.rstrip(CLOSING)[-1:] in ENDS
        and bytes_of(block.text) >= SENTENCE_BYTES
        and block.linked <= RUNNING_LINKED * len(block.text)
        and not is_outside(block.node, NEVER_WORDS)  # nobody comments above the teasers; an opinion may be a "comment"
        and not stands_behind_title(raw, i)
    )


def stands_behind_title(raw: Sequence[RawBlock], i: int) -> bool:
    """Whether a block follows the title of a story; a label may stand between."""
    return (i > 0 and is_title(raw[i - 1])) or (i > 1 and len(raw[i - 1].text) <= LABEL_CHARS and is_title(raw[i - 2]))


def is_title(block: RawBlock) -> bool:
    """Whether a block is a link, and long enough for the title of a story."""
    return block.linked >= TITLE_LINKED * len(block.text) and bytes_of(block.text) >= TITLE_BYTES


def bytes_of(text: str) -> int:
    """Bytes of a text in UTF-8, which tell better than its characters how much it says."""
    return len(text.encode("utf-8", "replace"))


def size(raw: Sequence[RawBlock], at: Sequence[int]) -> int:
    """Characters of the blocks at these positions."""
    return sum([len(raw[i].text) for i in at])
