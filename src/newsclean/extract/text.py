"""Text that something else extracted, to a Draft: each line a block."""

from __future__ import annotations

from newsclean.errors import NoArticle, TooComplex
from newsclean.model import Block, Draft, Metadata

MAX_CHARS = 5_000_000


def read_text(text: str, *, url: str | None = None, title: str | None = None, language: str | None = None) -> Draft:
    """The draft of a text.

    Args:
        text: one paragraph a line; blank lines are of no account.
        url: where it came from; helps to find the headline.
        title: the headline, if it is known.
        language: BCP 47; without it the rules of all languages apply.

    Raises:
        NoArticle: reason `empty_page`.
        TooComplex: more text than can be read in bounded time.
    """
    if len(text) > MAX_CHARS:
        raise TooComplex(f"{len(text):,} characters; at most {MAX_CHARS:,} are read", url=url)
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if not any(map(str.isalnum, text)):
        raise NoArticle("no letter or digit" if text else "no text", reason="empty_page", url=url)
    blocks = tuple(Block(i, "paragraph", line) for i, line in enumerate(lines))
    return Draft(url, Metadata(title=title, language=language), blocks)
