"""The headline: it belongs in the title, and goes wherever it is repeated in the text, with what stands above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import dropwhile

from newsclean.clean.options import Options
from newsclean.clean.shape import WORD, body_start, is_prose, word_count
from newsclean.letters import FULL_STOPS, squash
from newsclean.model import Block, Change, Draft, FieldChange
from newsclean.rules import Rules

MAX_TITLE_CHARS = 250
TOP_BLOCKS = 8  # a headline stands in the first lines or is not found by position
MIN_SLUG_WORDS = 3
MIN_SLUG_SHARE = 0.6  # of the words in the URL that the headline must have, and the reverse
MAX_LABEL_CHARS = 90
ECHO_BLOCKS = 2  # the last ones
MIN_PROSE_ABOVE_ECHO = 2
MIN_LABELS = 3  # in a row: "Home | News | Sport"
MAX_LABEL_WORDS = 3  # "Arts and Culture"
LABEL_SEPARATOR = re.compile(r" ?[|»>›•] ?| [·/] ")
SEPARATOR = re.compile(r" ?[|»›>·•] ?| [-–—:] |: ")
FINAL = (*".!?…,;:。”؟", '"', *FULL_STOPS)


def drop_headlines(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Drop the title where it is repeated above or below the text or as a heading, and the page's header above it.

    Where no title is known it is found in the text.
    """
    del options
    title, reason = draft.metadata.title, "repeats the title"
    if not title:
        lines = tuple(b for b in draft.blocks if not is_boilerplate(b.text, rules))
        title, reason = find_title(lines, draft.url)
        if title:
            yield FieldChange("headline", "title", draft.metadata.title, title, reason)
    top = top_headlines(draft.blocks, title)
    above = draft.blocks[: min(top, default=0)]
    header = above and is_header(above)
    for i, block in enumerate(draft.blocks):
        stands_out = i in top or block.kind == "heading"
        looked_at = stands_out or i >= len(draft.blocks) - ECHO_BLOCKS
        if title and looked_at and says_title(block.text, title) and (stands_out or has_text_above(draft.blocks)):
            yield Change("headline", block.index, block.text, None, reason)
        elif i in top:
            yield Change("headline", block.index, block.text, None, "the page's first-level heading, above the text")
        elif header and i < len(above):
            yield Change(
                "above-headline", block.index, block.text, None, "a line above the headline: the page's header"
            )


def is_boilerplate(line: str, rules: Rules) -> bool:
    """Whether a phrase names the line: "Print this page" stands twice as well, and is no headline."""
    return any(rules.match(scope, line) for scope in ("line", "section", "edge"))


def top_headlines(blocks: tuple[Block, ...], title: str | None) -> set[int]:
    """Positions of the lines near the top that are the headline: side by side, or with labels between them."""
    found: set[int] = set()
    start = body_start(blocks)
    for i, block in enumerate(blocks[: min(start, TOP_BLOCKS) + 2]):
        if (block.context.tag == "h1" and i < start) or (title and says_title(block.text, title)):
            found.add(i)
        elif found and (len(block.text) > MAX_LABEL_CHARS or block.text.endswith(FINAL)):
            break
    return found


def is_header(blocks: tuple[Block, ...]) -> bool:
    """Whether the lines above a headline are labels of the page: short, and no sentences."""
    return all(len(b.text) <= MAX_LABEL_CHARS and not b.text.endswith(FINAL) for b in blocks)


def has_text_above(blocks: tuple[Block, ...]) -> bool:
    """Whether there is so much text that a headline in its last lines is an echo, and no refrain or answer."""
    return sum(is_prose(b.text) for b in blocks) >= MIN_PROSE_ABOVE_ECHO


def says_title(line: str, title: str) -> bool:
    """Whether a line is the title: whole, or with a breadcrumb, kicker or site name beside it.

    >>> says_title("Main » Ferries return at last", "Ferries return at last")
    True
    >>> says_title("Ferries return at last, and the island breathes again.", "Ferries return at last")
    False
    """
    if len(line) > MAX_TITLE_CHARS + 60:
        return False
    wanted = squash(title)
    if not wanted:
        return False
    said = squash(line)
    if said == wanted:
        return True
    # looked for first: to cut and squash each line at each sign took half of this cleaner's time
    beside = len(wanted) >= 12 and (said.startswith(wanted) or said.endswith(wanted))
    return beside and any(
        wanted in (squash(line[: at.start()]), squash(line[at.end() :])) for at in SEPARATOR.finditer(line)
    )


def find_title(blocks: tuple[Block, ...], url: str | None) -> tuple[str | None, str]:
    """The headline of a text that came without one, and why it is thought so; (None, "") if no line is.

    In this order: a short line near the top that stands there again, or at the end, or behind a breadcrumb; one that
    has the words of the URL; the very first line below a menu, if it is no sentence and running text follows.
    """
    top = [b for b in blocks[:TOP_BLOCKS] if len(b.text) <= MAX_TITLE_CHARS]
    counts = Counter(squash(b.text) for b in blocks)
    candidates = [b.text for b in top if may_be_headline(b.text)]
    for line in candidates:
        others = [b.text for b in top if squash(b.text) != squash(line)]
        if counts[squash(line)] > 1 or any(says_title(other, line) for other in others):
            return line, "stands more than once: the headline"
    slug = slug_words(url)
    for line in candidates:
        if matches_slug(line, slug):
            return line, "has the words of the URL: the headline"
    below_menu = tuple(dropwhile(lambda b: is_row_of_labels(b.text), blocks))
    if candidates and candidates[0] == below_menu[0].text and stands_as_headline(below_menu):
        return candidates[0], "the first line, and no sentence: the headline"
    return None, ""


def may_be_headline(line: str) -> bool:
    """Whether a line has the words of a headline, and is neither running text nor a menu."""
    enough = len(WORD.findall(line)) >= 3 and len(squash(line)) >= 12
    return enough and not is_prose(line) and not is_row_of_labels(line)


def is_row_of_labels(line: str) -> bool:
    """Whether a line is a menu or a breadcrumb: three labels or more, with signs between them.

    >>> is_row_of_labels("Home > News > Transport"), is_row_of_labels("Ferries return at last | News | Harbour Post")
    (True, False)
    """
    labels = [label for label in LABEL_SEPARATOR.split(line) if label]
    return len(labels) >= MIN_LABELS and all(word_count(label) <= MAX_LABEL_WORDS for label in labels)


def stands_as_headline(blocks: tuple[Block, ...]) -> bool:
    """Whether the first line is no sentence and running text follows."""
    first = blocks[0].text
    prose = sum(is_prose(b.text) for b in blocks[1:])
    return len(first) <= 150 and len(first.split()) >= 4 and not first.endswith(FINAL) and prose >= 1


def slug_words(url: str | None) -> frozenset[str]:
    """The words of the longest part of a URL's path; empty if it is no phrase."""
    parts = [p for p in re.split(r"[/?#]", (url or "").lower())[3:] if p]
    words = re.findall(r"[^\W\d_]{2,}", max(parts, key=len, default=""))
    return frozenset(words) if len(words) >= MIN_SLUG_WORDS else frozenset()


def matches_slug(line: str, slug: frozenset[str]) -> bool:
    """Whether a line has most of the words of the URL, and few others."""
    words = {w for w in re.findall(r"[^\W\d_]{2,}", line.lower()) if len(w) > 2}
    shared = len(words & slug)
    long_slug = sum(len(w) > 2 for w in slug)
    return shared >= MIN_SLUG_WORDS and shared >= MIN_SLUG_SHARE * long_slug and shared >= MIN_SLUG_SHARE * len(words)
