"""Paragraphs that came twice: pages hold hidden copies, extractors emit them."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.clean.shape import is_prose, squash
from newsclean.model import Change, Draft
from newsclean.rules import Rules

SEEN_CHARS = 12


def drop_repeats(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop each paragraph of running text that stood further up already, letter by letter."""
    del rules, options
    alike: dict[str, list[str]] = {}  # beginnings: they nearly always tell paragraphs apart
    for block in draft.blocks:
        if not is_prose(block.text):
            continue
        further_up = alike.setdefault(beginning(block.text), [])
        if further_up and squash(block.text) in map(squash, further_up):
            yield Change("repeated-paragraph", block.index, block.text, None, "stands further up, letter by letter")
        else:
            further_up.append(block.text)


def beginning(text: str) -> str:
    """The first letters and digits of a text, folded, as far as they are the same for all texts that squash alike."""
    start = squash(text[: 3 * SEEN_CHARS])
    return start[:SEEN_CHARS] if len(start) >= SEEN_CHARS else squash(text)[:SEEN_CHARS]
