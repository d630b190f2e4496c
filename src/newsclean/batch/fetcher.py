"""A fetch function, and what it can tell of hosts; whatever stands before one is such a function as well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from newsclean.errors import BadUrl
from newsclean.model import Page

Fetch = Callable[..., Awaitable[Page]]
"""Brings a page: takes a URL, perhaps `since`, as `AsyncFetcher.fetch`; raises if it can't be had."""


class Fetcher:
    """Brings what a fetch function brings, and tells what that can tell; what does more overrides a method.

    Args:
        inner: the function. If it has a `wait_s` or a `prepare_host`, or is a method of something that has, as
            `AsyncFetcher.fetch` is, these are asked.
    """

    def __init__(self, inner: Fetch) -> None:
        owner = getattr(inner, "__self__", inner)
        self._inner = inner
        self._wait_s: Callable[[str], float] | None = getattr(owner, "wait_s", None)
        self._prepare_host: Callable[[str], Awaitable[None]] | None = getattr(owner, "prepare_host", None)

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page; raises what the function raises."""
        return await self._inner(url, **switches)

    def wait_s(self, url: str) -> float:
        """Seconds for which a URL's host must be left alone; `inf` if fetching fails at once, 0 if nobody knows."""
        try:
            return self._wait_s(url) if self._wait_s else 0.0
        except BadUrl:
            return 0.0  # fetching it will say so

    async def prepare_host(self, url: str) -> None:
        """Do what comes before a host's first page, so that the pause after it holds no place; raises as `fetch`."""
        if self._prepare_host:
            await self._prepare_host(url)
