"""A pool of worker processes that can be killed: a page that hangs, swells or crashes costs only itself.

A thread for each process gives it one task at a time and waits for the answer. Processes of multiprocessing would run
the `__main__` once more, which a notebook does not have and a script without a guard does not expect. Ours limit
themselves, in memory and in time, so that nobody need watch them, and have pipes of their own. With pipes that all
share, as Pebble has them, a task is blamed for the end of a process that was done with it, if this program was too busy
to have read the answer; and a process that ends within an answer takes all with it.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from subprocess import PIPE, CalledProcessError, Popen, TimeoutExpired
from time import monotonic
from typing import Any, Self

from newsclean.errors import NewscleanError, UsageError, WorkerFailed

MEMORY_BYTES = 2 << 30
MAX_TIMEOUT_S = 86_400.0
START_S = 60.0  # Python, trafilatura and the models take 1 s of CPU; a busy machine may take many times that
TRIES = 2  # processes that a task may cost: the system may have ended the first for another's sake
# resource while no folder of the program is looked into: a module of that name may stand there; Windows has none
PROGRAM = """import contextlib, sys
with contextlib.suppress(ImportError): import resource
_, limit, *sys.path = sys.argv
from newsclean.batch.worker_main import main
main(int(limit))"""
END_S = 5.0  # of a process whose pipe is closed: the system closes it before it ends
KILLED = -9  # by the system, when memory runs out

Answer = tuple[Any, Exception | None]  # the result of a task, or its error


class WorkerPool:
    """Does tasks in processes; a context that waits for what was submitted, or drops it if left by an exception.

    Processes start when there is something to do, and anew when one was lost or has done a thousand tasks. Those of a
    pool that nobody holds any more end when all is done, closed or not; a program waits for that at its end, as for any
    executor of Python.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        *,
        workers: int | None = None,
        timeout_s: float = 30.0,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """Make ready; no process is started yet.

        Args:
            work: what to do with a task: a function of a module other than `__main__`, or an object that can be
                pickled. If it has a method `warm`, that is called before the first task. It is done twice with a task
                that crashes a process.
            workers: how many processes; by default one for each processor that this process may use.
            timeout_s: for one task, more than 0, at most a day.
            memory_bytes: of address space, for one process; 0 for any. Not on Windows.

        Raises:
            UsageError: a number is out of range.
        """
        if workers is not None and workers < 1:
            raise UsageError(f"workers must be at least 1, or None for one for each processor; not {workers}")
        if not 0 < timeout_s <= MAX_TIMEOUT_S:
            raise UsageError(f"timeout_s must be more than 0 and at most {MAX_TIMEOUT_S:g}; not {timeout_s}")
        if not 0 <= memory_bytes <= sys.maxsize:
            raise UsageError(f"memory_bytes must be at least 0 and at most {sys.maxsize}; not {memory_bytes}")
        count = workers or usable_processors()
        self._processes = [Process(pickle.dumps(work), timeout_s, int(memory_bytes)) for _ in range(count)]
        self._idle = [*self._processes]  # one for each thread; the last used first, so that few are started
        self._threads = ThreadPoolExecutor(count, "newsclean-worker")

    @property
    def lost(self) -> bool:
        """Whether a process was lost with a task, which another may have done since."""
        return any(process.lost for process in self._processes)

    def submit(self, task: Any) -> Future[Any]:
        """Have a task done; from any thread.

        The future raises what the work raised, if that is a NewscleanError, and a NewscleanError with reason
        `internal_error` for any other exception; WorkerFailed if the process was lost; BrokenExecutor if none starts.

        Args:
            task: what to do; pickled here. Errors name its `url`, if it has one.

        Raises:
            RuntimeError: the pool is closed.
        """
        return self._threads.submit(self._do, pickle.dumps(task, pickle.HIGHEST_PROTOCOL), getattr(task, "url", None))

    def close(self, *, wait: bool = True) -> None:
        """End the processes when all that was submitted is done. Not for use in a signal handler.

        Args:
            wait: without it they end at once, and what is not done is cancelled.
        """
        try:
            self._threads.shutdown(wait)
        finally:  # after all is done, at once, or when Ctrl-C ends the waiting
            for process in self._processes:
                process.kill()
            self._threads.shutdown()
            for process in self._processes:
                process.end()

    def _do(self, task: bytes, url: str | None) -> Any:
        process = self._idle.pop()
        try:
            result, error = process.do(task)
        finally:
            self._idle.append(process)
        if error is None:
            return result
        if isinstance(error, NewscleanError):
            error.url = error.url or url
        try:
            raise CancelledError if process.killed else error
        finally:
            del task, error  # whoever keeps the error keeps this frame, in its traceback

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, at: object) -> None:
        self.close(wait=error is None)


class Process:
    """A worker process: started when there is a task, replaced when it is lost.

    Args:
        work: the pickled callable that takes a task and gives its result.
        timeout_s: for one task.
        memory_bytes: of address space; 0 for any.

    Attributes:
        killed: whether it is to do no more.
        lost: whether one was, ever.
    """

    def __init__(self, work: bytes, timeout_s: float, memory_bytes: int) -> None:
        self.killed = self.lost = False
        self._work, self._timeout_s, self._memory_bytes = work, timeout_s, memory_bytes
        self._popen: Any = None  # a Popen, from the first task on

    def do(self, task: bytes) -> Answer:
        """What a pickled task comes to; WorkerFailed if its process was lost, BrokenExecutor if none starts."""
        failed: Exception = CancelledError()
        for _ in range(0 if self.killed else TRIES):
            begun_s = None
            try:
                self._start()
                begun_s = monotonic()
                return self._asked(task, self._timeout_s)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self.lost = True
                lost = CalledProcessError(status, "worker") if (status := self.end(END_S)) else error
            except BaseException:  # no memory, say: what is not read by now would be taken for the next task's answer
                self.end()
                raise
            if begun_s is None:
                failed = BrokenExecutor(f"no worker starts: {lost}")
            elif monotonic() - begun_s >= self._timeout_s:
                return None, WorkerFailed(f"more than {self._timeout_s:g} s", reason="extract_timeout")
            else:
                failed = WorkerFailed(str(lost), reason="extract_oom" if status == KILLED else "extract_crash")
        return None, failed

    def kill(self) -> None:
        """End it at once, for good; from any thread."""
        self.killed = True
        if self._popen:
            self._popen.kill()

    def end(self, patience_s: float = 0.0) -> int:
        """End what runs, and give its exit status; its own, if it ends by itself in the time that it is given."""
        if not self._popen:
            return 0
        with suppress(OSError), self._popen:  # closes the pipes; what it has not read can't be flushed
            with suppress(TimeoutExpired):
                self._popen.wait(patience_s)
            self._popen.kill()
        return int(self._popen.returncode)

    def __del__(self) -> None:
        self.end()

    def _start(self) -> None:
        if self._popen and self._popen.poll() is None:
            return
        self.end()
        self._popen = Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-P", "-c", PROGRAM, str(self._memory_bytes), *sys.path],
            stdin=PIPE,
            stdout=PIPE,
            process_group=0 if os.name == "posix" else -1,  # Ctrl-C in the terminal is the parent's affair
        )
        if self.killed:  # only now: `kill` has not seen this process
            self._popen.kill()
        if error := self._asked(None, START_S)[1]:
            raise BrokenExecutor(f"no worker starts: {error}") from error

    def _asked(self, task: bytes | None, limit_s: float) -> Answer:
        """What a task, or the loading of the work, comes to; raises as `pickle.load` if the process ends before."""
        pickle.dump((self._work, task, limit_s), self._popen.stdin)
        self._popen.stdin.flush()
        answer: Answer = pickle.loads(pickle.load(self._popen.stdout))  # noqa: S301 - from newsclean's own process
        return answer


def usable_processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
