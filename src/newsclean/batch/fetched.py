"""What became of a fetch, and what follows from it: whether to try again, when, and whether the host is to blame."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from newsclean.batch.turns import Errand
from newsclean.errors import BadStatus, BadUrl, FetchError, HostUnavailable
from newsclean.fetch.hosts import is_host_failure
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import asked_wait_s, is_transient
from newsclean.model import Page

LONGEST_WAIT_S = 900.0  # three Retry-After of the 300 s that the policy allows: what a run may still have to wait for

Got = TypeVar("Got")
Fetch = Callable[[str], Awaitable[Page]]
"""What brings a page: takes a URL, and raises if it can't be had."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one URL.

    Attributes:
        errand: its ticket is the number that `Fetching.start` was given.
        result: the page, or what `fetch` raised.
    """

    errand: Errand
    result: Page | Exception

    def page(self) -> Page:
        """The page; raises what `fetch` raised."""
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


def wait_of(fetch: Callable[..., Awaitable[Page]]) -> Callable[[str], float] | None:
    """What tells how long a URL's host must be left alone: `wait_s` of the fetch function or of its object, if any."""
    found: Callable[[str], float] | None = getattr(getattr(fetch, "__self__", fetch), "wait_s", None)
    return found


def prepare_host_of(fetch: Callable[..., Awaitable[Page]]) -> Callable[[str], Awaitable[None]] | None:
    """What does what comes before a host's first page: `prepare_host` of the fetch function or its object, if any."""
    found: Callable[[str], Awaitable[None]] | None = getattr(getattr(fetch, "__self__", fetch), "prepare_host", None)
    return found


def wait_s_of(fetch: Fetch, url: str) -> float:
    """Give the seconds until a URL's host may be asked, if the fetch function can tell; else 0."""
    wait_s = wait_of(fetch)
    try:
        return wait_s(url) if wait_s else 0.0
    except BadUrl:
        return 0.0  # fetching it will say so


def again_after_s(result: Page | Exception, policy: FetchPolicy) -> float | None:
    """Give the seconds after which a URL should be tried again; None if that is no use, or is now.

    A server that asks for no wait at all has had its attempts within the fetch.
    """
    wait_s = None
    if isinstance(result, HostUnavailable):
        wait_s = result.retry_after_s
    elif isinstance(result, BadStatus) and is_transient(result, policy):
        wait_s = asked_wait_s(result, policy) or None
    return wait_s if wait_s is not None and wait_s <= LONGEST_WAIT_S else None


def fails(result: Page | Exception, again_s: float | None, policy: FetchPolicy) -> bool:
    """Whether the host does, rather than the page; one that says when to come again doesn't."""
    if isinstance(result, BadStatus) and again_s is not None:
        return False
    return isinstance(result, FetchError) and is_host_failure(result, policy)


async def result_of(fetch: Callable[[str], Awaitable[Got]], url: str) -> Got | Exception:
    """The page, or what else comes, or what was raised; passes on only the cancellation of the task itself."""
    try:
        return await fetch(url)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():
            raise
        return RuntimeError("the fetch was cancelled")  # something inside it was, which is its own affair
    except Exception as error:  # whatever one page raises is that page's failure
        return error
