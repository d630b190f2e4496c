"""Pages fetched in one background thread while the caller works on those that came: at most so many at once.

The thread runs an asyncio loop with that many workers. It starts with the first URL, so a batch of files has none.
No host holds more workers than it has places: its other URLs wait here, whatever a worker waits for.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType

from newsclean.batch.turns import Errand, Turns
from newsclean.model import Page

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


class Fetching:
    """Starts fetches and hands over what they bring; a context that leaves no thread and no fetch behind.

    Args:
        session: gives the fetch function and cleans up behind it; entered and left in the background thread.
        at_once: how many fetches run at the same time.
        per_host: how many of them at one host.

    Attributes:
        pending: how many were started and not handed over yet.
    """

    def __init__(self, session: AbstractAsyncContextManager[Fetch], at_once: int, per_host: int) -> None:
        self.pending = 0
        self._turns = Turns(per_host)
        self._session = session
        self._at_once = at_once
        self._todo: asyncio.Queue[Errand] = asyncio.Queue()
        self._finished: SimpleQueue[Fetched | None] = SimpleQueue()  # None: the thread has ended
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._leaving = False
        self._died_of: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop
        self._main: asyncio.Task[None]

    @property
    def out(self) -> int:
        """How many of the pending do not wait for their host: they are with a worker, or next, or have come."""
        return self._turns.out

    def start(self, ticket: int, url: str) -> None:
        """Fetch a URL as soon as its host and a worker are free. Raises what ended the thread, if something did."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="newsclean-fetch", daemon=True)
            self._thread.start()
            self._ready.wait()
        if self._died_of:
            raise self._died_of
        self.pending += 1
        errand = Errand(ticket, url)
        if self._turns.may_go(errand):
            self._send(errand)

    def next(self, *, wait: bool) -> Fetched | None:
        """What finished first of those not handed over yet.

        Args:
            wait: for one to finish; without it, None if none has.
        """
        if not self.pending:
            return None
        try:
            fetched = self._finished.get(block=wait)
        except Empty:
            return None
        if fetched is None:
            raise self._died_of or RuntimeError("fetching has ended")
        self.pending -= 1
        if following := self._turns.back(fetched.errand):
            self._send(following)
        return fetched

    def __enter__(self) -> Fetching:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._thread is None:
            return
        self._leaving = True
        with suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(self._main.cancel)
        self._thread.join()

    def _send(self, errand: Errand) -> None:
        with suppress(RuntimeError):  # the loop has ended: `next` tells why
            self._loop.call_soon_threadsafe(self._todo.put_nowait, errand)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            pass  # by __exit__
        except BaseException as error:  # SystemExit too: the caller waits, and raises it
            self._died_of = error
        finally:
            self._finished.put(None)
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.ensure_future(self._work())
        await self._main

    async def _work(self) -> None:
        async with self._session as fetch, asyncio.TaskGroup() as workers:
            for _ in range(self._at_once):
                workers.create_task(self._worker(fetch))
            self._ready.set()

    async def _worker(self, fetch: Fetch) -> None:
        while not self._leaving:
            errand = await self._todo.get()
            self._finished.put(Fetched(errand, await result_of(fetch, errand.url)))


async def result_of(fetch: Fetch, url: str) -> Page | Exception:
    """The page or what was raised; passes on only the cancellation of the worker itself."""
    try:
        return await fetch(url)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task and task.cancelling():
            raise
        return RuntimeError("the fetch was cancelled")  # something inside it was, which is its own affair
    except Exception as error:  # whatever one page raises is that page's failure
        return error
