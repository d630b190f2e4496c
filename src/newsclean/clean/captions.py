"""Captions and photo credits that stand between the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.model import Block, Change, Draft
from newsclean.rules import Rules

CAPTION_CLASS = re.compile(r"(?:^|[ _-])(?:fig)?caption|photo-?credit|image-?credit|bildunterschrift|legende")
MAX_CAPTION_CHARS = 400


def drop_captions(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop captions and photo credits, by their element, their class or their words."""
    if not options.drops("captions"):
        return
    for block in draft.blocks:
        if is_caption(block):
            yield Change("caption", block.index, block.text, None, "marked as a picture's caption in the page")
        elif phrase := rules.match("caption", block.text):
            yield Change(phrase.rule, block.index, block.text, None, "a picture's caption or credit, by its words")


def is_caption(block: Block) -> bool:
    """Whether the page marks the block as a caption."""
    if len(block.text) > MAX_CAPTION_CHARS:
        return False
    return (
        block.kind == "caption"
        or block.context.tag == "figcaption"
        or CAPTION_CLASS.search(block.context.classes) is not None
    )
