"""What is under way: pages that are fetched, and pages that are worked on. It bounds both, and waits for both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from types import TracebackType
from typing import Any, Protocol, Self

from newsclean.batch.fetcher import Fetch, Fetcher
from newsclean.batch.fetching import Fetching
from newsclean.batch.item import Item
from newsclean.batch.making import Made, Task
from newsclean.errors import FetchError
from newsclean.fetch.policy import FetchPolicy
from newsclean.model import Page

PER_WORKER = 8  # tasks handed to a worker at most, so that it need not wait for the next; 1 MB of usual pages


class Pool(Protocol):
    """What does the work: `workers.WorkerPool`, or `Here`."""

    @property
    def lost(self) -> bool:
        """Whether a worker was lost, which may have been writing."""

    def submit(self, task: Task) -> Future[Made]:
        """Begin with a task."""

    def close(self, *, wait: bool = True) -> None:
        """End it; without waiting, what is not done is dropped."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What fetching a URL took.

    Attributes:
        seconds: all its attempts together, without the pauses for which it was put off.
        attempts: how many.
    """

    seconds: float = 0.0
    attempts: int = 0

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(self.seconds + other.seconds, self.attempts + other.attempts)


NOTHING = Spent()


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one input.

    Attributes:
        item: the input.
        result: its files, or what was raised.
        final_url: after redirects, if a page came.
        spent: what fetching it took.
    """

    item: Item
    result: Made | BaseException
    final_url: str | None = None
    spent: Spent = NOTHING


@dataclass(frozen=True, slots=True)
class _Underway:
    item: Item
    final_url: str | None = None
    spent: Spent = NOTHING


class Here:
    """A pool without processes: works at once, in the caller's thread."""

    lost = False

    def __init__(self, work: Callable[[Task], Made]) -> None:
        self._work = work

    def submit(self, task: Task) -> Future[Made]:
        """The result of a task."""
        future: Future[Made] = Future()
        try:
            future.set_result(self._work(task))
        except Exception as error:  # as a worker process hands it over
            future.set_exception(error)
        return future

    def close(self, *, wait: bool = True) -> None:
        """Nothing is left."""


class Flight:
    """Starts inputs and hands over what they come to; a context that leaves no thread and no process behind.

    Args:
        session: gives the fetch function, as `Fetching` takes it.
        policy: how many are fetched at once.
        pool: does the work; closed at the end.
        most_working: how many tasks the pool is given at once.
        run: the number of the run: what an earlier one knew of, has files that are ours. None if all files that have
            the name of an input's are ours.
    """

    def __init__(
        self,
        session: AbstractAsyncContextManager[Fetch],
        policy: FetchPolicy,
        pool: Pool,
        most_working: int,
        run: int | None,
    ) -> None:
        self._spent: dict[str, Spent] = {}  # URL -> until it is handed over
        metered = self._metered(session)
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._worked: SimpleQueue[Future[Made]] = SimpleQueue()
        self._fetching = Fetching(metered, policy.max_connections, policy.max_per_host, policy=policy, ready=self.ring)
        self._pool = pool
        self._most_out = 2 * policy.max_connections
        self._most_working = most_working
        self._run = run
        self._fetched_for: dict[int, Item] = {}
        self._working: dict[Future[Made], _Underway] = {}

    @property
    def pending(self) -> int:
        """How many inputs were started and not handed over yet."""
        return self._fetching.pending + len(self._working)

    @property
    def lost_workers(self) -> bool:
        """Whether a worker was lost, which may have been writing; even if another has done its task since."""
        return self._pool.lost

    @property
    def full(self) -> bool:
        """Whether nothing more should be started now."""
        return self._fetching.out >= self._most_out or len(self._working) >= self._most_working

    def ring(self) -> None:
        """Have `next` return, from any thread or a signal handler."""
        self._bell.put(None)

    def start(self, item: Item) -> None:
        """Begin with an input: fetch it, or work on it if it is a saved page."""
        if item.page:
            self._submit(Path(item.source), _Underway(item))
        else:
            self._fetched_for[item.index] = item
            self._fetching.start(item.index, item.source)

    def hold(self) -> None:
        """Start no more fetches; what is under way still comes."""
        self._fetching.hold()

    def next(self, timeout_s: float | None = None) -> Landed | None:
        """What became of one input, or None if nothing has landed.

        Args:
            timeout_s: how long to wait; 0 for not at all, None for as long as it takes. `ring` ends it.
        """
        landed = self._from_fetching() or self._from_pool()
        if landed or timeout_s == 0:
            return landed
        self._wait(timeout_s)
        return self._from_fetching() or self._from_pool()

    def _wait(self, timeout_s: float | None) -> None:
        with suppress(Empty), nullcontext() if self._working else self._fetching.waiting():
            self._bell.get(timeout=timeout_s)
            while True:  # whatever they rang for is looked at next
                self._bell.get_nowait()

    def _from_pool(self) -> Landed | None:
        """What a worker is done with."""
        try:
            future = self._worked.get_nowait()
        except Empty:
            return None
        underway = self._working.pop(future)
        return Landed(underway.item, future.exception() or future.result(), underway.final_url, underway.spent)

    def _from_fetching(self) -> Landed | None:
        """Put pages that came to work; gives the first that did not come."""
        while len(self._working) < self._most_working and (fetched := self._fetching.next(wait=False)):
            item = self._fetched_for.pop(fetched.errand.ticket)
            spent = self._spent.pop(fetched.errand.url, NOTHING)
            if isinstance(fetched.result, Page):
                self._submit(fetched.result, _Underway(item, fetched.result.final_url, spent))
            else:
                return Landed(item, fetched.result, spent=spent)
        return None

    def _submit(self, page: Page | Path, underway: _Underway) -> None:
        item = underway.item
        future = self._pool.submit(Task(item.index, item.key, item.source, page, item.run != self._run))
        self._working[future] = underway
        future.add_done_callback(self._done)

    def _done(self, future: Future[Made]) -> None:
        self._worked.put(future)
        self.ring()

    @asynccontextmanager
    async def _metered(self, session: AbstractAsyncContextManager[Fetch]) -> AsyncIterator[Fetch]:
        async with session as fetch:
            yield Metered(fetch, self._spent).fetch

    def __enter__(self) -> Self:
        self._fetching.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._fetching.__exit__(kind, error, at)
        finally:
            self._pool.close(wait=False)


class Metered(Fetcher):
    """Notes what a fetch function took for each URL.

    Args:
        inner: the function.
        spent: URL -> what it took; filled in.
    """

    def __init__(self, inner: Fetch, spent: dict[str, Spent]) -> None:
        super().__init__(inner)
        self._spent = spent

    async def fetch(self, url: str, **switches: Any) -> Page:
        """The page; raises what the function raises."""
        begun_s = monotonic()
        attempts = 0
        try:
            page = await super().fetch(url, **switches)
            attempts = page.attempts
        except FetchError as error:
            attempts = error.attempts
            raise
        else:
            return page
        finally:
            self._spent[url] = self._spent.get(url, NOTHING) + Spent(monotonic() - begun_s, attempts)
