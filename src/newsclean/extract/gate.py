"""What stands before every parser: hostile or broken HTML is repaired, or refused with a reason.

Bytes or text in, UTF-8 out that the parsers can read in bounded time. Each repair has a reproducer in
tests/extract/test_gate.py: without it trafilatura or selectolax loses the article or takes minutes. All but one page
in hundreds pass as they are, so each repair first asks, in bytes and as cheaply as can be, whether it is needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsclean.errors import NoArticle, TooComplex
from newsclean.extract.charset import to_utf8
from newsclean.extract.nesting import MAX_DEPTH, MAX_TAGS, cut_wide, flatten
from newsclean.extract.shadow import open_shadow_roots
from newsclean.sniff import is_feed, other

MAX_CHARS = 5_000_000  # libxml2 drops text nodes over 10 MB silently, and 5 MB take trafilatura 2 to 4 s of CPU
MANY_TAGS = 8_000  # fewer can't nest so deep that lexbor takes long
WIDE_ELEMENTS = 5_000  # so many short paragraphs take trafilatura's fallbacks 2.6 s of CPU; 1 page in 250 has more
MAX_OPTIONS = 2_000  # 20,000 in one list take lexbor and trafilatura 3.6 s of CPU; no page of the 2,003 has over 1,900
MAX_ATTRIBUTES = 2_000  # of one tag; lexbor's time grows with their square, 20,000 take all readers 2.5 s of CPU
MAX_JSON_LD_CHARS = 512_000

BINARY_SHARE = 0.05  # of control characters: random bytes have 0.11, text has none
CONTROLS = bytes({*range(32)} - {9, 10, 13})
BLANKED = bytes(32 if b in CONTROLS else b for b in range(256))
REFERENCE = re.compile(
    rb"&#(?:[xX](?=[0-9a-fA-F])0*+([0-9a-fA-F]{0,8})[0-9a-fA-F]*+|(?=[0-9])0*+([0-9]{0,8})[0-9]*+);?"
)
# Those that may be of no character, or of one that no text may hold. Few pages have any; two thirds of the time.
ODD_REFERENCE = re.compile(
    rb"&#(?:(?=[0-9])0*+(?:[0-8]?|1[124-9]|2[0-9]|3[01]|[0-9]{5,})(?![0-9])"
    rb"|[xX](?=[0-9a-fA-F])0*+(?:[0-8bcefBCEF]?|1[0-9a-fA-F]|[dfDF][0-9a-fA-F]{3}|[0-9a-fA-F]{6,})(?![0-9a-fA-F]))"
)
OPTION = re.compile(rb"</?option\b[^<>]{0,1000}>", re.IGNORECASE)
LONG_TAG_BYTES = 4_000  # a tag with too many attributes has at least twice as many
TAG_NAME = re.compile(rb"<[a-zA-Z][a-zA-Z0-9:-]{0,30}+")
QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")
DATA_URL = re.compile(rb"data:[a-z0-9.+/-]{3,80};base64,[A-Za-z0-9+/=]{1000,}")


@dataclass(frozen=True, slots=True)
class Gated:
    """A page that the parsers can read.

    Attributes:
        source: repaired, in UTF-8.
        notes: what was left out or changed that a reader should know.
    """

    source: bytes
    notes: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The page as text."""
        return self.source.decode()

    @property
    def wide(self) -> bool:
        """Whether it has so many elements that trafilatura's fallbacks would take too long."""
        return count_tags(self.source) - self.source.count(b"</") > WIDE_ELEMENTS


def gate(html: bytes | str, encoding: str | None = None) -> Gated:
    """Make a page safe to parse.

    Args:
        html: as fetched.
        encoding: the charset of the HTTP header, if there was one; not used for str.

    Raises:
        NoArticle: `empty_page`, `not_html` for images, PDFs, other binary files and feeds, `bad_encoding`.
        TooComplex: more text than can be read in bounded time.
    """
    source = to_utf8(refuse_binary(html), encoding) if isinstance(html, bytes) else html.encode("utf-8", "replace")
    if not source or source.isspace():
        raise NoArticle("nothing but white space" if source else "0 bytes", reason="empty_page")
    if is_feed(source):
        raise NoArticle("a feed or a sitemap", reason="not_html")
    clean = open_shadow_roots(clean_characters(source))
    source = drop_large_json_ld(clean)
    notes: tuple[str, ...] = (
        () if source is clean else (f"JSON-LD of more than {MAX_JSON_LD_CHARS:,} characters left out",)
    )
    source = drop_attributes(source)
    if is_long(source):
        source = DATA_URL.sub(b"", drop_elements(drop_elements(source, b"script"), b"style"))
        notes += ("scripts, styles and embedded files left out: the page is very large",)
        if is_long(source):
            raise TooComplex(f"{len(source.decode()):,} characters; at most {MAX_CHARS:,} are read")
    tags = count_tags(source)
    if tags > MAX_OPTIONS and source.count(b"<option") > MAX_OPTIONS:
        source = OPTION.sub(b" ", source)
        tags = count_tags(source)
    if tags > MAX_TAGS:
        source = drop_elements(source, b"svg")
    return flattened(Gated(source, notes)) if tags > MANY_TAGS else Gated(source, notes)


def flattened(gated: Gated) -> Gated:
    """The page with what nests too deeply, or is too much, brought under the limits, and a note of it."""
    html, notes = gated.html, gated.notes
    flat = flatten(html)
    if flat is not html:
        notes += (f"elements nested deeper than {MAX_DEPTH} were flattened",)
    narrow = cut_wide(flat)
    if narrow is not flat:
        notes += (f"only the first {MAX_TAGS:,} tags of the page were read",)
    return Gated(narrow.encode(), notes) if narrow is not html else gated


def is_long(html: bytes) -> bool:
    """Whether the page has more characters than are read."""
    return len(html) > MAX_CHARS and len(html.decode()) > MAX_CHARS


def count_tags(html: bytes) -> int:
    """How many "<" the page has; bytes.count takes three times as long."""
    return len(html) - len(html.replace(b"<", b""))


def refuse_binary(html: bytes) -> bytes:
    """The same bytes, if they can be a page.

    Raises:
        NoArticle: reason `not_html`.
    """
    if what := other(html[:64].lstrip()):
        raise NoArticle(what, reason="not_html")
    head = html[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is half NULs
    if not wide and len(head) - len(head.translate(None, CONTROLS)) > BINARY_SHARE * len(head):
        raise NoArticle("binary data", reason="not_html")
    return html


def clean_characters(html: bytes) -> bytes:
    """Without control characters and references to such or to surrogates: one of them costs the whole article."""
    if len(html.translate(None, CONTROLS)) != len(html):  # ten times as fast as searching with a pattern
        html = html.translate(BLANKED)
    return REFERENCE.sub(safe_reference, html) if ODD_REFERENCE.search(html) else html


def safe_reference(match: re.Match[bytes]) -> bytes:
    """The character reference as it stands, or a space if no text may hold its character."""
    code = int(match[2] or b"0") if match[1] is None else int(match[1] or b"0", 16)  # no character has so many digits
    bad = (code < 32 and code not in {9, 10, 13}) or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}
    return b" " if bad or code > 0x10FFFF else match[0]


def drop_large_json_ld(html: bytes) -> bytes:
    """Without JSON-LD blocks too large to be read; whether the others are JSON is for their reader to find."""
    kept: list[bytes] = []
    start = 0
    closing = closing_of(b"script")
    at = html.find(b"ld+json") if len(html) > MAX_JSON_LD_CHARS else -1
    while at >= 0:
        close = closing.search(html, at)
        end = close.start() if close else len(html)
        tag = html.rfind(b"<", max(at - 200, start), at)
        too_large = end - at > MAX_JSON_LD_CHARS and len(html[at:end].decode()) > MAX_JSON_LD_CHARS
        if too_large and html[tag : tag + 7].lower() == b"<script":
            opening = html.find(b">", at, end)
            kept.append(html[start : (opening if opening >= 0 else at) + 1])
            start = end
        at = html.find(b"ld+json", end)
    return b"".join((*kept, html[start:])) if kept else html


def drop_attributes(html: bytes) -> bytes:
    """Without the attributes of tags that have too many.

    From where the last tag began or ended it looks 4,000 bytes ahead, and back from there for a sign of the next; only
    where there is none can a tag be so long. Asking a pattern takes twenty times as long.
    """
    kept: list[bytes] = []
    start = 0
    at = html.find(b"<") + 1
    while at:
        last = max(html.rfind(b"<", at, at + LONG_TAG_BYTES), html.rfind(b">", at, at + LONG_TAG_BYTES))
        if last >= 0:
            at = last + 1
            continue
        tag = TAG_NAME.match(html, at - 1)
        following = html.find(b"<", at)
        if tag:
            attributes = html[tag.end() : following if following >= 0 else len(html)].partition(b">")[0]
            if has_too_many(attributes):
                kept.append(html[start : tag.end()])
                start = tag.end() + len(attributes)
        at = following + 1
    return b"".join((*kept, html[start:])) if kept else html


def has_too_many(attributes: bytes) -> bool:
    """Whether a tag has more attributes than are read; most long tags hold data in one, with hardly a space."""
    words = attributes.split(None, MAX_ATTRIBUTES)
    return len(words) > MAX_ATTRIBUTES and len(QUOTED.sub(b"", attributes).split()) > MAX_ATTRIBUTES


def drop_elements(html: bytes, tag: bytes) -> bytes:
    """Without the elements of one kind, such as scripts; JSON-LD stays."""
    opening = re.compile(b"<" + tag, re.IGNORECASE)
    closing = closing_of(tag)
    kept: list[bytes] = []
    start = 0
    at = opening.search(html)
    while at:
        close = closing.search(html, at.end())
        end = close.start() if close else len(html)
        if b"ld+json" not in html[at.start() : at.start() + 200]:
            kept.append(html[start : at.start()])
            start = end
        at = opening.search(html, end)
    return b"".join((*kept, html[start:]))


def closing_of(tag: bytes) -> re.Pattern[bytes]:
    """What ends an element whose content is no markup."""
    return re.compile(b"</" + tag, re.IGNORECASE)
