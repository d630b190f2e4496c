"""URLs as text: one spelling for each, and the short key that names its files. No network, no client library."""

from __future__ import annotations

import hashlib
import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from newsclean.errors import BadUrl

DEFAULT_PORTS = {"http": 80, "https": 443}

# "forbidden domain code points" of the WHATWG URL standard; without ":", which IPv6 needs, and "[" "]", which are
# gone when urlsplit has taken the host out
_NOT_IN_HOST = re.compile(r"[\x00-\x20#/<>?@\\^|%\x7f\[\]]")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]{0,20}:(?!\d)", re.IGNORECASE)  # "localhost:8000" has none


def normalize_url(url: str) -> str:
    """Give the URL in the one spelling that it is fetched, compared and named by.

    Lower-case scheme and host, an IPv6 address in its short form, no default port, no fragment, no surrounding space,
    "/" for an empty path. Path and query stay as they are: servers may tell their spellings apart.

    >>> normalize_url(" HTTP://News.Example:80?id=A#top ")
    'http://news.example/?id=A'

    Raises:
        BadUrl: `scheme_blocked` for schemes other than http and https, `invalid_url` for what is no URL at all or
            carries a user name.
    """
    text = url.strip()
    scheme, _, rest = text.partition(":")
    if scheme.lower() not in DEFAULT_PORTS:
        known = _SCHEME.match(text)
        raise BadUrl(f"scheme {scheme}" if known else "", reason="scheme_blocked" if known else "invalid_url", url=url)
    if not rest.startswith("//"):
        raise BadUrl(f"no // after {scheme}:", url=url)
    parts, host, port = _split(text, url)
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    query = parts.query.rstrip()  # before a fragment there may be space as well
    path = parts.path if query else parts.path.rstrip()
    return urlunsplit((parts.scheme, netloc, path or "/", query, ""))


def url_key(url: str) -> str:
    """Give the 16 hex digits that name this URL's files: the first 64 bits of SHA-256 of the normalised URL.

    Raises:
        BadUrl: as `normalize_url`.
    """
    return hashlib.sha256(normalize_url(url).encode()).hexdigest()[:16]


def parts_of(url: str | None) -> SplitResult:
    """The parts of a URL that nobody has checked; all are empty if it can't be parsed.

    >>> parts_of("http://News.Example/a").hostname, parts_of("http://[::1").hostname
    ('news.example', None)
    """
    try:
        return urlsplit(url or "")
    except ValueError:  # a bracket where no IPv6 address is
        return urlsplit("")


def joined(base: str | None, link: str) -> str | None:
    """A link that nobody has checked, as the page at `base` means it; None if it can't be parsed.

    >>> joined("http://news.example/a/b", "../c"), joined("http://news.example/", "http://[::1")
    ('http://news.example/c', None)
    """
    try:
        return urljoin(base or "", link)
    except ValueError:  # a bracket where no IPv6 address is
        return None


def web_url(*urls: str | None) -> str | None:
    """The first of these that is a page of the web, so not the path of a saved one; None if none is.

    >>> web_url(None, "saved/story.html", "https://news.example/story")
    'https://news.example/story'
    """
    return next((url for url in urls if parts_of(url).scheme in DEFAULT_PORTS), None)


def _split(text: str, url: str) -> tuple[SplitResult, str, int | None]:
    """Split into parts, host and port, or raise BadUrl about `url`."""
    try:
        text.encode()  # a lone surrogate can't be sent, nor hashed
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        host = IPv6Address(host).compressed if ":" in host else host
    except ValueError as error:  # UnicodeEncodeError is one
        raise BadUrl(str(error), url=url) from error
    if "@" in parts.netloc:
        raise BadUrl("user names and passwords in URLs are not supported", url=url)
    if not host.strip(".") or _NOT_IN_HOST.search(host):
        raise BadUrl(f"host {host!r}", url=url)
    if port == 0:
        raise BadUrl("port 0", url=url)
    return parts, host, port
