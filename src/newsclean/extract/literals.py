"""The strings of a page's scripts, wherever they stand in code or data, read in one pass and without a parser.

Frameworks keep a page's data in many forms (`__NEXT_DATA__`, `window.__STATE__ = {…}`, `JSON.parse("…")`, a stream of
calls), nested as deep as they like; all of them write a text as a JSON string literal, most with a key before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsclean.extract.document import Document

MIN_SCRIPT_CHARS = 600  # no article's data is shorter
MAX_SCRIPT_CHARS = 3_000_000  # of all scripts; more is not read
MAX_LEVELS = 3  # literals in literals in literals: JSON.parse("…") of text that holds JSON

# Outside a literal an escape is skipped, so that no quotation mark is tried twice: the time is linear. A literal ends
# with its line, so a lone quotation mark spoils one line at most.
LITERAL = re.compile(r'\\.|"((?:[^"\\\n]++|\\.)*+)"')
UNQUOTED_KEY = re.compile(r"([A-Za-z_$][\w$]{0,40})\s{0,3}:\s{0,3}$")
JS_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([^\"\\/bfnrtu]))")
STREAMED = "self.__next_f.push([1,"
STREAMED_TEXT = re.compile(r"[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")  # then so many bytes of text that is not quoted


@dataclass(frozen=True, slots=True)
class Literal:
    """A string of a script.

    Attributes:
        key: the name that it has there; empty for an item of a list.
        text: decoded.
        start, end: where it stands in the script.
    """

    key: str
    text: str
    start: int
    end: int


def read_scripts(document: Document) -> Iterator[str]:
    """The text of each script that may hold data; one text for all parts of a stream."""
    streamed: list[str] = []
    left = MAX_SCRIPT_CHARS
    for script in document.tree.css("script"):
        text = script.text()
        left -= len(text)
        if left < 0:
            break
        if text.startswith(STREAMED):
            streamed += (decoded(found[1]) for found in LITERAL.finditer(text) if found[1])
        elif len(text) >= MIN_SCRIPT_CHARS and "ld+json" not in (script.attributes.get("type") or ""):
            yield text
    rows = "".join(streamed)
    at = 0
    while found := STREAMED_TEXT.search(rows, at):
        yield rows[at : found.start()]
        size = int(found[1], 16)  # in bytes
        text = rows[found.end() : found.end() + size].encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
        yield json.dumps({"": text}, ensure_ascii=False)
        at = found.end() + len(text)
    yield rows[at:]


def literals(script: str, level: int = 1) -> Iterator[Literal]:
    """The string literals of a script, those of JSON within them instead of these."""
    previous = ""
    end = 0
    for found in LITERAL.finditer(script):
        if found[1] is None:
            continue
        start = found.start()
        between = script[max(end, start - 60) : start]
        key = previous if between.strip() == ":" else ""
        if not key and between.endswith((":", ": ")) and (name := UNQUOTED_KEY.search(between)):
            key = name[1]
        previous, end = found[1], found.end()
        text = decoded(found[1])
        if level < MAX_LEVELS and len(text) >= MIN_SCRIPT_CHARS and text.lstrip()[:1] in {"{", "["}:
            for inner in literals(text, level + 1):
                yield Literal(inner.key, inner.text, start + inner.start, start + inner.end)
        else:
            yield Literal(key, text, start, end)


def decoded(literal: str) -> str:
    """What a JSON literal says, JavaScript's own escapes mended; empty if it can't be read."""
    if "\\" not in literal:
        return literal
    for attempt in (str, mend):
        try:
            text: str = json.loads(f'"{attempt(literal)}"', strict=False)
        except ValueError:
            continue
        return text
    return ""


def mend(literal: str) -> str:
    """The literal with the escapes that JSON doesn't know written as it does."""
    return JS_ESCAPE.sub(lambda found: f"\\u00{found[1]}" if found[1] else found[2], literal)
