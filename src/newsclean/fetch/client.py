"""All of httpx, or of httpx2, which is nearly the same: requests, and connections to vetted addresses over its core."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newsclean.errors import Unreachable
from newsclean.fetch.guard import Guard
from newsclean.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    import httpx

SHARD_CONNECTIONS = 8  # a pool looks at all its connections at the begin and end of each request
KEEP_ALIVE_S = 5.0  # httpx's default; the next request to a host comes after a second
MOST_ADDRESSES = 4  # of one host that are tried; two of each kind

_CORES = {"httpx": "httpcore", "httpx2": "httpcore2"}


class Library:
    """httpx or httpx2, with the core that it stands on.

    Raises:
        ImportError: it is not installed.
    """

    def __init__(self, name: str) -> None:
        try:
            self.client: ModuleType = import_module(name)
            self.core: ModuleType = import_module(_CORES[name])
        except ImportError as error:
            raise ImportError(f"{name} is not installed: pip install 'newsclean[{name}]'") from error

    def host_of(self, url: str) -> str:
        """The host that a request to this URL would ask for, in ASCII; ValueError if there can be no request."""
        try:
            host: str = self.client.URL(url).raw_host.decode("ascii")
        except self.client.InvalidURL as error:
            raise ValueError(str(error)) from error
        return host

    def get(self, url: str, headers: Mapping[str, str], timeouts_s: Mapping[str, float | None]) -> httpx.Request:
        """A GET request; timeouts by what they are for: connect, read, write, pool."""
        request: httpx.Request = self.client.Request("GET", url, headers=headers, extensions={"timeout": timeouts_s})
        return request

    def is_a(self, error: BaseException, *kinds: str) -> bool:
        """Tell whether an error is of one of these classes, the client's or the core's: the names are the same."""
        return isinstance(error, tuple(getattr(module, kind) for module in (self.client, self.core) for kind in kinds))


@dataclass(frozen=True, slots=True)
class Response:
    """What a response of the client library has and is used here."""

    status_code: int
    headers: Any  # httpx.Headers, or httpx2's
    stream: Any  # an asynchronous iterable of bytes that can be closed
    extensions: Mapping[str, Any]

    async def aclose(self) -> None:
        """Give the connection back, or close it if something is left to read."""
        await self.stream.aclose()


class Pools:
    """The network: connections to vetted addresses, in pools of a few each, a host's all in the same."""

    def __init__(self, library: Library, policy: FetchPolicy, guard: Guard, ssl_context: ssl.SSLContext | None) -> None:
        self._library = library
        context = ssl_context or library.client.create_ssl_context(trust_env=False)  # one for all: it takes 26 ms
        self._pools = [
            library.core.AsyncConnectionPool(
                ssl_context=context,
                max_connections=policy.max_connections + 8,  # more than there are turns: no pool makes anyone wait
                max_keepalive_connections=SHARD_CONNECTIONS,
                keepalive_expiry=KEEP_ALIVE_S,
                network_backend=_VettedBackend(library, guard),
            )
            for _ in range(-(-policy.max_connections // SHARD_CONNECTIONS))
        ]

    async def handle_async_request(self, request: httpx.Request) -> Response:
        """Send a request over a connection of its host's pool."""
        url, core = request.url, self._library.core
        pool = self._pools[hash((url.raw_host, url.port)) % len(self._pools)]
        target = core.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        response = await pool.handle_async_request(
            core.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        )
        return Response(
            response.status, self._library.client.Headers(response.headers), response.stream, response.extensions
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools:
            await pool.aclose()


class _VettedBackend:
    """The core's network backend, but names are resolved and addresses vetted by the guard.

    TLS still goes by the URL's host: the core gives that name to `start_tls` itself.
    """

    def __init__(self, library: Library, guard: Guard) -> None:
        self._library = library
        self._guard = guard
        self._backend = library.core.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        """Connect to the first of the host's addresses that answers; all share the time."""
        try:
            async with asyncio.timeout(timeout) as deadline:
                addresses = (await self._guard.addresses(host, port))[:MOST_ADDRESSES]
                for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
                    share_s = _share_s(deadline, left)
                    try:
                        return await self._backend.connect_tcp(address, port, timeout=share_s, **options)
                    except Exception as error:
                        if left == 1 or not self._library.is_a(error, "ConnectError", "ConnectTimeout"):
                            raise
        except TimeoutError as error:
            raise Unreachable(f"{timeout:g} s", reason="connect_timeout") from error

    async def sleep(self, seconds: float) -> None:
        """Wait, as the core does before it tries again."""
        await asyncio.sleep(seconds)


def _share_s(deadline: asyncio.Timeout, parts: int) -> float | None:
    """One part of the time that is left."""
    end_s = deadline.when()
    return None if end_s is None else max(0.0, end_s - asyncio.get_running_loop().time()) / parts
