"""Pages without an article: which they are, said with a reason."""

from __future__ import annotations

from textwrap import shorten

from selectolax.lexbor import LexborHTMLParser

from newsclean.errors import NoArticle
from newsclean.extract.document import Document
from newsclean.extract.seeds import Line
from newsclean.rules.walls import wall_of

MIN_BODY_CHARS = 40  # the shortest body of 2,003 labelled pages has 56
MAX_WALL_WORDS = 250  # an article longer than this may well speak of cookies
MAX_SHELL_CHARS = 250  # an article longer than this may well speak of scripts
FRAMES = 'frame[src], iframe[src]:not([width="0"]):not([height="0"]):not([hidden])'
MAX_NAMED = 3  # frames in a message
MAX_URL_CHARS = 200


def beginning(text: str) -> str:
    """The first words of a text, for a message."""
    return shorten(text, 80, placeholder=" …")


def refuse_wall(body: tuple[Line, ...], document: Document) -> None:
    """Let a page with an article pass.

    Raises:
        NoArticle: `consent_wall` or `bot_wall` if what little text there is says so; `empty_page` if there is none,
            or only other pages in frames, which the message names; else `no_body` if there is no body.
    """
    words = sum(len(b.text.split()) for b in body)
    if words > MAX_WALL_WORDS:
        return
    if body:
        text = "\n".join(b.text for b in body)
        reason = wall_of(text) or ("no_body" if len(text) < MIN_BODY_CHARS or is_shell(text) else None)
        if reason:
            raise NoArticle(beginning(text), reason=reason)
        return
    tree = document.tree.clone()
    tree.strip_tags(["script", "style", "template"], recursive=True)
    if reason := wall_of(text_of(tree)):
        raise NoArticle(beginning(text_of(tree)), reason=reason)
    tree.strip_tags(["noscript", "noframes"], recursive=True)
    if text := text_of(tree):
        raise NoArticle(beginning(text), reason="no_body")
    frames = ", ".join(frame_urls(tree))
    raise NoArticle(f"only frames, which show {frames}" if frames else "no text outside scripts", reason="empty_page")


def text_of(tree: LexborHTMLParser) -> str:
    """All text of the body."""
    return tree.body.text(separator=" ", strip=True) if tree.body is not None else ""


def is_shell(text: str) -> bool:
    """Whether a page's only text asks for a browser that runs scripts."""
    return len(text) < MAX_SHELL_CHARS and "javascript" in text.casefold()


def frame_urls(tree: LexborHTMLParser) -> tuple[str, ...]:
    """What a page's frames show, as its source names it; the first few."""
    urls = (frame.attributes.get("src") or "" for frame in tree.css(FRAMES))
    return tuple(url[:MAX_URL_CHARS] for url in urls if url and not url.startswith(("about:", "javascript:")))[
        :MAX_NAMED
    ]
