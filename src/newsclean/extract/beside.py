"""What text stands beside an inline element, in the block that it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

INLINE = frozenset("a abbr b cite code del dfn em i ins mark q s small span strong sub sup time u var".split())
BUTTON = "\ufffc"  # stands for one in the text
TOUCHING = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2}")  # Chinese and Japanese have no spaces
MAX_STEPS = 8  # so many siblings are looked at, and elements around them


def text_before(node: LexborNode, chars: int) -> str:
    """The end of the text before the element, at most so many characters."""
    parts = pieces(node, chars, lambda at: at.prev)
    return "".join(reversed(parts))[-chars:]


def text_after(node: LexborNode, chars: int) -> str:
    """The beginning of the text behind the element, at most so many characters."""
    return "".join(pieces(node, chars, lambda at: at.next))[:chars]


def do_touch(before: str, after: str) -> bool:
    """Whether one word ends and the next begins without a space between them."""
    return TOUCHING.fullmatch(before[-1:] + after[:1]) is not None


def pieces(node: LexborNode, chars: int, following: Callable[[LexborNode], LexborNode | None]) -> list[str]:
    """The texts in one direction, the nearest first, until there are enough characters or the block ends."""
    found: list[str] = []
    at = node
    for _ in range(MAX_STEPS):
        sibling = following(at)
        if sibling is None:
            if at.parent is None or at.parent.tag not in INLINE:
                break
            at = at.parent
            continue
        at = sibling
        if at.tag == "-text":
            found.append(at.text_content or "")
        elif at.tag in INLINE:
            found.append(at.text())
        elif at.tag == "button":
            found.append(BUTTON)
        elif at.tag != "-comment":
            break
        if sum(map(len, found)) >= chars:
            break
    return found
