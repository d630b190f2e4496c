"""A pool of worker processes that can be killed: a task that hangs, swells or crashes costs only itself.

A thread for each process takes tasks from one queue, a few at a time, and reads the answers one by one, so it is always
known which task a process works on. One more thread ends the processes that are late.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from types import TracebackType
from typing import Generic, Self, TypeVar

from newsclean.batch.jobs import Job, Jobs
from newsclean.batch.pipes import Answer, Setup
from newsclean.batch.process import WorkerProcess
from newsclean.errors import WorkerFailed

TRIES = 2  # processes that a task may crash
START_TRIES = 3
START_PAUSE_S = 0.5  # between two tries: memory or file handles may be short for a moment
MEMORY_BYTES = 2 << 30
GROWTH_BYTES = 130_000_000  # a warm worker has 60 MB; 300 news pages bring it to 141 MB, one of 50 MB to 264 MB
RECYCLE_TASKS = 500  # where the system does not tell how much memory a process has
MAX_ANSWER_BYTES = 64 << 20  # a page of 5 MB, the most that is read, becomes an article of 6 MB

Task = TypeVar("Task")
Result = TypeVar("Result")


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
            ValueError: the work is defined in `__main__`, which no other process can import.
        """
        pickled = pickle.dumps(work)
        if b"__main__" in pickled:
            raise ValueError("the work stands in __main__, where no worker finds it: move it to a module")
        self.started = 0
        self.peak_bytes = 0
        self._setup = Setup(pickled, timeout_s, memory_bytes, MAX_ANSWER_BYTES)
        self._growth_bytes = growth_bytes
        workers = workers or usable_processors()
        self._jobs = Jobs(workers)
        self._lock = threading.Lock()
        self._processes: set[WorkerProcess] = set()  # guarded by the lock
        self._ended = threading.Event()
        self._feeders = [threading.Thread(target=self._feed, daemon=True) for _ in range(workers)]
        self._watch = threading.Thread(target=self._end_late, daemon=True)
        for thread in (*self._feeders, self._watch):
            thread.start()

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
        future: Future[Result] = Future()
        pickled = pickle.dumps(task, pickle.HIGHEST_PROTOCOL)
        self._jobs.add(Job(pickled, future, getattr(task, "url", None)))
        return future

    def close(self, *, wait: bool = True) -> None:
        """End the processes when all that was submitted is done. Not for use in a signal handler.

        Args:
            wait: without it they end at once, and what is not done is cancelled.
        """
        self._jobs.close()
        if not wait:
            self._jobs.drop()
            with self._lock:
                for process in self._processes:
                    process.kill()
        for thread in self._feeders:
            thread.join()
        self._ended.set()
        self._watch.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(wait=error is None)

    def _end_late(self) -> None:
        """End processes that are late, until the pool is closed."""
        while not self._ended.wait(min(1.0, self._setup.timeout_s / 10)):
            with self._lock:
                processes = [*self._processes]
            for process in processes:
                process.end_if_late()

    def _feed(self) -> None:
        """Have one process at a time, and give it tasks until there are no more."""
        process = None
        jobs: deque[Job] = deque()
        try:
            while self._jobs.wait():
                process = process or self._start()
                jobs = self._jobs.take()
                if jobs and not self._work_off(process, jobs):
                    self._end(process)
                    process = None
        except BrokenExecutor as error:
            self._jobs.drop(error)
        except BaseException as error:  # a defect here must not leave callers waiting
            self._jobs.drop(BrokenExecutor(f"{type(error).__name__}: {error}"))
            self._jobs.give_back(jobs)
            raise
        finally:
            if process:
                self._end(process)

    def _start(self) -> WorkerProcess:
        """A process that is ready. Raises BrokenExecutor."""
        said = ""
        for attempt in range(START_TRIES):
            time.sleep(START_PAUSE_S if attempt else 0)
            try:
                process = WorkerProcess(self._setup)
            except OSError as error:
                said = str(error)
                continue
            with self._lock:
                self.started += 1
                self._processes.add(process)
                if self._jobs.dropped:
                    process.kill()
            answer = process.answer()
            if answer and not answer.error:
                process.ready_bytes = answer.resident_bytes
                return process
            said = ended_by(self._end(process))
            if self._jobs.dropped:
                break
            if answer:
                raise BrokenExecutor(f"no worker can load the work: {answer.error}")
        raise BrokenExecutor(f"no worker starts: {said}")

    def _end(self, process: WorkerProcess) -> int:
        """End a process; gives its exit status."""
        with self._lock:
            self._processes.discard(process)
        return process.end()

    def _work_off(self, process: WorkerProcess, jobs: deque[Job]) -> bool:
        """Have jobs done; False if the process can do no more: then what is left has been given back."""
        process.give([job.task for job in jobs])
        while jobs:
            answer = process.answer()
            if answer is None:
                self._lost(process, jobs)
                return False
            settle(jobs.popleft(), answer)
            self.peak_bytes = max(self.peak_bytes, answer.resident_bytes)
            if self._is_spent(process, answer):
                self._jobs.give_back(jobs)
                return False
        return True

    def _is_spent(self, process: WorkerProcess, answer: Answer) -> bool:
        """Whether a process has to be replaced."""
        if process.late or (answer.error and answer.error.reason == "extract_oom"):
            return True
        if answer.resident_bytes:
            return answer.resident_bytes - process.ready_bytes > self._growth_bytes
        return process.done > RECYCLE_TASKS

    def _lost(self, process: WorkerProcess, jobs: deque[Job]) -> None:
        """A process ended at the first of these jobs, which fails, or is tried once more; the others are given back."""
        status = self._end(process)
        if not self._jobs.dropped:
            jobs[0].crashes += not process.late
            if process.late or jobs[0].crashes >= TRIES:
                job = jobs.popleft()
                job.future.set_exception(self._failure(process, status, job.url))
        self._jobs.give_back(jobs)

    def _failure(self, process: WorkerProcess, status: int, url: str | None) -> WorkerFailed:
        """What a job comes to that has lost its process."""
        if process.late:
            return WorkerFailed(f"more than {self._setup.timeout_s:g} s", reason="extract_timeout", url=url)
        if status == -getattr(signal, "SIGKILL", 9):  # not by this pool: by the system, when memory runs out
            return WorkerFailed("the system killed the worker", reason="extract_oom", url=url)
        return WorkerFailed(ended_by(status), reason="extract_crash", url=url)


def settle(job: Job, answer: Answer) -> None:
    """Tell the caller what a job has come to."""
    if answer.error:
        answer.error.url = answer.error.url or job.url
        job.future.set_exception(answer.error)
    else:
        job.future.set_result(answer.result)


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ended_by(status: int) -> str:
    """An exit status in words.

    >>> ended_by(-11), ended_by(3)
    ('the worker ended by SIGSEGV', 'the worker ended by exit status 3')
    """
    by = f"exit status {status}" if status >= 0 else f"signal {-status}"
    if -status in {*signal.Signals}:
        by = signal.Signals(-status).name
    return f"the worker ended by {by}"
