"""One input of a batch: what names it, and what is wrong with it if it can't be done."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsclean.batch.saved import file_key
from newsclean.errors import BadUrl, InputError, NewscleanError
from newsclean.urls import url_key

MAX_LINE = 8192  # characters; RFC 9110, 4.1 asks servers and clients for at least 8,000
MAX_SHOWN = 200  # characters of a bad line, for messages and the manifest


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to do: a URL to fetch, a saved page to read, or what can't be done.

    Attributes:
        source: the URL or the path as it was given; a bad line is shortened, with its unprintable characters escaped.
        key: 16 hex digits that name it; inputs with the same key are duplicates. Empty if there is an error.
        file: the saved page; None for a URL.
        error: why it can't be done; None for most.
    """

    source: str
    key: str = ""
    file: Path | None = None
    error: NewscleanError | None = None


def is_url(arg: str) -> bool:
    """Whether an argument is meant as a URL, not as a path."""
    return "://" in arg


def url_input(text: str, where: str = "") -> Input:
    """The input for a URL, or for the failure of what is none.

    Args:
        text: what should be a URL.
        where: file and line, for the message.

    >>> str(url_input("htp://mill.example/", "list.txt, line 3").error)
    'htp://mill.example/: only http and https are fetched (scheme htp, list.txt, line 3)'
    """
    try:
        if flaw := flaw_of(text):
            raise BadUrl(flaw)  # noqa: TRY301 - the same answer as to what url_key refuses
        return Input(text, url_key(text))
    except BadUrl as error:
        said = ", ".join(filter(None, (error.detail, where)))
        return Input(shown(text), error=BadUrl(said, reason=error.reason, url=shown(text)))


def flaw_of(text: str) -> str:
    """What keeps a line from being a URL whatever else it says; empty for most."""
    if len(text) > MAX_LINE:
        return f"longer than {MAX_LINE:,} characters"
    if "\ufffd" in text:  # what stands for bytes that are not UTF-8
        return "not UTF-8 text"
    return "" if text.isprintable() else "with unprintable characters"


def shown(text: str) -> str:
    r"""A line from a stranger, short and harmless in a terminal.

    >>> shown("a\x1b[2Jb" + "c" * 300)[:20]
    'a\\x1b[2Jbccccccccccc'
    """
    safe = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text[:MAX_SHOWN])
    return safe + "…" if len(text) > MAX_SHOWN else safe


def page_input(path: Path, where: str = "") -> Input:
    """The input for a saved page; `where` is the file and line that names it, for the message."""
    try:
        return Input(str(path), file_key(path), path)
    except InputError as error:
        said = ", ".join(filter(None, (error.detail, where)))
        return Input(str(path), error=InputError(said, reason=error.reason, url=error.url))
