"""The blocks of a whole page, in document order, with where each stood: one pass over the serialised tree.

lexbor escapes "<" and ">" in text, but not in the values of attributes, which it always quotes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from newsclean.extract.drop_caps import join_drop_caps
from newsclean.letters import FULL_STOPS

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
ENDS = {f"/{name}": name for name in BLOCK_TAGS}
LINE_BREAKS_INSIDE = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "figcaption"})  # one <br> ends no block here
PARAGRAPHS_INSIDE = frozenset({"p", "blockquote"})  # unless what it ends is bold, or as long as a paragraph and ended
PARAGRAPH_CHARS = 60  # with 60, 100 or 150, 282 labelled pages that have such breaks give the same body F1
SENTENCE_ENDS = (*".!?…:。！？：؟", *FULL_STOPS)
FINALS = frozenset('.!?…:"”»؟' + FULL_STOPS)
LAST_PARTS = 8  # of a text; in more there is a letter
CLOSING = "“‘’')]›‹"  # may stand behind them
FULL_FINALS = frozenset("。！？」』")  # of languages that say in half as many characters as much
TAG = re.compile(r'<((?:[^>=]++|="[^"]*+"|=)*+)>')  # possessive: linear, whatever the attributes hold
NO_SIGNS = bytes(i for i in range(256) if i not in b"<>")
BLANK_LINE = re.compile(r"\n[ \t]{0,200}\n")
MARKS = ("class=", "id=", "role=", "itemprop=")
PLAIN_MARKS = frozenset({*MARKS, *(f" {name}" for name in MARKS)})
MARK = re.compile(r"\b(?:class|id|role|itemprop)=$")  # data-id as well
MARK_CHARS = 10  # of the longest, and the one before it
MAX_MARK_CHARS = 300
# A class word says nothing: "hidden" may hold on small screens only, "overflow-hidden" hides no text.
HIDDEN = re.compile(r'(?:^| )hidden="|display: ?none|visibility: ?hidden|aria-hidden="true"')
MEMO_CHARS = 1_000  # longer attributes hold data and are of one page; the memo must not
ENTITIES = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))  # "&amp;lt;" is "&lt;"
NO_BREAK_SPACE = "&nbsp;"  # as lexbor writes it; between two line breaks it is nothing
NO_MARKS = ("", "", False)
OPEN_PARAGRAPHS = 3  # of one link, from which it was left open: a card has a title, a line or two, and a date


def marks(attributes: str) -> tuple[str, str, bool]:
    """A tag's words (class, id, role, itemprop), lower case, the first of them, and whether it hides its element."""
    if not attributes:
        return NO_MARKS
    return read_marks(attributes) if len(attributes) > MEMO_CHARS else known_marks(attributes)


def read_marks(attributes: str) -> tuple[str, str, bool]:
    """What `marks` gives; half the time of searching with a pattern for the attributes."""
    parts = attributes.split('"')  # a name and "=", the value, the next name, and so on
    if len(parts) == 3 and parts[0] == "class=" and len(parts[1]) <= MAX_MARK_CHARS:  # two tags in three
        words = parts[1].lower()
    else:
        marked = [
            value
            for name, value in pairwise(parts)
            if name.endswith(MARKS) and (name in PLAIN_MARKS or MARK.search(name[-MARK_CHARS:]))
        ]
        words = " ".join([value for value in marked if len(value) <= MAX_MARK_CHARS]).lower()
    may_hide = "hidden" in attributes or "none" in attributes
    return words, words.partition(" ")[0], may_hide and HIDDEN.search(attributes) is not None


known_marks = lru_cache(maxsize=8192)(read_marks)


@dataclass(slots=True)
class Node:
    """A block-level element.

    Attributes:
        index: position in the table of nodes.
        parent: the element around it; None for the root.
        attributes: as they stand in its tag; who needs their marks asks for them, most elements of a page are of no
            interest to anybody.
        first, last: its tags' positions among the page's tokens.
    """

    index: int
    parent: Node | None
    tag: str
    attributes: str = ""
    first: int = 0
    last: int = sys.maxsize

    @property
    def words(self) -> str:
        """Class, id, role and itemprop, lower case."""
        return marks(self.attributes)[0]

    @property
    def hidden(self) -> bool:
        """Whether the page hides it, or an element around it."""
        node: Node | None = self
        while node is not None:
            if marks(node.attributes)[2]:
                return True
            node = node.parent
        return False


@dataclass(slots=True)
class RawBlock:
    """A run of text within one block-level element.

    Attributes:
        text: with single spaces.
        node: the element.
        links: how many links it has.
        linked, strong, emphasis: characters inside links, bold, italics.
        link_first: whether it begins with a link.
        link: the attributes of the link that it begins with; empty if it does not, or the link has none.
        broken: whether a line break follows its first letter.
    """

    text: str
    node: Node
    links: int = 0
    linked: int = 0
    strong: int = 0
    emphasis: int = 0
    link_first: bool = False
    link: str = ""
    broken: bool = False


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
    """The parts of a body as `Document.take_body_html` gives it."""
    tokens = split_tags(html)
    nodes: list[Node] = []
    node = Node(0, None, "root")
    reader = Reader()
    at = -1
    for text, tag in zip(tokens[::2], [*tokens[1::2], ""], strict=True):
        at += 2
        if text and (reader.begun is not None or not text.isspace()):
            (reader.read_lines if node.tag == "pre" else reader.read_text)(text, node)
        if tag in ENDS:
            if reader.begun is not None:
                reader.end_block()
            if node.tag == ENDS[tag] and node.parent is not None:
                node.last = at
                node = node.parent
            else:
                node = leave(node, ENDS[tag], at)
            continue
        name, _, attributes = tag.partition(" ")
        if name in BLOCK_TAGS:
            if reader.begun is not None:
                reader.end_block()
            node = Node(len(nodes) + 1, node, name, attributes, at)
            nodes.append(node)
        elif name in SIGNS:
            if name == "a":
                reader.link = attributes
            SIGNS[name](reader, node)
    reader.end_block()
    close_links(reader.blocks)
    join_drop_caps(reader.blocks)
    return Blocks(tokens, nodes, reader.blocks)


def close_links(blocks: list[RawBlock]) -> None:
    """Make no link of text that a link has taken which nobody closed: a parser begins it again in each element."""
    linked = Counter([b.link for b in blocks if b.link and b.linked >= 0.9 * len(b.text) and is_paragraph([b.text])])
    open_links = {link for link, count in linked.items() if count >= OPEN_PARAGRAPHS}
    for block in blocks if open_links else ():
        if block.link in open_links and block.links == 1:
            block.links, block.linked, block.link_first, block.link = 0, 0, False, ""


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

    Cutting at every sign takes a third of the time of the pattern, and cuts right unless other signs than a tag's ends
    are there: in an attribute's value, in a name, or in an element whose text is not escaped. Then the signs don't take
    turns, or a piece looks like no tag: a tag has no space, or ends as attributes do.
    """
    tokens = html.replace(">", "<").split("<")
    odd = [tag for tag in tokens[1::2] if " " in tag and (tag[-1] != '"' or tag[-2] == "=")]
    signs = html.encode("utf-8", "replace").translate(None, NO_SIGNS)
    return TAG.split(html) if odd or signs != b"<>" * (len(tokens) // 2) else tokens


def is_paragraph(parts: list[str]) -> bool:
    """Whether a text is as long as a paragraph and ends as one does."""
    last = next((end for part in parts[: -1 - LAST_PARTS : -1] if (end := part.rstrip().rstrip(CLOSING)[-1:])), "")
    if last in FINALS:
        return len("".join(parts).strip()) >= PARAGRAPH_CHARS
    return last in FULL_FINALS and 2 * len("".join(parts).strip()) >= PARAGRAPH_CHARS


@dataclass(slots=True)
class Reader:
    """The text that is being read, what links and fonts are open around it, and the blocks before it."""

    blocks: list[RawBlock] = field(default_factory=list)
    begun: RawBlock | None = None
    parts: list[str] = field(default_factory=list)
    links: int = 0
    link: str = ""
    strong: int = 0
    emphasis: int = 0
    broken: bool = False  # a single line break was the last thing read
    plain: bool = False  # not all of the block that is open is bold
    may_be_heading: bool = False  # what is open is a line in bold, of a paragraph or a heading above it

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
        if text.isspace() or text == NO_BREAK_SPACE:
            if block is not None:
                self.parts.append(" ")
            return
        if self.may_be_heading and not self.strong and len(text) >= PARAGRAPH_CHARS and not text.lstrip()[:1].islower():
            self.end_block()
            block = None
        self.broken = self.may_be_heading = False
        self.parts.append(text)
        self.plain = self.plain or not self.strong
        links = self.links
        if block is None:
            block = self.begun = RawBlock("", node, 1, link_first=True, link=self.link) if links else RawBlock("", node)
        if links or self.strong or self.emphasis:
            chars = len(text.strip())
            block.linked += chars if links else 0
            block.strong += chars if self.strong else 0
            block.emphasis += chars if self.emphasis else 0

    def begin_link(self, _: Node) -> None:
        """Read <a>."""
        self.links += 1
        if self.begun is not None:
            self.begun.links += 1

    def end_link(self, _: Node) -> None:
        """Read </a>."""
        if self.links:
            self.links -= 1

    def begin_strong(self, _: Node) -> None:
        """Read <strong>."""
        self.strong += 1

    def end_strong(self, _: Node) -> None:
        """Read </strong>."""
        if self.strong:
            self.strong -= 1

    def begin_emphasis(self, _: Node) -> None:
        """Read <em>."""
        self.emphasis += 1

    def end_emphasis(self, _: Node) -> None:
        """Read </em>."""
        if self.emphasis:
            self.emphasis -= 1

    def break_line(self, node: Node) -> None:
        """Read <br>: two end a block; so does one after a paragraph or a question, and in elements without own text.

        A question is a sentence in bold. What else is in bold is a heading if a paragraph follows.
        """
        if self.begun is None:
            return
        is_end = self.broken or node.tag not in LINE_BREAKS_INSIDE
        if is_end or (node.tag in PARAGRAPHS_INSIDE and (self.is_question() or is_paragraph(self.parts))):
            self.end_block()
        else:
            self.may_be_heading = node.tag in PARAGRAPHS_INSIDE and self.is_bold()
            self.begun.broken = self.begun.broken or (len(self.parts) == 1 and len(self.parts[0].strip()) == 1)
            self.parts.append(" ")
            self.broken = True

    def is_bold(self) -> bool:
        """Whether the block that is open is all in bold, which ends here."""
        return not (self.plain or self.strong)

    def is_question(self) -> bool:
        """Whether the block that is open is a sentence in bold, which ends here."""
        return self.is_bold() and self.parts[-1].rstrip().endswith(SENTENCE_ENDS)

    def end_block(self, _: Node | None = None) -> None:
        """Keep the block that is open, if it has text."""
        if self.begun is None:
            return
        text = "".join(self.parts)
        if "&" in text:
            for entity, character in ENTITIES:
                text = text.replace(entity, character)
        text = " ".join(text.split())
        if text:
            self.begun.text = text
            self.blocks.append(self.begun)
        self.parts = []
        self.begun = None
        self.broken = self.plain = self.may_be_heading = False


SIGNS: dict[str, Callable[[Reader, Node], None]] = {  # other tags, most of them spans, mean nothing here
    "a": Reader.begin_link,
    "/a": Reader.end_link,
    **dict.fromkeys(("strong", "b"), Reader.begin_strong),
    **dict.fromkeys(("/strong", "/b"), Reader.end_strong),
    **dict.fromkeys(("em", "i"), Reader.begin_emphasis),
    **dict.fromkeys(("/em", "/i"), Reader.end_emphasis),
    "br": Reader.break_line,
    "hr": Reader.end_block,
}
