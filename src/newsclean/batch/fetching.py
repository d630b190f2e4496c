"""Pages fetched in one background thread while the caller works on those that came: at most so many at once.

The thread runs an asyncio loop, with a task for each URL that is being fetched. It starts with the first URL, so a
batch of files has none. Which URL goes next is `turns.py`'s: one whose host must wait has no task, costs nothing while
it waits, and is fetched when the host's time has come. What a server puts off, by a Retry-After or by failing, is put
back in its host's queue.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import replace
from math import inf
from queue import Empty, SimpleQueue
from types import TracebackType

from newsclean.batch.fetched import LONGEST_WAIT_S, Fetched, again_after_s, fails, result_of
from newsclean.batch.fetcher import Fetch, Fetcher
from newsclean.batch.turns import Errand, Turns, host_of
from newsclean.errors import FetchError, HostUnavailable
from newsclean.fetch.hosts import Clock, Sleep
from newsclean.fetch.policy import DEFAULT_POLICY, FetchPolicy
from newsclean.model import Page

TICK_S = 0.001  # no rest is shorter: rounding must not make a host wait for nothing, again and again


class Fetching:
    """Starts fetches and hands over what they bring; a context that leaves no thread and no fetch behind.

    A host that asks to be left alone for up to LONGEST_WAIT_S is waited for, and so is one that has answered and then
    fails. One that has never answered gets its further tries only as long as there is something else to do: a list
    with a dead host does not end minutes later for it.

    Args:
        session: gives the fetch function, as `Fetcher` takes it, and cleans up behind it; entered and left in the
            background thread.
        at_once: how many fetches run at the same time; with the results kept for the caller they are twice as many
            at most.
        per_host: how many of them at one host.
        policy: `attempts`, and what makes a failure worth another.
        ready: called in the background thread when there is something for `next`; it wakes a caller that waits for
            other things as well.
        clock: gives the time, in seconds.
        sleep: waits by that clock.

    Attributes:
        pending: how many were started and not handed over yet.
    """

    def __init__(
        self,
        session: AbstractAsyncContextManager[Fetch],
        at_once: int,
        per_host: int,
        *,
        policy: FetchPolicy = DEFAULT_POLICY,
        ready: Callable[[], None] = lambda: None,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.pending = 0
        self._session = session
        self._at_once = at_once
        self._policy = policy
        self._tell = ready
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()  # over what both threads change: turns, _held, _called, _caller_waits, _holding
        self._turns = Turns(per_host)
        self._held = 0  # errands that are being fetched or have come
        self._called = False
        self._caller_waits = False
        self._holding = False
        self._finished: SimpleQueue[Fetched | None] = SimpleQueue()  # None: the thread has ended
        self._thread: threading.Thread | None = None
        self._looping = threading.Event()
        self._leaving = False
        self._died_of: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop
        self._main: asyncio.Task[None]
        # from here on the thread's own
        self._fetcher: Fetcher | None = None  # None: the session is not open yet
        self._tasks = asyncio.TaskGroup()
        self._running = 0
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_s = inf

    @property
    def out(self) -> int:
        """How many of the pending do not wait for their host: they are being fetched, or next, or have come."""
        return self._turns.ready + self._held

    def start(self, ticket: int, url: str) -> None:
        """Fetch a URL as soon as its host and a place are free. Raises what ended the thread, if something did."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="newsclean-fetch", daemon=True)
            self._thread.start()
            self._looping.wait()
        if self._died_of:
            raise self._died_of
        self.pending += 1
        with self._lock:
            self._turns.add(Errand(ticket, url))
            self._call()

    def next(self, *, wait: bool) -> Fetched | None:
        """What finished first of those not handed over yet.

        Args:
            wait: for one to finish; without it, None if none has.
        """
        if not self.pending:
            return None
        try:
            fetched = self._finished.get_nowait()
        except Empty:
            if not wait:
                return None
            with self.waiting():
                fetched = self._finished.get()
        if fetched is None:
            self._finished.put(None)  # so that whoever asks again does not wait for ever
            raise self._died_of or RuntimeError("fetching has ended")
        self.pending -= 1
        with self._lock:
            self._held -= 1
            if self._held == 2 * self._at_once - 1:  # it was the most
                self._call()
        return fetched

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Inside the block the caller has nothing else to do than to wait for `ready`."""
        with self._lock:
            self._caller_waits = True
            if self._turns.stuck:
                self._call()
        try:
            yield
        finally:
            with self._lock:
                self._caller_waits = False

    def hold(self) -> None:
        """Start nothing more; from here on `pending` counts only what is being fetched or has come."""
        with self._lock:
            self._holding = True
            self.pending = self._held

    def __enter__(self) -> Fetching:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._thread is None:
            return
        self._leaving = True
        with suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(self._main.cancel)
        self._thread.join()

    def _call(self) -> None:
        """Have the thread look at what may go; with the lock."""
        if not self._called:
            self._called = True
            with suppress(RuntimeError):  # the loop has ended: `next` tells why
                self._loop.call_soon_threadsafe(self._look)

    # What follows runs in the thread.

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            pass  # by __exit__
        except BaseException as error:  # SystemExit too: the caller waits, and raises it
            self._died_of = error
        finally:
            self._hand_over(None)
            self._looping.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._main = asyncio.ensure_future(self._work())
        self._looping.set()
        await self._main

    async def _work(self) -> None:
        async with self._session as fetch, self._tasks:
            self._fetcher = Fetcher(fetch)
            self._look()
            await asyncio.Event().wait()  # until __exit__ cancels it

    def _look(self) -> None:
        """Start what may go now, and see to it that somebody looks again when the next rest ends."""
        with self._lock:
            self._called = False
            if self._fetcher is None or self._leaving or self._holding:
                return
            self._start_ready(self._fetcher)
            if self._caller_waits and not self._held and self._turns.stuck:
                self._turns.give_up()
                self._start_ready(self._fetcher)
            self._set_alarm(self._turns.next_s)

    def _start_ready(self, fetcher: Fetcher) -> None:
        while self._running < self._at_once and self._held < 2 * self._at_once:
            now_s = self._clock()
            errand = self._turns.take(now_s)
            if errand is None:
                return
            wait_s = 0.0 if self._turns.given_up(errand) else fetcher.wait_s(errand.url)
            if 0 < wait_s <= LONGEST_WAIT_S:
                self._turns.hold(errand, now_s + max(wait_s, TICK_S))
                continue
            self._held += 1
            self._running += 1
            self._tasks.create_task(self._do(fetcher, errand))

    async def _do(self, fetcher: Fetcher, errand: Errand) -> None:
        if await self._must_wait(fetcher, errand):
            self._look()
            return
        result = await result_of(fetcher.fetch, errand.url)
        with self._lock:
            self._running -= 1
            final = not self._put_back(errand, result)
            if final:
                self._turns.back(errand)
        if final:
            self._hand_over(Fetched(errand, result))
        self._look()

    async def _must_wait(self, fetcher: Fetcher, errand: Errand) -> bool:
        """Prepare a new host; put the errand back if a pause follows, in which others may have the place.

        Once: after a pause that is longer than a robots.txt is kept, the host would be as new, for ever.
        """
        if errand.prepared or isinstance(await result_of(fetcher.prepare_host, errand.url), Exception):
            return False  # fetching says what is wrong
        with self._lock:
            wait_s = fetcher.wait_s(errand.url)
            if self._holding or self._turns.given_up(errand) or not 0 < wait_s <= LONGEST_WAIT_S:
                return False
            self._running -= 1
            self._held -= 1
            self._turns.hold(replace(errand, prepared=True), self._clock() + max(wait_s, TICK_S))
        return True

    def _hand_over(self, fetched: Fetched | None) -> None:
        self._finished.put(fetched)
        self._tell()

    def _put_back(self, errand: Errand, result: Page | Exception) -> bool:
        """Learn from what came; put the errand back if it is worth another try."""
        again_s = again_after_s(result, self._policy)
        is_own = not isinstance(result, FetchError) or not result.url or host_of(result.url) == errand.host
        failing = is_own and fails(result, again_s, self._policy)
        # whoever is asked for a page has given its robots.txt before
        answered = not failing or (self._policy.robots and not isinstance(result, HostUnavailable))
        self._turns.learn(errand, failing=failing, answered=answered)
        last = self._holding or self._turns.given_up(errand) or errand.tries + 1 >= self._policy.attempts
        if again_s is None or last:
            return False
        self._held -= 1
        again, until_s = replace(errand, tries=errand.tries + 1), self._clock() + max(again_s, TICK_S)
        if is_own:
            self._turns.requeue(again, until_s)
        else:  # a host that it was redirected to must wait
            self._turns.set_aside(again, until_s)
        return True

    def _set_alarm(self, at_s: float) -> None:
        if at_s < self._alarm_s:
            if self._alarm:
                self._alarm.cancel()
            self._alarm_s = at_s
            self._alarm = self._tasks.create_task(self._look_at(at_s))

    async def _look_at(self, at_s: float) -> None:
        await self._sleep(max(0.0, at_s - self._clock()))
        self._alarm, self._alarm_s = None, inf
        self._look()
