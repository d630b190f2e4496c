"""Captions and photo credits that stand between the paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.model import Change, Draft
from newsclean.rules import Rules

MAX_CAPTION_CHARS = 400  # longer, and some template calls a whole story a caption


def drop_captions(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop captions and photo credits, by the page's mark-up or by their words."""
    if not options.drops("captions"):
        return
    for block in draft.blocks:
        if block.kind == "caption" and len(block.text) <= MAX_CAPTION_CHARS:
            yield Change("caption", block.index, block.text, None, "the page marks it as a picture's caption")
        elif phrase := rules.match("caption", block.text):
            yield Change(phrase.rule, block.index, block.text, None, "a picture's caption or credit, by its words")
