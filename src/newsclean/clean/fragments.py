"""Orphan fragments: the rest of a sentence that another tool cut in half, glued to the end of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.model import Change, Draft
from newsclean.rules import Rules

# "… tensions. -North Korea summit in June.": the words before the hyphen are lost. A hyphen that opens direct speech or
# an attribution has a space behind it, or one word.
ORPHAN = re.compile(r"""(?<=[.!?"”]) [-–][^\W\d_]\w+(?: [\w'’.,-]{1,30}){2,7}[.!?]$""")


def cut_fragments(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Cut the fragment off each paragraph that ends in one."""
    del rules, options
    for block in draft.blocks:
        if " -" not in block.text and " –" not in block.text:
            continue
        found = ORPHAN.search(block.text, max(len(block.text) - 120, 0))
        if found and found.start() > 0.5 * len(block.text):
            kept = block.text[: found.start()]
            yield Change("orphan-fragment", block.index, block.text, kept, "ends in a fragment whose beginning is lost")
