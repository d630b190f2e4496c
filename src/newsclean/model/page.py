"""A page as it came, and the way that it came."""

from __future__ import annotations

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]
"""HTTP headers as sent, in order: (name, value) pairs, each character one byte (Latin-1)."""


@dataclass(frozen=True, slots=True)
class Hop:
    """An answer that led to another URL.

    Attributes:
        url: what was asked for.
        status: HTTP status.
        headers: as sent.
        ip: the address that answered; empty if it is not known.
        body: of a page that leads on by itself, as that of `Page.raw` or `Page.html`; that of a redirect is not read.
    """

    url: str
    status: int
    headers: Headers = ()
    ip: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came from the network or from a file.

    Attributes:
        url: as asked for.
        final_url: after redirects.
        html: the decompressed bytes.
        content_type: the header as sent, with its charset; None for files.
        status: HTTP status; 200 for files.
        fetched_at: ISO 8601, UTC.
        redirects: each URL on the way from `url` to `final_url`, both left out.
        headers: of the answer, as sent; none for files.
        raw: the body as sent, still compressed, if the policy says `keep_raw`; what an archive needs.
        ip: the address that it came from; empty if it is not known.
        hops: the answers that redirected, from that of `url` on.
        attempts: how often it was asked for until it came; 0 if it is not from the network.
    """

    url: str
    final_url: str
    html: bytes
    content_type: str | None = None
    status: int = 200
    fetched_at: str = ""
    redirects: tuple[str, ...] = ()
    headers: Headers = ()
    raw: bytes = b""
    ip: str = ""
    hops: tuple[Hop, ...] = ()
    attempts: int = 0

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case; None if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)
