"""Where class words that name an aside mean the article's own text: a carousel or a modal around half of it."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.clean.body_features import model_words
from newsclean.clean.class_words import meaning
from newsclean.clean.shape import is_prose
from newsclean.model import Block
from newsclean.rules.places import signs

MIN_PARAGRAPHS = 3
MIN_WORDS = 90  # of them, in one element
MIN_OWN_WORDS = 60  # of them, where each carries the word itself
MIN_SHARE = 0.25  # of the text's words
PARAGRAPHS = 0.9  # of all that the element holds; an aside has a heading, labels, links
MAX_LINKED = 0.15  # share of link text of such a paragraph


def running_text(blocks: Sequence[Block], kept: set[int], named: set[int]) -> set[int]:
    """Positions of the blocks of long running text among those that class words call asides.

    Either an element holds several paragraphs without links, and nearly nothing else, or the word is the paragraphs'
    own, as one that a system writes on each. They are a good part of the text: pitches have several paragraphs as well.

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
        named: positions of those that class words call an aside.
    """
    if not named:
        return set()
    in_element: dict[int, list[int]] = {}
    in_path: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    for i, block in enumerate(blocks):
        sizes[block.context.parent] = sizes.get(block.context.parent, 0) + 1
        if i in named and is_paragraph(block):
            in_element.setdefault(block.context.parent, []).append(i)
            in_path.setdefault(block.context.path, []).append(i)
    whole = [
        members
        for parent, members in in_element.items()
        if len(members) >= PARAGRAPHS * sizes[parent] and is_long(blocks, members, MIN_WORDS)
    ]
    own = [
        members
        for members in in_path.values()
        if is_own(blocks[members[0]]) and is_long(blocks, members, MIN_OWN_WORDS)
    ]
    by_path: dict[int, list[int]] = {}
    for members in whole:
        by_path.setdefault(blocks[members[0]].context.path, []).extend(members)
    words = {i: model_words(blocks[i].text) for i in kept if is_prose(blocks[i].text)}
    least = MIN_SHARE * sum(words.values())
    return {i for group in (*by_path.values(), *own) if sum([words.get(i, 0) for i in group]) >= least for i in group}


def is_paragraph(block: Block) -> bool:
    """Whether a block is a paragraph of running text without links, in a place that may be an article's."""
    context = block.context
    is_running = context.tag == "p" and context.link_share < MAX_LINKED and is_prose(block.text)
    is_other = signs()["never"].pattern.search(f"{context.classes} {context.place}")
    return is_running and not is_other and "dialog" not in context.inside.split()


def is_own(block: Block) -> bool:
    """Whether the word that names the aside is the block's own, and none around it says so."""
    return meaning(block.context.classes).part is not None and meaning(block.context.place).part is None


def is_long(blocks: Sequence[Block], members: Sequence[int], words: int) -> bool:
    """Whether blocks are several paragraphs of so many words."""
    return len(members) >= MIN_PARAGRAPHS and sum([model_words(blocks[i].text) for i in members]) >= words
