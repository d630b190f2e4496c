"""One request goes out and an answer comes in; all that goes wrong comes out as a FetchError.

Of httpx only the parts are used: there is no cookie jar, no following of redirects, no decoding and no proxy to switch
off again. Its types don't get out of here.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import idna

from newsclean.errors import BadBody, BadUrl, FetchError, Unreachable
from newsclean.fetch.client import Library, Pools
from newsclean.fetch.guard import Guard, reason_of
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import causes
from newsclean.model import Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, and its body as it comes.

    Attributes:
        status: of HTTP.
        headers: looked up without regard to case.
        body: as sent, in pieces; raises BadBody (`truncated_body`) if it breaks off.
        sent: the headers as sent.
        ip: the address that answered; empty if it is not known.
    """

    status: int
    headers: Mapping[str, str]
    body: AsyncIterator[bytes]
    sent: Headers = ()
    ip: str = ""


class Transport(Protocol):
    """What takes the network's place: httpx.AsyncBaseTransport, or httpx2's."""

    async def handle_async_request(self, request: Any) -> Any:
        """Give the response to a request."""

    async def aclose(self) -> None:
        """Let go of all connections."""


class Wire:
    """Sends requests.

    Args:
        policy: its timeouts, `user_agent` and `http`.
        guard: says which addresses are connected to.
        transport: takes the place of the network, guard included; closed by `aclose`.
        ssl_context: what is trusted; by default what the library trusts.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        guard: Guard,
        transport: Transport | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy
        self._timeouts_s = {
            "connect": policy.connect_timeout_s,
            "read": policy.read_timeout_s,
            "write": policy.write_timeout_s,
            "pool": None,  # the hosts' turns are the queue; whoever has one finds a connection
        }
        self._library = Library(policy.http)
        self._transport = transport or Pools(self._library, policy, guard, ssl_context)

    def check(self, url: str) -> None:
        """Raise BadUrl if this can't be requested."""
        try:
            for label in self._library.host_of(url).split("."):
                if label.startswith("xn--"):
                    idna.decode(label)  # httpx finds out here, httpx2 when it connects
        except ValueError as error:  # idna's too
            raise BadUrl(str(error), url=url) from error

    @asynccontextmanager
    async def ask(self, url: str, headers: Mapping[str, str]) -> AsyncIterator[Answer]:
        """Send a GET request; what is not read of the answer when the block ends stays unread.

        Raises:
            BadUrl: `address_blocked`.
            Unreachable: no answer.
            FetchError: anything else that goes wrong (`internal_error`).
        """
        try:
            request = self._library.get(url, {"User-Agent": self._policy.user_agent, **headers}, self._timeouts_s)
            response = await self._transport.handle_async_request(request)
            try:
                yield Answer(
                    response.status_code,
                    response.headers,
                    self._body(response.stream, url),
                    tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw),
                    _address(response.extensions.get("network_stream")),
                )
            finally:
                await response.aclose()
        except FetchError as error:
            error.url = error.url or url  # the guard knows the host only
            raise
        except Exception as error:  # strange ones get out too: ExceptionGroup, OverflowError, StreamError
            raise self._failure(error, url) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _body(self, stream: AsyncIterable[bytes], url: str) -> AsyncIterator[bytes]:
        """Give the body as sent; a connection that breaks here has cut a body that had begun."""
        try:
            async for chunk in stream:
                yield chunk
        except Exception as error:
            if not self._library.is_a(error, "RemoteProtocolError", "ReadError"):
                raise
            raise BadBody(str(error)[:200], reason="truncated_body", url=url) from error

    def _failure(self, error: Exception, url: str) -> FetchError:
        """Name what was met while connecting or waiting for the answer."""
        is_a = self._library.is_a
        if not is_a(error, "TimeoutException", "NetworkError", "ProtocolError"):
            return FetchError(repr(error), url=url)
        chain = tuple(causes(error))
        if is_a(error, "ConnectTimeout"):
            reason = "connect_timeout"
        elif is_a(error, "TimeoutException"):
            reason = "read_timeout"
        elif is_a(error, "ProtocolError"):
            reason = "protocol_error"
        elif unresolved := next((cause for cause in chain if isinstance(cause, socket.gaierror)), None):
            reason = reason_of(unresolved)
        elif any(isinstance(cause, ssl.SSLError) for cause in chain):
            reason = "tls_error"
        else:
            reason = "connect_error"
        return Unreachable(str(chain[-1])[:200], reason=reason, url=url)  # the innermost says most


def _address(stream: Any) -> str:
    """The address at the other end of a connection, if it tells."""
    found = stream.get_extra_info("server_addr") if stream else None
    return str(found[0]) if found else ""
