"""A page to a Draft: gate, one parse, body, metadata."""

from __future__ import annotations

from newsclean.errors import NewscleanError, TooComplex
from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse
from newsclean.extract.fallback import find_article
from newsclean.extract.gate import Gated, flattened, gate
from newsclean.extract.metadata import read_metadata
from newsclean.extract.nesting import MAX_DEPTH
from newsclean.extract.seeds import seeded
from newsclean.extract.wall import refuse_wall
from newsclean.model import Draft


def read_page(html: bytes | str, url: str | None = None, *, encoding: str | None = None) -> Draft:
    """The draft of a page.

    Args:
        html: as fetched; text is taken as decoded.
        url: where it came from; makes relative links absolute, and helps metadata.
        encoding: the charset of the HTTP header, if there was one.

    Raises:
        NoArticle: the page has no article; its `reason` says what it has instead.
        TooComplex: the page can't be parsed in bounded time.
    """
    try:
        gated = gate(html, encoding)
        document = parse(gated.source, url)
        if document.is_deeper_than(MAX_DEPTH):
            gated = flattened(Gated((document.tree.html or "").encode(), gated.notes))  # with all end tags
            document = parse(gated.source, url)
            if document.is_deeper_than(2 * MAX_DEPTH):  # paragraphs and cells stay, however deep
                raise TooComplex(f"elements nested deeper than {2 * MAX_DEPTH}")
        metadata = read_metadata(document)  # before the tree is cut down to the body
        page = read_blocks(document.take_body_html())
        body = find_article(document, gated, page)
        refuse_wall(body.lines, document)
    except NewscleanError as error:
        error.url = error.url or url
        raise
    return Draft(url, metadata, seeded(page, body.lines), gated.notes + body.notes)
