"""The blocks of a whole page, in document order, with where each stood: one pass over the serialised tree.

lexbor escapes "<" and ">" in text, but not in the values of attributes, which it always quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
STRONG = frozenset({"strong", "b"})
EMPHASIS = frozenset({"em", "i"})
OPENING = BLOCK_TAGS | STRONG | EMPHASIS | {"a", "br"}  # other tags, most of them spans, mean nothing here
CLOSING = frozenset(f"/{name}" for name in OPENING)
LINE_BREAKS_INSIDE = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "figcaption"})  # one <br> ends no block here
PARAGRAPHS_INSIDE = frozenset({"p", "blockquote"})  # unless what it ends is a paragraph by its length and its last mark
PARAGRAPH_CHARS = 60  # with 60, 100 or 150, 282 labelled pages that have such breaks give the same body F1
FINALS = frozenset('.!?…"”»')
FULL_FINALS = frozenset("。！？।」』")  # of languages that say in half as many characters as much
TAG = re.compile(r'<((?:[^>=]++|="[^"]*+"|=)*+)>')  # possessive: linear, whatever the attributes hold
BLANK_LINE = re.compile(r"\n[ \t]{0,200}\n")
WORDS = re.compile(r'\b(?:class|id|role|itemprop)="([^"]{0,300})"')
HIDDEN = re.compile(r'\bhidden(?:=|$| )|display: ?none|visibility: ?hidden|aria-hidden="true"')
ENTITY = re.compile("&(?:amp|lt|gt|nbsp|quot);")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"'}
NO_MARKS = ("", "", False)


@lru_cache(maxsize=8192)
def marks(attributes: str) -> tuple[str, str, bool]:
    """The class words of a tag, the first of them, and whether it hides its element."""
    words = " ".join(WORDS.findall(attributes)).lower()
    return words, words.split(" ", 1)[0], HIDDEN.search(attributes) is not None


@dataclass(slots=True)
class Node:
    """A block-level element.

    Attributes:
        index: position in the table of nodes.
        parent: the element around it; None for the root.
        words: class, id, role and itemprop, lower case.
        path: the same number for elements of the same tag and first class in the same place.
        seed_words: words of the body extractor's text inside it, filled in by seeds.py.
    """

    index: int
    parent: Node | None
    tag: str
    words: str = ""
    depth: int = 0
    hidden: bool = False
    path: int = 0
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


def read_blocks(html: str) -> list[RawBlock]:
    """Every block that has text, of a whole body as `Document.body_html` gives it."""
    reader = Reader()
    tokens = TAG.split(html)
    for text, tag in zip(tokens[::2], (*tokens[1::2], ""), strict=False):
        if text:
            if reader.node.tag == "pre" and BLANK_LINE.search(text):
                reader.read_lines(text)
            else:
                reader.read_text(text)
        if tag:
            name, _, attributes = tag.partition(" ")
            if name in OPENING:
                reader.open(name, attributes)
            elif name in CLOSING:
                reader.close(name[1:])
    reader.end_block()
    return reader.blocks


def is_paragraph(parts: list[str]) -> bool:
    """Whether a text is as long as a paragraph and ends as one does."""
    text = "".join(parts).strip()
    last = text[-1:]
    return (last in FINALS and len(text) >= PARAGRAPH_CHARS) or (
        last in FULL_FINALS and 2 * len(text) >= PARAGRAPH_CHARS
    )


@dataclass(slots=True)
class Reader:
    """What is open at a place of the page, and the blocks that came before it."""

    node: Node = field(default_factory=lambda: Node(0, None, "root"))
    blocks: list[RawBlock] = field(default_factory=list)
    paths: dict[tuple[int, str, str], int] = field(default_factory=dict)
    nodes: int = 1
    parts: list[str] = field(default_factory=list)
    begun: RawBlock | None = None
    links: int = 0
    strong: int = 0
    emphasis: int = 0
    broken: bool = False  # a single line break was the last thing read

    def read_text(self, text: str) -> None:
        """Add text to the block that is open, or open one."""
        block = self.begun
        if text.isspace():
            if block is not None:
                self.parts.append(" ")
            return
        self.broken = False
        self.parts.append(text)
        if block is None:
            block = self.begun = RawBlock("", self.node, link_first=self.links > 0, links=int(self.links > 0))
        chars = len(text.strip())
        if self.links:
            block.linked += chars
        if self.strong:
            block.strong += chars
        if self.emphasis:
            block.emphasis += chars

    def read_lines(self, text: str) -> None:
        """Add preformatted text, in which blank lines part the paragraphs."""
        first, *rest = BLANK_LINE.split(text)
        self.read_text(first)
        for paragraph in rest:
            self.end_block()
            self.read_text(paragraph)

    def open(self, name: str, attributes: str) -> None:
        """Begin an element; a block-level one ends the block before it."""
        if name == "a":
            self.links += 1
            if self.begun is not None:
                self.begun.links += 1
        elif name in STRONG:
            self.strong += 1
        elif name in EMPHASIS:
            self.emphasis += 1
        elif name == "br":
            self.break_line()
        elif name in BLOCK_TAGS:
            self.end_block()
            if name != "hr":
                self.node = self.child(name, attributes)

    def close(self, name: str) -> None:
        """End an element, and what was left open inside it."""
        if name == "a":
            self.links = max(self.links - 1, 0)
        elif name in STRONG:
            self.strong = max(self.strong - 1, 0)
        elif name in EMPHASIS:
            self.emphasis = max(self.emphasis - 1, 0)
        elif name in BLOCK_TAGS:
            self.end_block()
            node: Node | None = self.node
            while node is not None and node.tag != name:
                node = node.parent
            if node is not None and node.parent is not None:
                self.node = node.parent

    def child(self, name: str, attributes: str) -> Node:
        """A new element inside the one that is open."""
        parent = self.node
        words, first, hidden = marks(attributes) if attributes else NO_MARKS
        path = self.paths.setdefault((parent.path, name, first), len(self.paths) + 1)
        node = Node(self.nodes, parent, name, words, parent.depth + 1, parent.hidden or hidden, path)
        self.nodes += 1
        return node

    def break_line(self) -> None:
        """Two breaks end a block; one does after a whole paragraph, and in elements that hold no text of their own."""
        if self.begun is None:
            return
        tag = self.node.tag
        if self.broken or tag not in LINE_BREAKS_INSIDE or (tag in PARAGRAPHS_INSIDE and is_paragraph(self.parts)):
            self.end_block()
        else:
            self.parts.append(" ")
            self.broken = True

    def end_block(self) -> None:
        """Keep the block that is open, if it has text."""
        if self.begun is not None:
            text = " ".join("".join(self.parts).split())
            if "&" in text:
                text = " ".join(ENTITY.sub(lambda found: ENTITIES[found[0]], text).split())
            if text:
                self.begun.text = text
                self.blocks.append(self.begun)
        self.parts = []
        self.begun = None
        self.broken = False
