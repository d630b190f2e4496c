"""What a page tells of its author, below the article: "Ann Bell is a reporter in Aldermouth."."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.clean.body_features import model_words
from newsclean.clean.shape import is_prose
from newsclean.letters import squash
from newsclean.model import Block, Draft

MAX_WORDS = 90
MIN_TOLD_CHARS = 20  # behind the name, squashed
MIN_PARAGRAPHS = 3  # of the article, besides
ITALICS = 0.8  # share of a bio that stands among the paragraphs
QUOTES = frozenset('"“”„«»「『')  # authors are not quoted in their own articles; those who are, are not their authors


def author_bio(draft: Draft, kept: set[int]) -> set[int]:
    """Position of the only block that begins with an author's name, if it is set off below the article; else empty.

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
    """
    blocks = draft.blocks
    names = [p.name for p in draft.metadata.authors if p.kind == "person" and " " in p.name]
    bios = [i for i in kept if any(tells_of(blocks[i], name) for name in names)]
    if len(bios) != 1:
        return set()
    paragraphs = [i for i in kept if i != bios[0] and is_prose(blocks[i].text)]
    if len(paragraphs) < MIN_PARAGRAPHS or not is_set_off(blocks, bios[0], paragraphs):
        return set()
    return {*bios} if is_below(blocks, bios[0], paragraphs) else set()


def tells_of(block: Block, name: str) -> bool:
    """Whether a block begins with a name, goes on about it, and quotes nobody."""
    if block.text[:1].casefold() != name[:1].casefold() or model_words(block.text) > MAX_WORDS:
        return False  # of most, which saves the rest
    if not QUOTES.isdisjoint(block.text) or ":" in block.text[:40]:
        return False
    said, named = squash(block.text), squash(name)
    return said.startswith(named) and len(said) >= len(named) + MIN_TOLD_CHARS


def is_set_off(blocks: Sequence[Block], i: int, paragraphs: Sequence[int]) -> bool:
    """Whether a block stands elsewhere than any of the paragraphs, is in italics, or begins with a link."""
    context = blocks[i].context
    if "blockquote" in context.inside.split():
        return False
    is_elsewhere = all(blocks[k].context.path != context.path for k in paragraphs)
    return is_elsewhere or context.emphasis_share >= ITALICS or context.link_first


def is_below(blocks: Sequence[Block], i: int, paragraphs: Sequence[int]) -> bool:
    """Whether a block stands below the paragraphs, or beside the last of them in an element that comes after theirs."""
    last = max(blocks[k].context.parent for k in paragraphs)
    return i > max(paragraphs) or (i > min(paragraphs) and blocks[i].context.parent > last)
