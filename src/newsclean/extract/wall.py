"""Pages without an article: which they are, said with a reason."""

from __future__ import annotations

from textwrap import shorten

from newsclean.errors import NoArticle
from newsclean.extract.document import Document
from newsclean.extract.seeds import Line
from newsclean.rules.walls import wall_of

MIN_BODY_CHARS = 40  # the shortest body of 2,003 labelled pages has 56
MAX_WALL_WORDS = 250  # an article longer than this may well speak of cookies


def beginning(text: str) -> str:
    """The first words of a text, for a message."""
    return shorten(text, 80, placeholder=" …")


def refuse_wall(body: tuple[Line, ...], document: Document) -> None:
    """Let a page with an article pass.

    Raises:
        NoArticle: `consent_wall` or `bot_wall` if what little text there is says so; `empty_page` if there is none;
            else `no_body` if there is no body.
    """
    words = sum(len(b.text.split()) for b in body)
    if words > MAX_WALL_WORDS:
        return
    if body:
        text = "\n".join(b.text for b in body)
        reason = wall_of(text) or ("no_body" if len(text) < MIN_BODY_CHARS else None)
        if reason:
            raise NoArticle(beginning(text), reason=reason)
        return
    tree = document.tree.clone()
    tree.strip_tags(["script", "style", "template"], recursive=True)
    text = tree.body.text(separator=" ", strip=True) if tree.body is not None else ""
    if not text:
        raise NoArticle("no text outside scripts", reason="empty_page")
    raise NoArticle(beginning(text), reason=wall_of(text) or "no_body")
