"""A pool of worker processes that can be killed: a task that hangs, swells or crashes costs only itself."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Generic, Self, TypeVar

from newsclean.batch.process import Job, Worker

MEMORY_BYTES = 2 << 30
MAX_TIMEOUT_S = 86_400.0

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerPool(Generic[Task, Result]):
    """Does tasks in processes; a context that waits for what was submitted, or drops it if left by an exception.

    Processes start when there is something to do, and anew when one was lost or has done a thousand tasks.
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
        pickled, limits = pickle.dumps(work), (int(memory_bytes), float(timeout_s))
        if b"__main__" in pickled:
            raise ValueError("the work stands in __main__, where no worker finds it: move it to a module")
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()  # None: there are no more
        self._lock = Lock()  # nothing is submitted behind the None
        self._closed = False
        self._owner = os.getpid()
        self._workers = [Worker(self._jobs, pickled, limits) for _ in range(workers or usable_processors())]

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
        for worker in () if wait else self._workers:
            worker.stop()
        for worker in self._workers:
            worker.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(wait=error is None)


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
