"""The texts that common tools write for a page: trafilatura's, and those of converters that keep the whole page.

So the text model learns from more sites than the published outputs of other systems have.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections.abc import Iterator

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode
from trafilatura.utils import decode_file

INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span strong sub sup time u "
    "var wbr".split()
)
SKIPPED = frozenset("script style noscript template svg head iframe textarea select".split())
HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### "}


def page_texts(html: bytes, page_id: str) -> Iterator[tuple[str, str]]:
    """The kind of each text, and the text; which of the dumps a page gets depends on its id alone."""
    for kind, comments in (("fast", False), ("recall", True), ("precision", False)):
        text = trafilatura.extract(
            html,
            include_comments=comments,
            fast=kind == "fast",
            favor_recall=kind == "recall",
            favor_precision=kind == "precision",
        )
        if text:
            yield kind, text
    root = LexborHTMLParser(decode_file(html)).body
    if root is None:
        return
    plain, marked = lines_of(root, links=False), lines_of(root, links=True)
    yield "page", "\n".join(plain)
    which = int(hashlib.md5(page_id.encode()).hexdigest(), 16) % 3  # noqa: S324 - only to spread evenly
    if which == 0:
        yield "page with links", "\n".join(marked)
    elif which == 1:
        yield "page, wrapped", "\n\n".join(textwrap.fill(line, 78) for line in plain)
    else:
        yield (
            "page with links, wrapped",
            "\n\n".join(textwrap.fill(line, 80, break_long_words=False) for line in marked),
        )


def lines_of(root: LexborNode, *, links: bool) -> list[str]:
    """All lines of a page, with links, list items and headings marked as in Markdown if asked for."""
    lines: list[str] = []
    now: list[str] = []

    def flush() -> None:
        text = " ".join("".join(now).split())
        now.clear()
        if text:
            lines.append(text)

    def walk(parent: LexborNode) -> None:
        node = parent.child
        while node is not None:
            tag = node.tag or "-"
            if tag == "-text":
                now.append(node.text_content or "")
            elif tag == "br":
                flush()
            elif links and tag == "img":
                now.append(f"![{node.attributes.get('alt') or ''}]({node.attributes.get('src') or ''}) ")
            elif links and tag == "a":
                now.append("[")
                walk(node)
                now.append(f"]({node.attributes.get('href') or ''}) ")
            elif tag in INLINE:
                walk(node)
            elif tag[:1].isalpha() and tag not in SKIPPED:
                flush()
                if links:
                    now.append("* " if tag == "li" else HEADINGS.get(tag, ""))
                walk(node)
                flush()
            node = node.next

    walk(root)
    flush()
    return lines
