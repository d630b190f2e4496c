"""The byline that stands somewhere in the page's text, in no element named for it, told by its by-word: "By …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from newsclean.bylines import is_byline, is_name, parse_byline
from newsclean.bylines.kinds import is_date_word
from newsclean.dates import parse_date
from newsclean.extract.document import Document
from newsclean.extract.metadata.people import (
    MAX_LINE,
    first_words,
    has_reporter,
    is_label,
    is_writer,
    opens_with_label,
    parse_nickname,
    says_writer,
)
from newsclean.extract.metadata.place import is_caption, is_elsewhere, is_teaser
from newsclean.extract.metadata.site import SiteNames
from newsclean.extract.metadata.text import BLOCKS, NOT_TEXT, node_lines, node_text, squash
from newsclean.model import Person

HEADINGS = frozenset({"h1", "h2", "h3"})
DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?:,? \d{1,2}[:.]\d\d(?: Uhr)?)?")
MAX_CLIMB = 4
MAX_LABEL_WORDS = 4
MARKS = " \u00a0-–—|·•"  # before a byline in a line of several things
DANGLING = re.compile(r"[\s,|–—-]{1,9}(?:in|on|am|at|le|el|om|il)?\s{0,9}$")  # a date or a topic follows in a link
WEAK = "dom label of a nickname or an editor"
MAX_TRIED = 200  # lines; a page of the labelled ones has 4 in the median
MAX_TRAVERSED = 20_000
NUL = "\0"  # in no page: parsers of HTML replace it


def read_labelled(document: Document, title: str | None, site: SiteNames) -> tuple[tuple[Person, ...], str] | None:
    """The people of the first line that is nothing but a byline with a label, after the title if that is a heading.

    If no line names a writer other than the site, those of the first that has one word after a label of several
    ("Posted by Ann"), or an editor; their source is WEAK.
    """
    body = document.tree.body
    if body is None:
        return None
    walk = Walk(body, squash(title or ""))
    before: tuple[Person, ...] = ()
    weak: tuple[Person, ...] = ()
    for index, line in islice(lines_like_bylines(body), MAX_TRIED):
        waits = before and not walk.after_title
        if not waits and people_of(line) == ():
            continue  # most: nobody has to go there
        node = walk.to(index)
        if node is None:
            break
        if before and not walk.after_title:
            continue
        said = tuple(p for p in read_label(node, line) if not site.is_site(p.name))
        people = said if any(map(is_writer, said)) else ()
        if people and walk.after_title:
            return people, "dom label"
        before = before or people
        weak = weak or tuple(p for p in said if p.role in {"author", "reporter", "editor"})
    if before:
        return before, "dom label before the title"
    return (weak, WEAK) if weak else None


class Walk:
    """A page's texts in document order, gone through only as far as they are asked for.

    Attributes:
        after_title: whether a heading with the title has been passed.
    """

    def __init__(self, body: LexborNode, title: str) -> None:
        self.nodes = islice(body.traverse(include_text=True, skip_empty=True), MAX_TRAVERSED)
        self.title = title
        self.passed = 0
        self.after_title = False

    def to(self, index: int) -> LexborNode | None:
        """Go on to the text of this index; None if it stands too far down."""
        for node in self.nodes:
            tag = node.tag
            if tag == "-text":
                self.passed += 1
                if self.passed > index:
                    return node
            elif tag in HEADINGS and self.title and not self.after_title:
                self.after_title = self.title in squash(node_text(node))
        return None


def lines_like_bylines(body: LexborNode) -> Iterator[tuple[int, str]]:
    """The texts that may be bylines, with their places among all that are not blank.

    They are looked through before there are nodes for them: the C library joins them in a tenth of the time.
    """
    known = first_words()
    texts = body.text(separator=NUL, skip_empty=True).split(NUL)
    for index, text in enumerate(texts[:MAX_TRAVERSED]):
        words = text.split(None, 1)
        if not words or (words[0].isalpha() and words[0].lower() not in known and text.isascii()):
            continue  # three of four
        if may_be_byline(line := text.strip()):
            yield index, line


def may_be_byline(text: str) -> bool:
    """Whether a text is short, and begins with a by-word or is a date with a name behind it."""
    if not 0 < len(text) <= MAX_LINE:
        return False
    return bool(dated_name(text)) if text[0].isdigit() else opens_with_label(text) or has_reporter(text)


def read_label(node: LexborNode, line: str) -> tuple[Person, ...]:
    """The people of the byline that a text is, or begins: its label may stand apart from the names."""
    parent = node.parent
    if parent is None or parent.tag in NOT_TEXT or is_elsewhere(parent, headed=True):
        return ()
    people = people_of(line)
    if people is None:
        line = with_names(parent, line)
        people = people_behind_label(line)
    elif line[0].isdigit():
        return people
    return () if people and (is_teaser(parent, len(trimmed(line))) or is_caption(parent)) else people


def people_of(line: str) -> tuple[Person, ...] | None:
    """The people of a line; None if it is no more than a label, so that the names stand apart."""
    if line[0].isdigit():
        return dated_name(line)
    if is_label(line) or (len(line.split()) < 3 and not is_byline(line)):
        return None
    return people_behind_label(line)


def people_behind_label(line: str) -> tuple[Person, ...]:
    """The people of a line that has its names."""
    line = trimmed(line)
    return parse_byline(line) if is_byline(line) else nickname_behind_label(line)


def trimmed(line: str) -> str:
    """The line without what stands before a byline and behind it."""
    return DANGLING.sub("", line.lstrip(MARKS))


def nickname_behind_label(text: str) -> tuple[Person, ...]:
    """The one person of one word behind a label of several, with which no sentence begins: "Posted by Ann"."""
    words = text.replace(":", ": ").split()
    label = next((n for n in range(1, min(len(words), MAX_LABEL_WORDS + 1)) if says_writer(" ".join(words[:n]))), 0)
    if not label or not (label > 1 or words[label - 1].endswith(":")):
        return ()
    named, *rest = words[label:]
    if all(is_date_word(word) for word in rest if word.isalnum() or word[0].isdigit()):
        return parse_nickname(named.strip(",|"))
    people = parse_byline(text)
    return people if len(people) == 1 and " " not in people[0].name else ()


def dated_name(text: str) -> tuple[Person, ...]:
    """The person of a line that is a date and a name: "16.09.2018 - Ann Bell"."""
    name = DATE.sub("", text).strip(" \u00a0,|–—-")
    return parse_byline(name) if " " in name and is_name(name) and parse_date(text) else ()


def with_names(node: LexborNode, label: str) -> str:
    """A label with the names behind it, in its block or in the one after."""
    at: LexborNode | None = node
    for _ in range(MAX_CLIMB):
        if at is None:
            break
        lines = node_lines(at) if at.tag in BLOCKS else []
        if len(lines) > 1:
            start = next((i for i, line in enumerate(lines) if line.startswith(label)), 0)
            return " ".join(lines[start : start + 2])
        if lines and lines[0] != label:
            return lines[0]
        at = at.parent
    return label
