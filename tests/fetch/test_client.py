"""The two client libraries, and the pools that share out the hosts."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Sequence

import pytest

from newsclean.fetch.client import SHARD_CONNECTIONS, Library, Pools
from newsclean.fetch.fetcher import AsyncFetcher
from newsclean.fetch.guard import Guard
from newsclean.fetch.policy import FetchPolicy

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n<p>Rain.</p>"


def test_a_library_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)

    with pytest.raises(ImportError, match=r"pip install 'newsclean\[httpx2\]'"):
        Library("httpx2")


@pytest.mark.parametrize(("connections", "pools"), [(1, 1), (8, 1), (9, 2), (32, 4), (128, 16)])
def test_connections_are_shared_out_in_pools_of_a_few(http: str, connections: int, pools: int) -> None:
    """The cost of a request grows with the connections of its pool."""
    policy = FetchPolicy(max_connections=connections)

    assert SHARD_CONNECTIONS == 8
    assert len(Pools(Library(http), policy, Guard(policy), ssl.create_default_context())._pools) == pools


def test_a_backend_that_the_core_would_not_use_is_noticed(http: str) -> None:
    """The guard stands where the core takes its network from: a name that nobody resolves is never connected to."""
    asked = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.write(PAGE)
        await writer.drain()
        writer.close()

    async def run() -> int:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = int(server.sockets[0].getsockname()[1])
        policy = FetchPolicy(robots=False, delay_s=0, allow_private=("127.0.0.0/8",), http=http)  # type: ignore[arg-type]
        async with server, AsyncFetcher(policy, resolve=resolve) as fetcher:
            await fetcher.fetch(f"http://mill.example:{port}/")
        return port

    port = asyncio.run(run())
    assert asked == [("mill.example", port)]
