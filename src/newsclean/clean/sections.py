"""Parts of a page that are not the article: "You might also like", with the stories that stand under it."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.clean.shape import CLOSING, SENTENCE_ENDS, is_prose
from newsclean.model import Block, Change, Draft
from newsclean.rules import Rules

MAX_TEASERS = 12
MAX_SUBHEADING_WORDS = 5  # a shorter line right above running text may be its subheading: it stays
LINKED = 0.6  # share of link text above which a block is a link
LINK_FIRST = 0.15  # the same, where the block begins with the link: a story's title, with a line about it


def drop_sections(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop each heading that a phrase calls a section of the page, with the teasers below it.

    A section ends where running text begins that is no link, or with the element in which its heading stands, at the
    latest after MAX_TEASERS blocks. List items and what stands beside the heading are of the section only if they are
    links, or one comes later.
    """
    del options
    dropped_to = 0
    for i, block in enumerate(draft.blocks):
        if i < dropped_to:
            continue
        phrase = rules.match("section", block.text)
        if phrase is None:
            continue
        dropped_to = section_end(draft.blocks, i)
        yield Change(phrase.rule, block.index, block.text, None, "heads a section that is not the article")
        for teaser in draft.blocks[i + 1 : dropped_to]:
            yield Change(phrase.rule, teaser.index, teaser.text, None, f"stands under “{block.text[:60]}”")


def section_end(blocks: tuple[Block, ...], heading: int) -> int:
    """Position after the section that the block at `heading` heads."""
    end = teasers_end(blocks, heading + 1)
    if not blocks[heading].context.tag:
        return end
    element = blocks[heading].context.parent  # those inside come after it, and have higher numbers
    parents = [block.context.parent for block in blocks[heading + 1 : end]]
    end = heading + 1 + next((n for n, parent in enumerate(parents) if parent < element), len(parents))
    while end > heading + 1 and not is_link(last := blocks[end - 1]):
        if last.context.parent != element and last.kind != "item":
            break
        end -= 1
    return end


def teasers_end(blocks: tuple[Block, ...], start: int) -> int:
    """Position after the last teaser of a section whose first is at `start`."""
    end = start
    while end < len(blocks) and end - start < MAX_TEASERS and is_teaser(blocks[end]):
        end += 1
    followed = end < len(blocks) and is_prose(blocks[end].text)
    if followed and end > start and may_be_subheading(blocks[end - 1]):
        end -= 1
    return end


def is_teaser(block: Block) -> bool:
    """Whether a block can be a link to another story: link text, or a line like a headline; no heading of its own."""
    return is_link(block) or (
        block.kind != "heading" and not is_prose(block.text) and not block.text.rstrip(CLOSING).endswith(SENTENCE_ENDS)
    )


def is_link(block: Block) -> bool:
    """Whether a block is a link, or begins with one and goes on about it."""
    return block.context.link_share >= (LINK_FIRST if block.context.link_first else LINKED)


def may_be_subheading(block: Block) -> bool:
    """Whether the last line above running text may belong to it."""
    if block.context.tag:
        return block.kind == "heading" and block.context.link_share < LINKED
    return len(block.text.split()) <= MAX_SUBHEADING_WORDS
