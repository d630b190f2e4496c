"""Lists, for callers who want running text only."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.model import Change, Draft
from newsclean.rules import Rules


def drop_lists(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop list items, if lists are to go."""
    del rules
    if options.drops("lists"):
        for block in draft.blocks:
            if block.kind == "item":
                yield Change("list", block.index, block.text, None, "a list item, which is to be dropped")
