"""What the model would leave out, and the page's structure says is article: neighbours of what stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from newsclean.clean.body_features import model_words, words_by_path
from newsclean.clean.class_words import NOT_ARTICLE, meaning
from newsclean.clean.shape import is_prose
from newsclean.clean.teasers import is_story
from newsclean.model import Block

MIN_CONTINUED = 3  # paragraphs
PLAIN_LINKED = 0.2  # share of link text above which a paragraph may be about another page
NO_BODY = frozenset("aside dialog footer form header nav".split())
MAX_HEADING_WORDS = 14
MAX_HEADING_LINKED = 0.3
MIN_ABOVE = 2  # paragraphs above a heading; before them stand labels of the page's own ("Social sharing")
MIN_ALIKE = 2  # paragraphs of a place that stay
MAIN = 0.25  # of the text's words, from which the paragraphs of a place may have headings: teasers are little of it
MIN_LINKED = 3  # headings of a place that are links, each above a paragraph that stays
MOST_LINKED = 0.8  # of the place's headings are, or more
COLONS = (":", "：")
MAX_LABEL_CHARS = 30
MIN_LIST = 2  # links that a heading announces
LIST_LINKED = 0.8  # share of link text of each
ALIKE = 0.6  # of the place's paragraphs stay, or more


def continued(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the paragraphs right below the body that go on with it, where its element was closed too early.

    There are several in one element, of running text, in a place that no class word names. No labelled page has so
    many; of 9 that have one such paragraph it is article on 5.
    """
    last = max((i for i in kept if is_prose(blocks[i].text)), default=len(blocks))
    below = range(last + 1, len(blocks))
    first = blocks[below[0]].context.parent if below else 0
    run = set(takewhile(lambda i: is_plain(blocks[i]) and blocks[i].context.parent == first, below))
    return run if len(run) >= MIN_CONTINUED else set()


def is_plain(block: Block) -> bool:
    """Whether a block is a paragraph of running text in a place that no class word names."""
    context = block.context
    return (
        context.tag == "p"
        and not (context.classes or context.hidden)
        and NO_BODY.isdisjoint(context.inside.split())
        and context.link_share < PLAIN_LINKED
        and is_prose(block.text)
        and not meaning(context.place).says(*NOT_ARTICLE)
    )


def paragraphs_alike(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the paragraphs that stand as others do of which most stay: answers, entries, stages of a story."""
    places: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if is_prose(block.text):
            places.setdefault(block.context.path, []).append(i)
    found: set[int] = set()
    for members in places.values():
        stay = [i for i in members if i in kept]
        if len(stay) >= MIN_ALIKE and ALIKE * len(members) <= len(stay) < len(members):
            found.update(i for i in members if i > stay[0] and i not in kept and is_unlinked(blocks[i], PLAIN_LINKED))
    return found


def headings_above(blocks: Sequence[Block], kept: set[int], here: str | None) -> set[int]:
    """Positions of the headings right above paragraphs that stay, in one element with them.

    Headings that lead to another page of the site are other stories'. Those that lead elsewhere are the article's if
    nearly all of a place stand above such a paragraph, as in a round-up.

    Args:
        blocks: all of the page.
        kept: positions of those that are the body.
        here: the page's URL, if it is known.
    """
    paragraphs = sorted(i for i in kept if is_prose(blocks[i].text))
    main = main_paths(blocks, paragraphs)
    first = [i for i in paragraphs[MIN_ABOVE:] if blocks[i].context.path in main] + lists_below(
        blocks, kept, paragraphs
    )
    above = {i - 1 for i in first if is_heading(blocks[i - 1]) and is_around(blocks[i - 1], blocks[i])}
    linked = Counter(blocks[i].context.path for i in above if leads_away(blocks[i]))
    if linked:
        of_place = Counter(block.context.path for block in blocks if block.kind == "heading" and leads_away(block))
        linked = Counter({path: n for path, n in linked.items() if n >= max(MIN_LINKED, MOST_LINKED * of_place[path])})
    own = {i for i in above - kept if blocks[i].context.path in linked or not leads_away(blocks[i])}
    return {i for i in own if not is_story(blocks[i], here)}


def main_paths(blocks: Sequence[Block], paragraphs: Sequence[int]) -> set[int]:
    """The places where much of a text stands: a row of teasers, or a part of the page's own, is little of it."""
    words = words_by_path(blocks, paragraphs)
    return {path for path, n in words.items() if n >= MAIN * words.total()}


def lists_below(blocks: Sequence[Block], kept: set[int], paragraphs: Sequence[int]) -> list[int]:
    """Positions of the first items of lists that stay, below the first paragraphs."""
    start = paragraphs[MIN_ABOVE - 1] if len(paragraphs) >= MIN_ABOVE else len(blocks)
    return [i for i in kept if i > start and blocks[i].kind == "item" and blocks[i - 1].kind != "item"]


def list_headings(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the headings that announce links which are no part of the article: "More:" above other stories."""
    found: set[int] = set()
    for i in kept:
        block = blocks[i]
        if block.kind != "heading" or not block.text.endswith(COLONS) or len(block.text) > MAX_LABEL_CHARS:
            continue
        below = [*takewhile(lambda k: k not in kept, range(i + 1, len(blocks)))]
        if len(below) >= MIN_LIST and all(blocks[k].context.link_share >= LIST_LINKED for k in below):
            found.add(i)
    return found


def is_heading(block: Block) -> bool:
    """Whether a block is a heading within a text."""
    is_short = 0 < model_words(block.text) <= MAX_HEADING_WORDS
    return is_short and block.kind == "heading" and block.context.tag != "h1" and not block.context.hidden


def leads_away(heading: Block) -> bool:
    """Whether a heading leads elsewhere: to no place in its page, as one does that may be linked to."""
    return heading.context.link_share >= MAX_HEADING_LINKED and not heading.context.href.startswith("#")


def is_around(heading: Block, paragraph: Block) -> bool:
    """Whether the paragraph stands in the heading's element, or in one within."""
    return paragraph.context.parent >= heading.context.parent


def is_unlinked(block: Block, most: float) -> bool:
    """Whether a block can be seen, and hardly any of it is a link."""
    return block.context.link_share < most and not block.context.hidden
