"""Where the blocks of the body stood in the page: element, class words, share of link text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from selectolax.lexbor import LexborNode

from newsclean.extract.document import Document
from newsclean.model import Block, Context

BLOCK_TAGS = "p,h1,h2,h3,h4,h5,h6,li,blockquote,figcaption,td,dd,dt,a"
ANCESTORS = 4
MAX_CLASS_CHARS = 300
MAX_KEY_CHARS = 400  # texts longer than this are compared by their beginning


def with_contexts(blocks: Iterable[Block], document: Document) -> tuple[Block, ...]:
    """The blocks, each with the context of the first element that has the same text; unmatched ones as they were."""
    found: dict[str, LexborNode] = {}
    for node in document.tree.css(BLOCK_TAGS):
        key = squash(node.text())
        if key and (key not in found or found[key].tag == "a"):
            found[key] = node
    return tuple(
        replace(block, context=context_of(found[key])) if (key := squash(block.text)) in found else block
        for block in blocks
    )


def squash(text: str) -> str:
    """The text without white space, for comparing what two parsers made of one page."""
    return "".join(text.split())[:MAX_KEY_CHARS]


def context_of(node: LexborNode) -> Context:
    """What the element and its near ancestors say of it."""
    text = squash(node.text())
    links = [text] if node.tag == "a" else [squash(a.text()) for a in node.css("a")]
    link_share = min(sum(map(len, links)) / max(len(text), 1), 1.0)
    link_first = bool(links and links[0]) and text.startswith(links[0])
    words: list[str] = []
    up: LexborNode | None = node
    for _ in range(ANCESTORS):
        if up is None or up.tag in {"body", "html"}:
            break
        attributes = up.attributes
        words += [attributes[name] or "" for name in ("class", "id", "role") if attributes.get(name)]
        up = up.parent
    return Context(node.tag or "", " ".join(words).lower()[:MAX_CLASS_CHARS], link_share, link_first)
