"""Where a page's article is, from the likeliest place to the last resort; each step but the first leaves a note.

1. what trafilatura takes from the page's body;
2. what its fallbacks take, where that is little, or little beside the page's long paragraphs; where the page has hardly
   more running text, what it takes of the whole page;
3. the articleBody of JSON-LD, where the page's blocks don't have it;
4. the data in the page's scripts, where nothing else gave an article;
5. what trafilatura finds in elements that hold no article as a rule, such as <noscript> and <footer>;
6. the page's long paragraphs; if there are none, those of an element that is named like comments.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsclean.extract.below_headline import below_headline
from newsclean.extract.blocks import Blocks, RawBlock, read_blocks
from newsclean.extract.body import find_body, find_in_source
from newsclean.extract.document import Document, parse
from newsclean.extract.gate import Gated, gate
from newsclean.extract.metadata.jsonld_blocks import MAX_BLOCK_CHARS, parse_block
from newsclean.extract.metadata.jsonld_nodes import walk
from newsclean.extract.nesting import flatten
from newsclean.extract.paragraphs import (
    LONG_CHARS,
    LONG_LINKED,
    long_paragraphs,
    paragraphs_named_comments,
    with_ancestors,
)
from newsclean.extract.reduced import reduced, without_menus
from newsclean.extract.seeds import KINDS, PROBE_CHARS, Line, without_spaces
from newsclean.extract.state import read_state
from newsclean.model import Kind

# Below it trafilatura's fallbacks run. On dev pages segment F1 is .9428 with 400, .9455 with 600, .9469 with 800, and
# the F1 of news bodies stays the same; the more of them run, the slower.
ENOUGH_CHARS = 600
GOOD_CHARS = 3_000  # so much is an article, however long its comments are
# Of the characters in the page's long paragraphs. Of 12 labelled pages below it that the fallbacks change, final F1
# rises on 9 and falls on 1; of 9 between .2 and .35 it rises on 1 and falls on 6.
POOR_SHARE = 0.2
# So many times the running text that was found must a page have for the fallbacks: of 97 labelled pages with little
# text they find the same on the 31 below it as the extractor itself does, in .02 to .2 s of CPU.
MORE_TEXT = 2
RUNNING_CHARS = 60  # of a line of running text
RUNNING_BYTES = 60  # of a block of it, with few links; half as many Chinese characters say as much
SAME_SHARE = 0.1  # of its characters, by which a text may differ and be the same text
LITTLE_CHARS = 250  # less is no article if the page's scripts hold one
MIN_TIMES = 2  # as long as what was found must a text be that the page doesn't show: summaries are shorter
PROBES = 8
MAX_PROBES_SHOWN = 2  # of them in the page's blocks: its teaser
MIN_BEGINNING = 40  # characters of a text's beginning, without spaces
MORE_THAN_SHOWN = 1.3  # so many times as long as its beginning is a text
MAX_OFFERS = 1  # long paragraphs behind it, that ask for a subscription
CUT = ".…[]()"  # what may stand where a text is cut off
PLACEHOLDER = re.compile(r"[$#%{\[]{2}[\w .:-]{1,60}[$#%}\]]{2}")  # where a browser puts an advertisement: $$AD_1$$
MAX_TAG_CHARS = 2_000
MARKUP = re.compile(rf"</?[a-zA-Z][^<>]{{0,{MAX_TAG_CHARS}}}>")


@dataclass(frozen=True, slots=True)
class Body:
    """The article's lines in order, and how they were found if not at once."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def find_article(document: Document, gated: Gated, page: Blocks) -> Body:
    """The lines of the article.

    Args:
        document: the parsed page.
        gated: the page's source.
        page: its body in its parts.
    """
    raw = page.blocks
    shown = reduced(page)
    lines = find_body(shown)
    notes: tuple[str, ...] = ()
    if chars(lines) < GOOD_CHARS and (told := lines_of(raw, below_headline(raw, lines))):
        lines, notes = told, ("teasers were found at first: the text below the headline was taken",)
    elif is_poor(lines, raw) and not gated.wide:
        more, how = look_again(page, shown, lines)
        if abs(chars(more) - chars(lines)) > SAME_SHARE * chars(lines):
            notes = (f"little text was found at first: {how}",)
        lines = more
    if b"articleBody" in gated.source and (told := linked_article(document, lines, raw)):
        return Body(told, ("body taken from JSON-LD articleBody: the page does not show it",))
    if chars(lines) >= LITTLE_CHARS:
        return Body(lines, notes)
    told = read_lines(read_state(document))
    if chars(told) > MIN_TIMES * chars(lines) and is_unseen(told, raw):
        return Body(told, ("body taken from data in the page's scripts: the page does not show it",))
    if not lines:
        told = find_in_source(gated.html, may_retry=not gated.wide)
        if chars(told) >= LITTLE_CHARS:  # less is what browsers without scripts are asked to do
            return Body(told, ("body taken from elements that hold no article as a rule, such as <noscript>",))
    long = long_lines(raw)
    if not long and chars(lines) < LONG_CHARS:
        long = lines_of(raw, paragraphs_named_comments(raw))
    if chars(long) > max(MIN_TIMES * chars(lines), ENOUGH_CHARS):
        return Body(long, ("body taken from the page's long paragraphs: nothing marks an article",))
    return Body(lines, notes)


def chars(lines: Iterable[Line]) -> int:
    """Characters of the lines' texts."""
    return sum(len(line.text) for line in lines)


def is_poor(lines: tuple[Line, ...], raw: list[RawBlock]) -> bool:
    """Whether the lines are little, or little beside the page's long paragraphs."""
    found = chars(lines)
    return found < ENOUGH_CHARS or (found < GOOD_CHARS and found < POOR_SHARE * chars(long_lines(raw)))


def look_again(page: Blocks, shown: str, lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], str]:
    """What is found in a second try, at least what was found in the first; and what that was, for a note."""
    whole = without_menus(page)
    if running_chars(page.blocks) > MORE_TEXT * chars(lines):
        return find_body(whole, thorough=True) or lines, "the body extractor's fallbacks were used"
    again = find_body(whole) if whole != shown else lines
    return again or lines, "the body extractor was shown the whole page"


def running_chars(raw: list[RawBlock]) -> int:
    """Characters of the page's running text."""
    sizes = [(len(b.text), b.linked) for b in raw if len(b.text.encode("utf-8", "replace")) >= RUNNING_BYTES]
    return sum([size for size, linked in sizes if linked <= LONG_LINKED * size])


def long_lines(raw: list[RawBlock]) -> tuple[Line, ...]:
    """The page's long paragraphs."""
    return lines_of(raw, long_paragraphs(raw))


def lines_of(raw: list[RawBlock], at: Iterable[int]) -> tuple[Line, ...]:
    """The blocks at these positions as lines."""
    return tuple(Line(kind_of(raw[i]), raw[i].text) for i in at)


def linked_article(document: Document, lines: tuple[Line, ...], raw: list[RawBlock]) -> tuple[Line, ...]:
    """The article in the page's JSON-LD; nothing if the page shows more than its beginning."""
    found = chars(lines)
    least = MIN_TIMES * found
    for body in linked_bodies(document, least if found >= GOOD_CHARS else 0):
        if len(body) <= least and (found >= GOOD_CHARS or is_end_shown(body, raw)):
            continue
        told = read_lines([body])
        if (chars(told) > least and is_unseen(told, raw)) or goes_on(told, lines, raw):
            return told
    return ()


def linked_bodies(document: Document, more_than: int) -> Iterator[str]:
    """The longest articleBody of the page's JSON-LD, of blocks with more characters than that."""
    texts = document.linked_data
    blocks = [parse_block(t) for t in texts if "articleBody" in t and more_than < len(t) <= MAX_BLOCK_CHARS]
    bodies = [body for node in walk(blocks, None) if isinstance(body := node.get("articleBody"), str)]
    if bodies:
        yield max(bodies, key=len)


def read_lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """The lines of texts that may be HTML, or HTML with its tags escaped, or plain."""
    page = "<p>".join(map(to_html, texts))
    if not page.strip():
        return ()
    document = parse(flatten(gate(page).html))
    blocks = read_blocks(document.take_body_html()).blocks
    return tuple(Line(kind_of(b), b.text) for b in blocks if not PLACEHOLDER.fullmatch(b.text))


def kind_of(block: RawBlock) -> Kind:
    """What the block is, by its element and, for a caption, by the classes of those around it."""
    if any("caption" in node.words for node in with_ancestors(block.node)):
        return "caption"
    is_quoted = any(node.tag == "blockquote" for node in with_ancestors(block.node))
    return "quote" if is_quoted else KINDS.get(block.node.tag, "paragraph")


def to_html(text: str) -> str:
    """The text with tags: its own, or one for each line."""
    if "<" not in text and "&lt;" in text:
        text = html.unescape(text)
    return text if MARKUP.search(text) else "<p>".join(text.splitlines())


def is_end_shown(text: str, raw: list[RawBlock]) -> bool:
    """Whether a block of the page has the text's last words; asked first, as nearly all pages that have a text do."""
    end = MARKUP.sub("", text[-2 * MAX_TAG_CHARS :]).rstrip()[-PROBE_CHARS:]
    return any(end in block.text for block in raw)


def is_unseen(lines: tuple[Line, ...], raw: list[RawBlock]) -> bool:
    """Whether the page's blocks lack the text, but for its beginning."""
    return shown_probes(squashed(lines), raw) <= MAX_PROBES_SHOWN


def goes_on(told: tuple[Line, ...], lines: tuple[Line, ...], raw: list[RawBlock]) -> bool:
    """Whether the lines that the page shows are the beginning of the text, and nothing of its rest is shown."""
    text = squashed(told)
    end = beginning(text, lines)
    running = sum([len(line.text) for line in lines if len(line.text) >= RUNNING_CHARS])
    return 0 < MORE_THAN_SHOWN * end <= len(text) and running <= chars(told) and not shown_probes(text[end:], raw)


def beginning(text: str, lines: tuple[Line, ...]) -> int:
    """How much of a text without spaces the lines begin with; 0 if they hold paragraphs of another article as well."""
    end = others = 0
    for line in lines:
        start = without_spaces(line.text)
        start = start if text.startswith(start, end) else start.rstrip(CUT)
        if text.startswith(start, end) and (end or len(start) >= MIN_BEGINNING):
            end += len(start)
        elif len(line.text) >= LONG_CHARS:
            others += 1
            if not end or others > MAX_OFFERS:
                return 0
    return end


def squashed(lines: Iterable[Line]) -> str:
    """All text of the lines, without spaces."""
    return without_spaces("".join(line.text for line in lines))


def shown_probes(text: str, raw: list[RawBlock]) -> int:
    """How many of the pieces taken from a text without spaces the page's blocks have."""
    shown = without_spaces("".join(block.text for block in raw))
    step = max(len(text) // PROBES, 1)
    starts = range(0, max(len(text) - PROBE_CHARS, 0) + 1, step)
    probes = [text[at : at + PROBE_CHARS] for at in starts[:PROBES]]
    return sum(probe in shown for probe in probes)
