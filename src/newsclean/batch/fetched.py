"""What became of a fetch, and what follows from it: whether to try again, when, and whether the host is to blame."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from newsclean.batch.turns import Errand
from newsclean.errors import BadStatus, FetchError, HostUnavailable
from newsclean.fetch.hosts import is_host_failure
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.retry import asked_wait_s, is_transient
from newsclean.model import Page

LONGEST_WAIT_S = 900.0  # three Retry-After of the 300 s that the policy allows: what a run may still have to wait for

Got = TypeVar("Got")


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


def again_after_s(result: Page | Exception, policy: FetchPolicy) -> float | None:
    """Give the seconds after which a URL should be tried again; None if that would not help, or needs no wait.

    A server that asks for no wait at all has had its attempts within the fetch.
    """
    wait_s = None
    if isinstance(result, HostUnavailable):
        wait_s = result.retry_after_s
    elif isinstance(result, BadStatus) and is_transient(result, policy):
        wait_s = asked_wait_s(result, policy) or None
    return wait_s if wait_s is not None and wait_s <= LONGEST_WAIT_S else None


def fails(result: Page | Exception, again_s: float | None, policy: FetchPolicy) -> bool:
    """Whether the failure is the host's, not the page's; a host that says when to come again has not failed."""
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
