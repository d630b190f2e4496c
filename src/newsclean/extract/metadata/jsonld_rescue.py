"""A JSON-LD block that no JSON parser reads in, what it says of its one article out."""

from __future__ import annotations

import json
import re

from newsclean.extract.metadata.jsonld_nodes import Node

KEYS = ("headline", "author", "datePublished", "dateModified", "publisher", "articleSection", "inLanguage")
TYPE = re.compile(
    r"""@type["']?\s{0,9}:\s{0,9}\[?\s{0,9}["'](?:https?://schema\.org/)?(\w{0,40}(?:Article|BlogPosting|Report))["']"""
)
AFTER = frozenset({"", ",", "}", "]", '"', "/"})  # what may stand behind a value, with a comma forgotten or a comment
MAX_GAP = 20  # spaces and line breaks before that
LENIENT = json.JSONDecoder(strict=False)


def rescue(text: str) -> Node | None:
    """A node with the values that are whole by themselves; None if the block has no article, or several.

    A key that stands there twice may be that of a picture or a comment, so it says nothing.
    """
    types = TYPE.findall(text)
    if len(types) != 1:
        return None
    node: Node = {"@type": types[0]}
    for key in KEYS:
        found = list(re.finditer(rf"""(?<![\w-]){key}["']?\s{{0,9}}:\s{{0,9}}""", text))
        if len(found) == 1 and (value := whole_value(text, found[0].end())):
            node[key] = value
    return node if len(node) > 1 else None


def whole_value(text: str, start: int) -> object:
    """The value that begins there; None if it can't be read, or ends where none can: before `old" mill"`."""
    try:
        value, end = LENIENT.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    return value if text[end : end + MAX_GAP].lstrip()[:1] in AFTER else None
