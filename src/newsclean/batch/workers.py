"""A pool of worker processes that can be killed: a task that hangs, swells or crashes costs only itself.

A thread for each `Process` feeds it from one queue. Processes of multiprocessing would run the `__main__` once more,
which a notebook does not have and a script without a guard does not expect. Ours limit themselves, in memory and in
time, so that nobody need watch them, and have pipes of their own. In a pool with pipes that all share, as Pebble's, a
task is blamed for the end of a process that was done with it, if this program was too busy to have read the answer; and
a process that ends within an answer takes all with it.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, Self, TypeVar

from newsclean.batch.process import Process
from newsclean.errors import NewscleanError

log = logging.getLogger(__name__)

MEMORY_BYTES = 2 << 30
MAX_TIMEOUT_S = 86_400.0

Task = TypeVar("Task")
Result = TypeVar("Result")
Job = tuple[bytes, str | None, Future[Any]]  # a pickled task, what it is about, and what its caller waits for


class WorkerPool(Generic[Task, Result]):
    """Does tasks in processes; a context that waits for what was submitted, or drops it if left by an exception.

    Processes start when there is something to do, and anew when one was lost or has done a thousand tasks. Those of a
    pool that nobody holds any more end when all is done, closed or not.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        *,
        workers: int | None = None,
        timeout_s: float = 30.0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """Make ready; no process is started yet.

        Args:
            work: what to do with a task: a function of a module, or an object that can be pickled. If it has a method
                `warm`, that is called before the first task. It is done twice with a task that crashes a process.
            workers: how many processes; by default one for each processor that this process may use.
            timeout_s: for one task, more than 0, at most a day.
            memory_bytes: of address space, for one process; 0 for any. Not on Windows.

        Raises:
            ValueError: the work is defined in `__main__`, which no other process can import; a number is out of range.
        """
        if workers is not None and workers < 1:
            raise ValueError(f"workers must be at least 1, or None for one for each processor; not {workers}")
        if not 0 < timeout_s <= MAX_TIMEOUT_S:
            raise ValueError(f"timeout_s must be more than 0 and at most {MAX_TIMEOUT_S:g}; not {timeout_s}")
        if not 0 <= memory_bytes <= sys.maxsize:
            raise ValueError(f"memory_bytes must be at least 0 and at most {sys.maxsize}; not {memory_bytes}")
        pickled = pickle.dumps(work)
        if b"__main__" in pickled:
            raise ValueError("the work stands in __main__, where no worker finds it: move it to a module")
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()  # None: there are no more
        self._lock = Lock()  # nothing is submitted behind the None
        self._closed = False
        self._owner = os.getpid()
        count = workers or usable_processors()
        self._processes = [Process(pickled, timeout_s, int(memory_bytes)) for _ in range(count)]
        # daemons: a program that ends without closing its pool does not wait for what it has submitted
        self._threads = [Thread(target=feed, args=(process, self._jobs), daemon=True) for process in self._processes]
        for thread in self._threads:
            thread.start()
        weakref.finalize(self, self._jobs.put, None).atexit = False

    def submit(self, task: Task) -> Future[Result]:
        """Have a task done; from any thread.

        The future raises what the work raised, if that is a NewscleanError, and a NewscleanError with reason
        `internal_error` for any other exception; WorkerFailed if the process was lost; BrokenExecutor if none starts.

        Args:
            task: what to do; pickled here. Errors name its `url`, if it has one.

        Raises:
            RuntimeError: the pool is closed, or another process has made it, of which this one is a fork.
        """
        if os.getpid() != self._owner:
            raise RuntimeError("the pool belongs to the process that made it: make one after the fork")
        future: Future[Result] = Future()
        job = pickle.dumps(task, pickle.HIGHEST_PROTOCOL), getattr(task, "url", None), future
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._jobs.put(job)
        return future

    def close(self, *, wait: bool = True) -> None:
        """End the processes when all that was submitted is done. Not for use in a signal handler.

        Args:
            wait: without it they end at once, and what is not done is cancelled.
        """
        with self._lock:
            self._closed = True
        self._jobs.put(None)
        for process in () if wait else self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, at: object) -> None:
        self.close(wait=error is None)


def feed(process: Process, jobs: SimpleQueue[Job | None]) -> None:
    """Have a process do jobs until there are no more: a None, which is left for the others."""
    while job := jobs.get():
        try:
            settle(process, *job)
        except BaseException:  # of a callback: SystemExit here would leave the callers of other jobs waiting
            log.exception("a callback of a future failed")
        del job  # while it waits for the next: a callback may hold the pool, a result much memory
    jobs.put(None)
    process.end()


def settle(process: Process, task: bytes, url: str | None, future: Future[Any]) -> None:
    """Do one job, or cancel it if the process was killed."""
    if process.killed:
        future.cancel()
    if not future.set_running_or_notify_cancel():
        return
    try:
        result, error = process.do(task)
    except BaseException as raised:  # a defect here too must not leave callers waiting
        result, error = None, BrokenExecutor(f"no worker starts: {raised}")
    if isinstance(error, NewscleanError):
        error.url = error.url or url
    if error:
        future.set_exception(CancelledError() if process.killed else error)
    else:
        future.set_result(result)


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
