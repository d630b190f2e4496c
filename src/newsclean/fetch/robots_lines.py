"""The lines of a robots.txt that mean something, in the one form that Protego reads right. Pure, and linear in time.

Protego takes text, not bytes, loses the group behind a BOM or a NUL, and tells a slash of a query from its escape,
which RFC 9309, 2.2.2, does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5, asks that at least as many are read; Google reads no more
MAX_LINE_BYTES = 2083 * 8 - 1  # Google's; 2083 was once the longest URL of a browser, an octet may take several bytes

_BOMS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, whose ASCII is left when its NULs are taken out
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[a-z_-]*")  # RFC 9309, 2.2.1: what a product token is made of
_ASCII = "".join(map(chr, range(0x21, 0x7F)))  # what needs no escape for Protego to see it

# What a key begins with -> what it means. The misspellings are those that Google's parser knows.
_KEYS = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    **dict.fromkeys(("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"),
    "crawl-delay": "delay",
    "crawl delay": "delay",
}


def records(body: bytes) -> Iterator[tuple[str, str]]:
    """The lines that mean something, as kind (agent, allow, disallow, delay) and value; a character is a byte."""
    if len(body) > MAX_BYTES:
        body = body[: max(body.rfind(b"\n", 0, MAX_BYTES), body.rfind(b"\r", 0, MAX_BYTES)) + 1]
    for line in _LINE_END.split(_without_bom(body).replace(b"\0", b"").decode("latin-1")):
        if not line:
            continue  # half a million of them would take a second
        key, value = _key_and_value(line[:MAX_LINE_BYTES].partition("#")[0].strip())
        kind = next((kind for start, kind in _KEYS.items() if key.startswith(start)), None)
        if kind:
            yield kind, value


def agents_of(value: str) -> set[str]:
    """Whom a user-agent line names, in lower case; "*" for all, also with something behind it.

    That is the product token with which it begins, and the whole name: "MJ12bot" has a digit, which no token may have.

    >>> sorted(agents_of("MJ12bot/1.4")), agents_of("* (all)")
    (['mj', 'mj12bot'], {'*'})
    """
    if value.split(maxsplit=1)[:1] == ["*"]:
        return {"*"}
    name = value.partition("/")[0].strip().lower()
    token = _TOKEN.match(name)
    return {name, token[0] if token else ""}


def paths_of(value: str, *, allow: bool) -> Iterator[str]:
    """The path of a rule, in each spelling that it is meant in, in ASCII.

    In Latin-1 it is meant in UTF-8 as well; allowing "index.html" allows the folder, as for Google.
    """
    for path in {value.encode("latin-1"), _as_utf8(value)}:
        yield from _spellings(quote(path, safe=_ASCII))
    folder, slash, page = value.rpartition("/")
    if allow and slash and page.startswith("index.htm"):
        yield from paths_of(f"{folder}/$", allow=True)


def target_of(path: str) -> str:
    """The path and query of a URL, as the paths of rules are spelt."""
    path, question, query = quote(path, safe=_ASCII, errors="surrogatepass").partition("?")
    return path + question + _with_slashes(query)


def _spellings(path: str) -> set[str]:
    """A path with its query's slashes as such; behind a wildcard they may be the path's, and are left as well."""
    start, mark, rest = path.partition("?")
    if not mark:
        start, mark, rest = path.partition("*")
    return {start + mark + _with_slashes(rest)} | ({path} if mark == "*" else set())


def _with_slashes(query: str) -> str:
    return query.replace("%2F", "/").replace("%2f", "/")  # in a query a slash separates nothing


def _as_utf8(value: str) -> bytes:
    """The bytes of a path in UTF-8, if they are not yet."""
    path = value.encode("latin-1")
    try:
        path.decode()
    except UnicodeDecodeError:
        return value.encode()
    return path


def _without_bom(body: bytes) -> bytes:
    for byte in b"\xef\xbb\xbf":  # byte by byte: some servers send a part of it
        body = body.removeprefix(bytes([byte])) if body[:1] == bytes([byte]) else body
    return body[2:] if body.startswith(_BOMS) else body


def _key_and_value(line: str) -> tuple[str, str]:
    """Split at the colon, or at the blank of two words; an empty key if it is neither."""
    key, colon, value = line.partition(":")
    if colon and "/" not in key:  # else the colon is the path's: "Disallow /a:b"
        return key.strip().lower(), value.strip()
    words = line.split()
    return (words[0].lower(), words[1]) if len(words) == 2 else ("", "")
