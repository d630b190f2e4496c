"""What trafilatura is shown of a page: its time grows with the elements that it sees, and most hold no article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from newsclean.extract.blocks import MEMO_CHARS, Blocks

# Of those that trafilatura cleans away first.
NO_ARTICLE = frozenset("nav footer aside menu dialog label legend map datalist picture img source".split())
TEXT_BYTES = 25  # outside links, from which a block may be article text; a Chinese character has three
LONG_BYTES = 100  # of a paragraph that is no teaser
LINKED = 0.3  # share of link text that running text may have
MIN_LONG_BYTES = 1_000  # in all, below which each short line may be what the page is about
RUNNING_TEXT = frozenset({"p", "li", "blockquote", "h2", "h3", "td"})  # where a link among words tells nothing
INLINE = frozenset(f"{slash}{name}" for name in "a b strong i em".split() for slash in ("", "/"))
LINK = frozenset({"a", "/a"})
# Of one block. trafilatura's time grows with their square: 3,500 take it 1 s, 7,000 take it 5 s. No block of the
# 2,003 labelled pages has over 201.
MAX_LINKS = 1_000
WRAPPERS = frozenset({"div", "section"})  # that nobody misses, if they hold no text of their own and tell nothing
MARKS = re.compile(r'\b(?:class|id|role|itemprop|itemtype)="[^"]*"')  # the attributes that it looks at
# What its selectors look for in them, to find the article or to leave a part out.
TELLS = re.compile(
    "post|entry|artic|content|body|text|story|main|primary|field|column|cell|author|cookie|shar|social|viral|newsletter|"
    "syndication|tags|sidebar|banner|crumb|button|footer|nav|menu|elated|message|premium|-ad-|brain|taboola|criteo|"
    "widget|byline|sociable|embed|consent|permission|next-|stories|most-|more-|meta|rating|teaser|caption|omment"
)


@lru_cache(maxsize=8192)
def tells(words: str) -> bool:
    """Whether the words of an element say something to trafilatura."""
    return TELLS.search(words) is not None


@dataclass(slots=True)
class Weights:
    """What the elements of a page hold, by their index.

    Attributes:
        longest: bytes outside links of the longest block.
        total: bytes outside links.
        long: bytes of all the page's long paragraphs.
        running: whether an element's own text is running text, with few links; elements without own text are missing.
        beside: whether it has text of its own that may be article text, or is around an element that has.
    """

    longest: list[int]
    total: list[int]
    long: int
    running: dict[int, bool]
    beside: set[int]


def reduced(page: Blocks) -> str:
    """The part of a page's body that trafilatura needs to see, as HTML.

    Elements in which no block has text outside links are left out; what stands beside such a block stays, however
    short: headings, list items, a signature, a table. Links and emphasis inside running text go, and so do wrappers
    that tell nothing: only what they hold stays. A page of little text stays nearly whole.
    """
    weights = weigh(page)
    if weights.long < MIN_LONG_BYTES:
        return without_menus(page)
    shown = bytearray(b"\1" * len(page.tokens))
    skipped_to = whole_to = -1  # the last token of an element that is left out, or stays whole
    for node in page.nodes:
        if node.first <= skipped_to or node.tag == "body":
            continue
        index, end = node.index, min(node.last, len(shown) - 1)
        has_text = weights.longest[index] >= TEXT_BYTES
        parent = node.parent.index if node.parent is not None else 0
        if node.tag in NO_ARTICLE or not (
            has_text or node.first <= whole_to or (weights.total[index] and parent in weights.beside)
        ):
            skipped_to = end
            leave_out(shown, node.first, end)
            continue
        if not has_text:
            whole_to = max(whole_to, end)
        if index in weights.running:
            if weights.running[index] and node.tag in RUNNING_TEXT:
                for at in range(node.first + 2, end, 2):
                    shown[at] = page.tokens[at].partition(" ")[0] not in INLINE
        elif node.tag in WRAPPERS and not tells(node.words):
            shown[node.first] = shown[end] = False
    unlink(page, shown)
    return written(page.tokens, shown)


def without_menus(page: Blocks) -> str:
    """The page's body, as HTML, without the elements that trafilatura leaves out in any case."""
    last_token = len(page.tokens) - 1
    shown = bytearray(b"\1" * len(page.tokens))
    for node in page.nodes:
        if node.tag in NO_ARTICLE:
            leave_out(shown, node.first, min(node.last, last_token))
    unlink(page, shown)
    return written(page.tokens, shown)


def weigh(page: Blocks) -> Weights:
    """What each element holds."""
    count = len(page.nodes) + 1
    weights = Weights([0] * count, [0] * count, 0, {}, set())
    for block in page.blocks:
        node, text = block.node, block.text
        index, chars = node.index, len(text)
        is_running = block.linked <= LINKED * chars
        weights.running[index] = weights.running.get(index, True) and is_running
        if block.linked >= chars:
            continue
        size = chars if text.isascii() else len(text.encode("utf-8", "replace"))
        free = size * (chars - block.linked) // chars
        weights.total[index] += free
        weights.longest[index] = max(weights.longest[index], free)
        if free >= TEXT_BYTES:
            weights.beside.add(index)
            if node.parent is not None:
                weights.beside.add(node.parent.index)
        if size >= LONG_BYTES and is_running:
            weights.long += size
    total, longest = weights.total, weights.longest
    for node in reversed(page.nodes):  # what is inside comes after
        index = node.index
        if total[index]:
            up = node.parent.index if node.parent is not None else 0
            total[up] += total[index]
            longest[up] = max(longest[up], longest[index])
    return weights


def leave_out(shown: bytearray, first: int, last: int) -> None:
    """Mark the tokens from the first to the last."""
    shown[first : last + 1] = bytes(last + 1 - first)


def unlink(page: Blocks, shown: bytearray) -> None:
    """Mark the links of elements that have too many in one block; their words stay."""
    crowded = {block.node.index: block.node for block in page.blocks if block.links > MAX_LINKS}
    for node in crowded.values():
        for at in range(node.first, min(node.last, len(shown)), 2):
            shown[at] &= page.tokens[at].partition(" ")[0] not in LINK


def written(tokens: list[str], shown: bytearray) -> str:
    """The tokens that are shown, as HTML."""
    parts = [
        (tag_of(tokens[at]) if len(tokens[at]) < MEMO_CHARS else write_tag(tokens[at])) if at % 2 else tokens[at]
        for at in compress(range(len(tokens)), shown)  # text stands between the tags
    ]
    return "".join(parts)


def write_tag(token: str) -> str:
    """A tag as HTML, with the attributes that tell something."""
    name, _, attributes = token.partition(" ")
    return f"<{' '.join((name, *MARKS.findall(attributes)))}>" if token else ""


tag_of = lru_cache(maxsize=4096)(write_tag)
