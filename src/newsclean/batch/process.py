"""A worker as the thread that feeds it sees it: one process that does its tasks, replaced when it is lost."""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import suppress
from typing import BinaryIO, cast

from newsclean.batch.worker import Answer
from newsclean.errors import NewscleanError, WorkerFailed

TRIES = 2  # processes that a task may crash
START_TRIES = 3
START_PAUSE_S = 0.5  # between two tries: memory or file handles may be short for a moment
START_S = 60.0  # Python, trafilatura and the models take 1 s of CPU; a busy machine may take many times that
ALARM = getattr(signal, "SIGALRM", 14)
END_S = 5.0  # of a process whose pipe is closed: Python closes it before it ends


class Worker:
    """Has tasks done for one thread; others may call `kill` and `stop`.

    A process of its own program rather than of multiprocessing's: that would run the caller's `__main__` once more in
    each worker, which a notebook does not have and a script without a guard does not expect.

    Args:
        work: the pickled callable that takes a task and gives its result.
        timeout_s, memory_bytes, growth_bytes: as `WorkerPool` takes them.

    Attributes:
        started: how many processes have been started so far.
        peak_bytes: the largest resident memory that one of them has reported.
        deadline: when an answer is overdue, by the monotonic clock: whoever sees that calls `kill`.
    """

    def __init__(self, work: bytes, timeout_s: float, memory_bytes: int, growth_bytes: int) -> None:
        self.started = 0
        self.peak_bytes = 0
        self.deadline = math.inf
        self._work, self._timeout_s = work, timeout_s
        self._command = f"from newsclean.batch.worker import main; main({int(memory_bytes)}, {int(growth_bytes)})"
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False  # whether it was lost because an answer did not come in time

    def do(self, tasks: Iterable[bytes]) -> Iterator[Answer]:
        """Have pickled tasks done: an answer for each, in order. Raises BrokenExecutor, CancelledError.

        The process gets all at once, so that it need not wait for this one between two; it answers one by one, so it is
        known which task it was lost with. The others, and one that has crashed it for the first time, go to a new one.
        """
        left, crashes = deque(tasks), 0
        while left:
            process = self._process or self._start()
            for answer in self._ask(process, [*left], self._timeout_s):
                left.popleft()
                crashes = 0
                self.peak_bytes = max(self.peak_bytes, answer.resident_bytes)
                if answer.spent:
                    self.end()
                yield answer
                if not self._process:
                    break
            if left and self._process:
                crashes += 1
                error = self._failure(self._lost())
                if self._late or crashes == TRIES:
                    left.popleft()
                    crashes = 0
                    yield Answer(error=error)

    def kill(self) -> None:
        """End the process, whatever it does, and what it has forked: that would hold the pipe open."""
        if process := self._process:
            kill(process)

    def stop(self) -> None:
        """End the process, and start no other: `do` raises or returns at once."""
        self._stopped.set()
        self.kill()

    def end(self) -> int:
        """End the process, if there is one, and clean up; gives its exit status, negative for a signal."""
        process, self._process = self._process, None
        if not process:
            return 0
        with suppress(OSError), process:  # an error: what it has not read can't be written
            kill(process)
        return process.returncode

    def _lost(self) -> int:
        """As `end`, of a process that has closed its pipe: left to end by itself, so that the status is its own."""
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_S)
        status = self.end()
        self._late = self._late or status == -ALARM  # its own was first, as this process was busy
        return status

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that is ready. Raises BrokenExecutor, CancelledError."""
        said = ""
        for attempt in range(START_TRIES):
            if self._stopped.wait(START_PAUSE_S if attempt else 0):
                raise CancelledError
            try:
                process = self._process = self._spawn()
            except OSError as error:
                said = str(error)
                continue
            self.started += 1
            if self._stopped.is_set():  # only now: `stop` has not seen this process
                self.kill()
            answer = next(self._ask(process, [self._work], START_S), None)
            if answer and not answer.error:
                return process
            said = ended_by(self.end() if answer else self._lost())
            if answer:
                raise BrokenExecutor(f"no worker can load the work: {answer.error}")
        raise BrokenExecutor(f"no worker starts: {said}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        """A new process. Raises OSError."""
        return subprocess.Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-P", "-c", self._command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)},
            process_group=0 if os.name == "posix" else -1,  # Ctrl-C in the terminal is the parent's affair
        )

    def _ask(self, process: subprocess.Popen[bytes], messages: list[bytes], timeout_s: float) -> Iterator[Answer]:
        """The answers to messages, in order, `timeout_s` for each; fewer if the process ends before."""
        stdin, stdout = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        self.deadline = time.monotonic() + timeout_s
        try:
            pickle.dump((messages, timeout_s), stdin)
            stdin.flush()
            for _ in messages:
                answer = pickle.load(stdout)  # noqa: S301 - from newsclean's own process
                self.deadline = math.inf
                yield unpickled(answer)
                self.deadline = time.monotonic() + timeout_s
        except (EOFError, OSError, pickle.UnpicklingError):  # it ended before, or within the answer
            self._late = time.monotonic() >= self.deadline
        self.deadline = math.inf

    def _failure(self, status: int) -> WorkerFailed:
        """What a task comes to that has lost its process."""
        if self._late:
            return WorkerFailed(f"more than {self._timeout_s:g} s", reason="extract_timeout")
        if status == -getattr(signal, "SIGKILL", 9):  # not by this pool: by the system, when memory runs out
            return WorkerFailed("the system killed the worker", reason="extract_oom")
        return WorkerFailed(ended_by(status), reason="extract_crash")


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that was not waited for, and those of its group."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            if process.returncode is None:  # else its number may be another's by now
                os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def unpickled(answer: bytes) -> Answer:
    """An answer, or why it can't be had."""
    try:
        return cast(Answer, pickle.loads(answer))  # noqa: S301
    except Exception as error:  # a result of the caller's own type can refuse in any way
        return Answer(error=NewscleanError(f"the result can't be unpickled: {type(error).__name__}: {error}"))


def ended_by(status: int) -> str:
    """An exit status in words.

    >>> ended_by(-11), ended_by(3)
    ('the worker ended by SIGSEGV', 'the worker ended by exit status 3')
    """
    by = signal.Signals(-status).name if -status in {*signal.Signals} else f"exit status {status}"
    return f"the worker ended by {by}"
