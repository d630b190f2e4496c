"""Certificates, made here: a connection that nobody vouches for carries no request."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsclean.errors import FetchError, Unreachable
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Page

trustme = pytest.importorskip("trustme", reason="comes with newsclean[test]")

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>Rain.</p>"
pytestmark = pytest.mark.usefixtures("either_library")
POLICY = FetchPolicy(robots=False, delay_s=0, backoff_base_s=0, allow_private=("127.0.0.0/8",), total_timeout_s=10)
LONG_AGO = datetime.now(UTC) - timedelta(days=9)


class Site:
    """A server with a certificate that a CA of ours has issued for a name, and what it was asked for."""

    def __init__(self, name: str = "mill.example", **certificate: Any) -> None:
        self.ca = trustme.CA()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(name, **certificate).configure_cert(self.context)
        self.context.sni_callback = self._name_is_asked_for
        self.names: list[str | None] = []
        self.connections: list[object] = []
        self.requests: list[bytes] = []

    def fetch(self, host: str = "mill.example", *, trusted: bool = True, http: str = "httpx") -> Page:
        """Fetch from this site, by a name that leads to it."""
        context = ssl.create_default_context()
        if trusted:
            self.ca.configure_trust(context)

        async def resolve(name: str, port: int) -> Sequence[str]:
            self.connections.append(name)
            return ["127.0.0.1"]

        async def run() -> Page:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.context)
            policy = replace(POLICY, http=http)  # type: ignore[arg-type]
            async with server, AsyncFetcher(policy, resolve=resolve, ssl_context=context) as fetcher:
                return await fetcher.fetch(f"https://{host}:{server.sockets[0].getsockname()[1]}/")

        return asyncio.run(run())

    def failure(self, **how: Any) -> FetchError:
        """Give the error of a fetch."""
        with pytest.raises(FetchError) as caught:
            self.fetch(**how)
        return caught.value

    def _name_is_asked_for(self, _: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> None:
        self.names.append(name)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await reader.read(65536))
        writer.write(PAGE)
        await writer.drain()
        writer.close()


def test_a_page_comes_over_tls_by_the_name_in_the_url(http: str) -> None:
    """The connection is made to an address, but the certificate is asked for, and checked, by the name."""
    site = Site()

    assert site.fetch(http=http).html == b"<p>Rain.</p>"
    assert site.names == ["mill.example"]


@pytest.mark.parametrize(
    ("site", "how"),
    [
        pytest.param(Site(), {"trusted": False}, id="nobody vouches for it"),
        pytest.param(Site(), {"host": "weir.example"}, id="another name"),
        pytest.param(Site(not_after=LONG_AGO), {}, id="expired"),
        pytest.param(Site(not_before=datetime.now(UTC) + timedelta(days=9)), {}, id="not valid yet"),
    ],
)
def test_a_certificate_that_does_not_hold_is_final(site: Site, how: dict[str, Any], http: str) -> None:
    site.connections.clear()
    error = site.failure(**how, http=http)

    assert isinstance(error, Unreachable)
    assert (error.reason, site.requests, len(site.connections)) == ("tls_error", [], 1)


def test_what_the_library_trusts_is_trusted_by_default() -> None:
    """Which our CA isn't."""

    async def run() -> None:
        server = await asyncio.start_server(site._serve, "127.0.0.1", 0, ssl=site.context)
        async with server, AsyncFetcher(POLICY) as fetcher:
            await fetcher.fetch(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    site = Site("127.0.0.1")
    with pytest.raises(Unreachable) as caught:
        asyncio.run(run())

    assert (caught.value.reason, site.requests) == ("tls_error", [])
