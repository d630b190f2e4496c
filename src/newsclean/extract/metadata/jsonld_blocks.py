"""A page's JSON-LD blocks in, their values out; a block that can't be read is mended or skipped, never fatal."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from newsclean.extract.document import Document
from newsclean.extract.metadata.jsonld_rescue import rescue

MAX_BLOCK_CHARS = 512_000  # 1 of 1,583 labelled blocks is longer: a gallery
LENIENT = json.JSONDecoder(strict=False)  # line breaks in strings are common
WRAPPERS = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>", "/*", "*/", ";")
TRAILING_COMMA = re.compile(r",(?=\s{0,200}[\]}])")
STRAY_BACKSLASH = re.compile(r"\\(?![\"\\/bfnrtu])")


def read_blocks(document: Document) -> Iterator[object]:
    """The values of the blocks that can be read."""
    for text in document.linked_data:
        if 2 < len(text) <= MAX_BLOCK_CHARS:
            yield parse_block(text)


def parse_block(text: str) -> object:
    """The block's value, mended if it breaks the format in a common way; else what can be rescued of it, or None."""
    for attempt in (str, mend):
        try:
            return LENIENT.decode(attempt(text))
        except (ValueError, RecursionError):
            continue
    return rescue(mend(html.unescape(text) if "&quot;" in text else text))


def mend(text: str) -> str:
    """The block without comment wrappers, trailing commas and stray backslashes."""
    text = text.strip("\ufeff \t\r\n")
    for _ in range(3):  # they nest: a comment around CDATA
        for wrapper in WRAPPERS:
            text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
    text = STRAY_BACKSLASH.sub("", TRAILING_COMMA.sub("", text))
    return f"[{text.replace('}{', '},{')}]" if "}{" in text else text
