"""What trafilatura is shown of a page: its time grows with the elements that it sees, and most hold no article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsclean.extract.blocks import Blocks

# Of those that trafilatura cleans away first.
NO_ARTICLE = frozenset("nav footer aside menu dialog label legend map datalist picture img source".split())
TEXT_BYTES = 25  # outside links, from which a block may be article text; a Chinese character has three
LONG_BYTES = 100  # of a paragraph that is no teaser
LINKED = 0.3  # share of link text that running text may have
MIN_LONG_BYTES = 1_000  # in all, below which each short line may be what the page is about
RUNNING_TEXT = frozenset({"p", "li", "blockquote", "h2", "h3", "td"})  # where a link among words tells nothing
INLINE = frozenset(f"{slash}{name}" for name in "a b strong i em".split() for slash in ("", "/"))
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
    out = bytearray(len(page.tokens))
    skipped_to = whole_to = -1  # the last token of an element that is left out, or stays whole
    for node in page.nodes:
        if node.first <= skipped_to or node.tag == "body":
            continue
        index, end = node.index, min(node.last, len(out) - 1)
        has_text = weights.longest[index] >= TEXT_BYTES
        parent = node.parent.index if node.parent is not None else 0
        if node.tag in NO_ARTICLE or not (
            has_text or node.first <= whole_to or (weights.total[index] and parent in weights.beside)
        ):
            skipped_to = end
            leave_out(out, node.first, end)
            continue
        if not has_text:
            whole_to = max(whole_to, end)
        if index in weights.running:
            if weights.running[index] and node.tag in RUNNING_TEXT:
                for at in range(node.first + 2, end, 2):
                    out[at] = page.tokens[at].partition(" ")[0] in INLINE
        elif node.tag in WRAPPERS and not tells(node.words):
            out[node.first] = out[end] = True
    return written(page.tokens, out)


def without_menus(page: Blocks) -> str:
    """The page's body, as HTML, without the elements that trafilatura leaves out in any case."""
    last_token = len(page.tokens) - 1
    out = bytearray(len(page.tokens))
    for node in page.nodes:
        if node.tag in NO_ARTICLE:
            leave_out(out, node.first, min(node.last, last_token))
    return written(page.tokens, out)


def weigh(page: Blocks) -> Weights:
    """What each element holds."""
    count = len(page.nodes) + 1
    weights = Weights([0] * count, [0] * count, 0, {}, set())
    for block in page.blocks:
        node, index, chars = block.node, block.node.index, len(block.text)
        is_running = block.linked <= LINKED * chars
        weights.running[index] = weights.running.get(index, True) and is_running
        if block.linked >= chars:
            continue
        size = len(block.text.encode("utf-8", "replace"))
        free = size * (chars - block.linked) // chars
        weights.total[index] += free
        weights.longest[index] = max(weights.longest[index], free)
        if free >= TEXT_BYTES:
            weights.beside.add(index)
            if node.parent is not None:
                weights.beside.add(node.parent.index)
        if size >= LONG_BYTES and is_running:
            weights.long += size
    for node in reversed(page.nodes):  # what is inside comes after
        index, up = node.index, node.parent.index if node.parent is not None else 0
        weights.total[up] += weights.total[index]
        weights.longest[up] = max(weights.longest[up], weights.longest[index])
    return weights


def leave_out(out: bytearray, first: int, last: int) -> None:
    """Mark the tokens from the first to the last."""
    out[first : last + 1] = b"\1" * (last + 1 - first)


def written(tokens: list[str], out: bytearray) -> str:
    """The tokens as HTML, but for those that are left out."""
    parts: list[str] = []
    for at, token in enumerate(tokens):
        if out[at] or not token:
            continue
        if at % 2 == 0:  # text stands between the tags
            parts.append(token)
        elif " " in token:
            name, _, attributes = token.partition(" ")
            parts.append(f"<{' '.join((name, *MARKS.findall(attributes)))}>")
        else:
            parts.append(f"<{token}>")
    return "".join(parts)
