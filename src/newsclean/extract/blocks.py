"""The blocks of a whole page, in document order, with where each stood: one pass over the serialised tree.

lexbor escapes "<" and ">" in text, but not in the values of attributes, which it always quotes.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
Sign = Literal["block", "link", "strong", "emphasis", "break", "rule"]
OPENING: dict[str, Sign] = {  # other tags, most of them spans, mean nothing here
    **dict.fromkeys(BLOCK_TAGS, "block"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i"), "emphasis"),
    "a": "link",
    "br": "break",
    "hr": "rule",
}  # fmt: skip
CLOSING = {f"/{name}": sign for name, sign in OPENING.items()}
LINE_BREAKS_INSIDE = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "figcaption"})  # one <br> ends no block here
PARAGRAPHS_INSIDE = frozenset({"p", "blockquote"})  # unless what it ends is a paragraph by its length and its last mark
PARAGRAPH_CHARS = 60  # with 60, 100 or 150, 282 labelled pages that have such breaks give the same body F1
FINALS = frozenset('.!?…"”»')
FULL_FINALS = frozenset("。！？।」』")  # of languages that say in half as many characters as much
TAG = re.compile(r'<((?:[^>=]++|="[^"]*+"|=)*+)>')  # possessive: linear, whatever the attributes hold
BLANK_LINE = re.compile(r"\n[ \t]{0,200}\n")
MARK = re.compile(r"\b(?:class|id|role|itemprop)$")  # data-id as well
MARK_CHARS = 9  # of the longest, and the one before it
MAX_MARK_CHARS = 300
HIDDEN = re.compile(r'\bhidden(?:=|$| )|display: ?none|visibility: ?hidden|aria-hidden="true"')
MEMO_CHARS = 1_000  # longer attributes hold data and are of one page; the memo must not
ENTITIES = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))  # "&amp;lt;" is "&lt;"
NO_MARKS = ("", "", False)


def marks(attributes: str) -> tuple[str, str, bool]:
    """The class words of a tag, the first of them, and whether it hides its element."""
    if not attributes:
        return NO_MARKS
    return read_marks(attributes) if len(attributes) > MEMO_CHARS else known_marks(attributes)


def read_marks(attributes: str) -> tuple[str, str, bool]:
    """What `marks` gives; a third of the time of searching with a pattern for the attributes."""
    parts = attributes.split('="')  # a name; then each time a value, a quote, which no value has, and the next name
    if len(parts) == 2 and parts[0] == "class" and len(parts[1]) <= MAX_MARK_CHARS:  # two tags in three
        words = parts[1][:-1].lower()
    else:
        values = [value_in(after) for before, after in pairwise(parts) if is_mark(before[-MARK_CHARS:])]
        words = " ".join([value for value in values if len(value) <= MAX_MARK_CHARS]).lower()
    may_hide = "hidden" in attributes or "none" in attributes
    return words, words.split(" ", 1)[0], may_hide and HIDDEN.search(attributes) is not None


known_marks = lru_cache(maxsize=8192)(read_marks)


def value_in(part: str) -> str:
    """The value that the part begins with; where no quote ends it, it was cut at an "=" of its own."""
    value, quote, _ = part.partition('"')
    return value if quote else value + "="


@lru_cache(maxsize=1024)
def is_mark(end: str) -> bool:
    """Whether an attribute whose name ends so tells what its element is for."""
    return MARK.search(end) is not None


@dataclass(slots=True)
class Node:
    """A block-level element.

    Attributes:
        index: position in the table of nodes.
        parent: the element around it; None for the root.
        words: class, id, role and itemprop, lower case.
        path: the same number for elements of the same tag and first class in the same place.
        first, last: its tags' positions among the page's tokens.
        seed_words: words of the body extractor's text inside it, filled in by seeds.py.
    """

    index: int
    parent: Node | None
    tag: str
    words: str = ""
    depth: int = 0
    hidden: bool = False
    path: int = 0
    first: int = 0
    last: int = 0
    seed_words: int = 0


@dataclass(slots=True)
class RawBlock:
    """A run of text within one block-level element.

    Attributes:
        text: with single spaces.
        node: the element.
        links: how many links it has.
        linked, strong, emphasis: characters inside links, bold, italics.
        link_first: whether it begins with a link.
    """

    text: str
    node: Node
    links: int = 0
    linked: int = 0
    strong: int = 0
    emphasis: int = 0
    link_first: bool = False


@dataclass(frozen=True, slots=True)
class Blocks:
    """A page's body in its parts.

    Attributes:
        tokens: texts and tags in turn, as lexbor writes them.
        nodes: the block-level elements, in document order.
        blocks: every block that has text, in document order.
    """

    tokens: list[str]
    nodes: list[Node]
    blocks: list[RawBlock]


def read_blocks(html: str) -> Blocks:
    """The parts of a body as `Document.body_html` gives it."""
    tokens = split_tags(html)
    nodes: list[Node] = []
    paths: dict[tuple[int, str, str], int] = {}
    node = Node(0, None, "root")
    reader = Reader()
    at = -1
    for text, tag in zip(tokens[::2], [*tokens[1::2], ""], strict=True):
        at += 2
        if text and (reader.begun is not None or not text.isspace()):
            if node.tag == "pre":
                reader.read_lines(text, node)
            else:
                reader.read_text(text, node)
        sign = CLOSING.get(tag)
        if sign is None:
            name, _, attributes = tag.partition(" ")
            sign = OPENING.get(name)
            if sign == "block":
                if reader.begun is not None:
                    reader.end_block()
                words, first, hidden = marks(attributes) if attributes else NO_MARKS
                path = paths.setdefault((node.path, name, first), len(paths) + 1)
                hidden = hidden or node.hidden
                node = Node(len(nodes) + 1, node, name, words, node.depth + 1, hidden, path, at, sys.maxsize)
                nodes.append(node)
            elif sign is not None:
                reader.open(sign, node)
        elif sign == "block":
            if reader.begun is not None:
                reader.end_block()
            node = leave(node, tag[1:], at)
        else:
            reader.close(sign)
    reader.end_block()
    return Blocks(tokens, nodes, reader.blocks)


def leave(node: Node, tag: str, at: int) -> Node:
    """The element around the innermost that is named so; this and what is left open inside it end at the token."""
    ended: Node | None = node
    while ended is not None and ended.tag != tag:
        ended = ended.parent
    if ended is None or ended.parent is None:
        return node
    while node is not ended.parent and node.parent is not None:
        node.last = at
        node = node.parent
    return node


def split_tags(html: str) -> list[str]:
    """Texts and tags in turn.

    Cutting at every sign takes a third of the time of the pattern, and cuts right unless an attribute holds a sign. The
    first that does leaves a piece that looks like no tag: a tag has no space, or ends as attributes do.
    """
    tokens = html.replace(">", "<").split("<")
    odd = [tag for tag in tokens[1::2] if not tag or (" " in tag and (tag[-1] != '"' or tag[-2] == "="))]
    return TAG.split(html) if odd else tokens


def is_paragraph(parts: list[str]) -> bool:
    """Whether a text is as long as a paragraph and ends as one does."""
    text = "".join(parts).strip()
    last = text[-1:]
    return (last in FINALS and len(text) >= PARAGRAPH_CHARS) or (
        last in FULL_FINALS and 2 * len(text) >= PARAGRAPH_CHARS
    )


@dataclass(slots=True)
class Reader:
    """The text that is being read, what links and fonts are open around it, and the blocks before it."""

    blocks: list[RawBlock] = field(default_factory=list)
    begun: RawBlock | None = None
    parts: list[str] = field(default_factory=list)
    links: int = 0
    strong: int = 0
    emphasis: int = 0
    broken: bool = False  # a single line break was the last thing read

    def read_lines(self, text: str, node: Node) -> None:
        """Add preformatted text, in which blank lines part the paragraphs."""
        first, *rest = BLANK_LINE.split(text)
        self.read_text(first, node)
        for paragraph in rest:
            self.end_block()
            self.read_text(paragraph, node)

    def read_text(self, text: str, node: Node) -> None:
        """Add text to the block that is open, or open one."""
        block = self.begun
        if text.isspace():
            if block is not None:
                self.parts.append(" ")
            return
        self.broken = False
        self.parts.append(text)
        links = self.links
        if block is None:
            block = self.begun = RawBlock("", node, 1 if links else 0, link_first=links > 0)
        if links or self.strong or self.emphasis:
            chars = len(text.strip())
            block.linked += chars if links else 0
            block.strong += chars if self.strong else 0
            block.emphasis += chars if self.emphasis else 0

    def open(self, sign: Sign, node: Node) -> None:
        """Begin a link, bold or italics, or read a break or a rule."""
        if sign == "link":
            self.links += 1
            if self.begun is not None:
                self.begun.links += 1
        elif sign == "strong":
            self.strong += 1
        elif sign == "emphasis":
            self.emphasis += 1
        elif sign == "break":
            self.break_line(node.tag)
        else:
            self.end_block()

    def close(self, sign: Sign) -> None:
        """End a link, bold or italics."""
        if sign == "link":
            self.links = max(self.links - 1, 0)
        elif sign == "strong":
            self.strong = max(self.strong - 1, 0)
        elif sign == "emphasis":
            self.emphasis = max(self.emphasis - 1, 0)

    def break_line(self, tag: str) -> None:
        """Two breaks end a block; one does after a whole paragraph, and in elements that hold no text of their own."""
        if self.begun is None:
            return
        if self.broken or tag not in LINE_BREAKS_INSIDE or (tag in PARAGRAPHS_INSIDE and is_paragraph(self.parts)):
            self.end_block()
        else:
            self.parts.append(" ")
            self.broken = True

    def end_block(self) -> None:
        """Keep the block that is open, if it has text."""
        if self.begun is None:
            return
        text = "".join(self.parts)
        if "&" in text:
            for entity, character in ENTITIES:
                text = text.replace(entity, character)
        self.begun.text = " ".join(text.split())
        if self.begun.text:
            self.blocks.append(self.begun)
        self.parts = []
        self.begun = None
        self.broken = False
