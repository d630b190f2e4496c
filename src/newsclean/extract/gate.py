"""What stands before every parser: hostile or broken HTML is repaired, or refused with a reason.

Bytes or text in, text out that the parsers can read in bounded time. Each repair has a reproducer in
tests/extract/test_gate.py: without it trafilatura or selectolax loses the article or takes minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsclean.errors import NoArticle, TooComplex
from newsclean.extract.charset import decode
from newsclean.extract.nesting import MAX_DEPTH, MAX_TAGS, RAW_END, cut_wide, flatten

MAX_CHARS = 5_000_000  # libxml2 drops text nodes over 10 MB silently, and 5 MB take trafilatura 2 to 4 s of CPU
MANY_TAGS = 8_000  # fewer can't nest so deep that lexbor takes long
WIDE_ELEMENTS = 5_000  # so many short paragraphs take trafilatura's fallbacks 2.6 s of CPU; 1 page in 250 has more
MAX_OPTIONS = 2_000  # 20,000 in one list take lexbor and trafilatura 3.6 s of CPU; no page of the 2,003 has over 1,900
MAX_ATTRIBUTES = 2_000  # of one tag; lexbor's time grows with their square, 20,000 take all readers 2.5 s of CPU
MAX_JSON_LD_CHARS = 512_000

MAGIC = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an office file",
    b"\x1f\x8b": "a gzip file",
}
BINARY_SHARE = 0.05  # of control characters: random bytes have 0.11, text has none
CONTROLS = bytes({*range(32)} - {9, 10, 13})
BLANKED = bytes(32 if b in CONTROLS else b for b in range(256))
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));?")
OPTION = re.compile(r"</?option\b[^<>]{0,1000}>", re.IGNORECASE)
LONG_TAG_CHARS = 4_000  # a tag with too many attributes has at least twice as many characters
LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9:-]{{0,30}}+)[^<>]{{{LONG_TAG_CHARS},}}+")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
DATA_URL = re.compile(r"data:[a-z0-9.+/-]{3,80};base64,[A-Za-z0-9+/=]{1000,}")
DRAWING_END = re.compile("</svg", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gated:
    """A page that the parsers can read.

    Attributes:
        html: repaired.
        wide: it has so many elements that slow fallbacks must be left out.
        notes: what was left out or changed that a reader should know.
    """

    html: str
    wide: bool = False
    notes: tuple[str, ...] = ()


def gate(html: bytes | str, encoding: str | None = None) -> Gated:
    """Make a page safe to parse.

    Args:
        html: as fetched.
        encoding: the charset of the HTTP header, if there was one; not used for str.

    Raises:
        NoArticle: `empty_page`, `not_html` for images, PDFs and other binary files, `bad_encoding`.
        TooComplex: more text than can be read in bounded time.
    """
    text = decode(refuse_binary(html), encoding) if isinstance(html, bytes) else without_surrogates(html)
    if not text or text.isspace():
        raise NoArticle("nothing but white space" if text else "0 bytes", reason="empty_page")
    text = drop_options(drop_bad_json_ld(clean_characters(text)))
    if any([LONG_TAG.search(part) for part in text.split(">") if len(part) > LONG_TAG_CHARS]):  # noqa: C419 - faster
        text = LONG_TAG.sub(drop_attributes, text)
    notes: list[str] = []
    if len(text) > MAX_CHARS:
        text = drop_elements(drop_elements(text, "script", RAW_END["script"]), "style", RAW_END["style"])
        text = DATA_URL.sub("", text)
        notes.append("scripts, styles and embedded files left out: the page is very large")
    if len(text) > MAX_CHARS:
        raise TooComplex(f"{len(text):,} characters; at most {MAX_CHARS:,} are read")
    tags = text.count("<")
    if tags <= MANY_TAGS:
        return Gated(text, tags > WIDE_ELEMENTS and is_wide(text), tuple(notes))
    if tags > MAX_TAGS:
        text = drop_elements(text, "svg", DRAWING_END)
    return flattened(Gated(text, notes=tuple(notes)))


def flattened(gated: Gated) -> Gated:
    """The page with what nests too deeply, or is too much, brought under the limits, and a note of it."""
    notes = list(gated.notes)
    flat = flatten(gated.html)
    if flat is not gated.html:
        notes.append(f"elements nested deeper than {MAX_DEPTH} were flattened")
    narrow = cut_wide(flat)
    if narrow is not flat:
        notes.append(f"only the first {MAX_TAGS:,} tags of the page were read")
    return Gated(narrow, is_wide(narrow), tuple(notes))


def is_wide(html: str) -> bool:
    """Whether the page has so many elements that trafilatura's fallbacks would take too long."""
    return html.count("<") - html.count("</") > WIDE_ELEMENTS


def refuse_binary(html: bytes) -> bytes:
    """The same bytes, if they can be a page.

    Raises:
        NoArticle: reason `not_html`.
    """
    start = html[:64].lstrip()
    for magic, what in MAGIC.items():
        if start.startswith(magic):
            raise NoArticle(what, reason="not_html")
    head = html[:4096]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 is half NULs
    if not wide and len(head) - len(head.translate(None, CONTROLS)) > BINARY_SHARE * len(head):
        raise NoArticle("binary data", reason="not_html")
    return html


def clean_characters(html: str) -> str:
    """Without control characters and references to such or to surrogates: one of them costs the whole article."""
    raw = html.encode()
    if len(raw.translate(None, CONTROLS)) != len(raw):  # ten times as fast as searching with a pattern
        html = raw.translate(BLANKED).decode()
    return REFERENCE.sub(safe_reference, html) if "&#" in html else html


def without_surrogates(html: str) -> str:
    """The text with a question mark for each lone surrogate, of which decoded bytes have none."""
    return html if html.isascii() else html.encode("utf-8", "replace").decode()


def safe_reference(match: re.Match[str]) -> str:
    """The character reference as it stands, or a space if no text may hold its character."""
    code = int(match[1], 16) if match[1] else int(match[2])
    bad = (code < 32 and code not in {9, 10, 13}) or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}
    return " " if bad or code > 0x10FFFF else match[0]


def drop_options(html: str) -> str:
    """Without the tags of options, if these are very many: a list to choose from holds no article."""
    return OPTION.sub(" ", html) if html.count("<option") > MAX_OPTIONS else html


def drop_bad_json_ld(html: str) -> str:
    """Without JSON-LD blocks too large to be read; whether the others are JSON is for their reader to find."""
    at = html.find("ld+json")
    kept: list[str] = []
    start = 0
    while at >= 0:
        close = RAW_END["script"].search(html, at)
        end = close.start() if close else len(html)
        tag = html.rfind("<", max(at - 200, start), at)
        if end - at > MAX_JSON_LD_CHARS and html[tag : tag + 7].lower() == "<script":
            opening = html.find(">", at, end)
            kept.append(html[start : (opening if opening >= 0 else at) + 1])
            start = end
        at = html.find("ld+json", end)
    return "".join((*kept, html[start:])) if kept else html


def drop_attributes(match: re.Match[str]) -> str:
    """The long tag as it stands, or without its attributes if they are too many."""
    return f"<{match[1]}" if len(QUOTED.sub("", match[0]).split()) > MAX_ATTRIBUTES else match[0]


def drop_elements(html: str, tag: str, closing: re.Pattern[str]) -> str:
    """Without the elements of one kind, such as scripts; JSON-LD stays."""
    opening = re.compile(f"<{tag}", re.IGNORECASE)
    kept: list[str] = []
    start = 0
    at = opening.search(html)
    while at:
        close = closing.search(html, at.end())
        end = close.start() if close else len(html)
        if "ld+json" not in html[at.start() : at.start() + 200]:
            kept.append(html[start : at.start()])
            start = end
        at = opening.search(html, end)
    return "".join((*kept, html[start:]))
