"""A pool of worker processes that can be killed: a task that hangs, swells or crashes costs only itself.

Threads take tasks from one queue, a few at a time; each has its worker do them. One more thread ends processes that are
late. concurrent.futures.ThreadPoolExecutor would do for the queue; but a program that fails would wait at its end for
all that it has submitted, and `concurrent.futures.wait` would not hear of tasks that the executor cancels.
"""

from __future__ import annotations

import os
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from newsclean.batch.process import Worker
from newsclean.batch.worker import Answer
from newsclean.errors import NewscleanError

MEMORY_BYTES = 2 << 30
GROWTH_BYTES = 130_000_000  # a warm worker has 60 MB; 300 news pages bring it to 141 MB, one of 50 MB to 264 MB

CHUNK = 8  # tasks that a worker gets at a time, at most: so it seldom waits for this process, which may be busy

Task = TypeVar("Task")
Result = TypeVar("Result")


class Job(NamedTuple):
    """A task on its way: pickled, what its caller waits for, and what it is about, for errors."""

    task: bytes
    future: Future[Any]
    url: str | None


class WorkerPool(Generic[Task, Result]):
    """Does tasks in processes; a context that waits for what was submitted, or drops it if left by an exception.

    Processes start when there is something to do, and anew when one was lost or has grown too large.

    Attributes:
        started: how many processes have been started so far.
        peak_bytes: the largest resident memory that one of them has reported.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        *,
        workers: int | None = None,
        timeout_s: float = 30.0,
        memory_bytes: int = MEMORY_BYTES,
        growth_bytes: int = GROWTH_BYTES,
    ) -> None:
        """Make ready; no process is started yet.

        Args:
            work: what to do with a task: a function of a module, or an object that can be pickled. If it has a method
                `warm`, that is called before the first task. It is done twice with a task that crashes a process.
            workers: how many processes; by default one for each processor that this process may use.
            timeout_s: for one task.
            memory_bytes: of address space, for one process; 0 for any. Not on Windows.
            growth_bytes: of resident memory that a process may gain; then it is replaced, between two tasks.

        Raises:
            ValueError: the work is defined in `__main__`, which no other process can import; less than one worker.
        """
        if workers is not None and workers < 1:
            raise ValueError(f"workers must be at least 1, or None for one for each processor; not {workers}")
        pickled = pickle.dumps(work)
        if b"__main__" in pickled:
            raise ValueError("the work stands in __main__, where no worker finds it: move it to a module")
        every = workers or usable_processors()
        self._workers = [Worker(pickled, timeout_s, memory_bytes, growth_bytes) for _ in range(every)]
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()  # None: there are no more
        self._lock = threading.Lock()  # nothing is submitted behind the None
        self._closed = self._dropped = False
        self._broken = ""  # why no process can be started
        self._ended = threading.Event()
        # Daemons: a program that ends without closing its pool does not wait for what it has submitted.
        self._threads = [threading.Thread(target=self._serve, args=[worker], daemon=True) for worker in self._workers]
        self._watch = threading.Thread(target=self._kill_late, args=[min(1.0, timeout_s / 10)], daemon=True)
        for thread in (*self._threads, self._watch):
            thread.start()

    @property
    def started(self) -> int:
        """How many processes have been started so far."""
        return sum(worker.started for worker in self._workers)

    @property
    def peak_bytes(self) -> int:
        """The largest resident memory that a process has reported; 0 if none has."""
        return max(worker.peak_bytes for worker in self._workers)

    def submit(self, task: Task) -> Future[Result]:
        """Have a task done; from any thread.

        The future raises what the work raised, if that is a NewscleanError, and a NewscleanError with reason
        `internal_error` for any other exception; WorkerFailed if the process was lost.

        Args:
            task: what to do; pickled here. Errors name its `url`, if it has one.

        Raises:
            RuntimeError: the pool is closed.
            BrokenExecutor: no process can be started; from the futures as well.
        """
        pickled = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        future: Future[Result] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            if self._broken:
                raise BrokenExecutor(self._broken)
            self._jobs.put(Job(pickled, future, getattr(task, "url", None)))
        return future

    def close(self, *, wait: bool = True) -> None:
        """End the processes when all that was submitted is done. Not for use in a signal handler.

        Args:
            wait: without it they end at once, and what is not done is cancelled.
        """
        with self._lock:
            self._closed = True
            self._dropped |= not wait
        self._jobs.put(None)
        for worker in () if wait else self._workers:
            worker.stop()
        for thread in self._threads:
            thread.join()
        self._ended.set()
        self._watch.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(wait=error is None)

    def _serve(self, worker: Worker) -> None:
        """Have one worker do tasks until there are no more."""
        while jobs := self._take():
            begun = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            for job, answer in zip(begun, self._answers(worker, begun), strict=False):
                if isinstance(answer.error, NewscleanError):
                    answer.error.url = answer.error.url or job.url
                if answer.error:
                    job.future.set_exception(CancelledError() if self._dropped else answer.error)
                else:
                    job.future.set_result(answer.result)
        worker.end()

    def _take(self) -> list[Job]:
        """The next jobs for one worker: half of its share, so that all end together; empty if there will be no more."""
        jobs = [self._jobs.get()]
        with suppress(Empty):
            share = self._jobs.qsize() // (2 * len(self._workers))
            while len(jobs) < min(CHUNK, share):
                jobs.append(self._jobs.get_nowait())
        if None in jobs:  # for the other threads
            self._jobs.put(None)
        taken = [job for job in jobs if job]
        for job in taken if self._dropped else ():
            job.future.cancel()
        return taken

    def _answers(self, worker: Worker, jobs: list[Job]) -> Iterator[Answer]:
        """What becomes of each job; once no process could be started, that is BrokenExecutor for all."""
        if not self._broken:
            try:
                yield from worker.do(job.task for job in jobs)
            except Exception as error:  # a defect here too must not leave callers waiting
                self._broken = str(error) or repr(error)
        while True:
            yield Answer(error=BrokenExecutor(self._broken))

    def _kill_late(self, every_s: float) -> None:
        """End processes whose answer is overdue, until the pool is closed."""
        while not self._ended.wait(every_s):
            for worker in self._workers:
                if time.monotonic() > worker.deadline:
                    worker.kill()


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
