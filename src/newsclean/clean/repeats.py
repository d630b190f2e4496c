"""Paragraphs that came twice: pages hold hidden copies, extractors emit them."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.clean.shape import is_prose
from newsclean.letters import squash
from newsclean.model import Change, Draft
from newsclean.rules import Rules


def drop_repeats(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop each paragraph of running text that stood further up already, letter by letter."""
    del rules, options
    seen: set[str] = set()
    for block in draft.blocks:
        if not is_prose(block.text):
            continue
        key = squash(block.text)
        if key in seen:
            yield Change("repeated-paragraph", block.index, block.text, None, "stands further up, letter by letter")
        seen.add(key)
