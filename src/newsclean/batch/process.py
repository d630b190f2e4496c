"""A worker process as its parent sees it: started when there is a task, asked through pipes, replaced when lost."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, CalledProcessError, Popen, TimeoutExpired
from typing import Any, cast

from newsclean.batch.worker_main import LATE, Answer
from newsclean.errors import NewscleanError, WorkerFailed

PROGRAM = "import sys; _, limit, *sys.path = sys.argv; from newsclean.batch.worker_main import main; main(int(limit))"
START_S = 60.0  # Python, trafilatura and the models take 1 s of CPU; a busy machine may take many times that
TRIES = 2  # processes that a task may cost: the system may have ended the first for another's sake
END_S = 5.0  # of a process whose pipe is closed: Python closes it before it ends
KILLED = -9  # SIGKILL: by the system, when memory runs out
ENDED = 1  # what the parent had to end, which says nothing of memory


class Process:
    """Does tasks, one at a time.

    Args:
        work: the pickled callable that takes a task and gives its result.
        timeout_s: for one task.
        memory_bytes: of address space; 0 for any.

    Attributes:
        killed: whether it is to do no more.
    """

    def __init__(self, work: bytes, timeout_s: float, memory_bytes: int) -> None:
        self.killed = False
        self._work, self._timeout_s, self._memory_bytes = work, timeout_s, memory_bytes
        self._popen: Popen[bytes] | None = None

    def kill(self) -> None:
        """End it at once, for good; from any thread."""
        self.killed = True
        if popen := self._popen:
            popen.kill()

    def do(self, task: bytes) -> Answer:
        """What a pickled task comes to.

        Raises:
            OSError, CalledProcessError, NewscleanError: no process can be started.
        """
        for _ in range(TRIES):
            if self._popen is None or self._popen.poll() is not None:
                self._start()
            if answer := self._ask(task, self._timeout_s):
                return answer
            status = self.end(END_S)
        said, reason = str(CalledProcessError(status, "worker")), "extract_oom" if status == KILLED else "extract_crash"
        return None, WorkerFailed(said, reason=reason)

    def end(self, patience_s: float = 0.0) -> int:
        """End what runs, and give its exit status; ENDED if it did not end by itself in the time that it is given."""
        if self._popen is None:
            return 0
        status = ENDED
        with suppress(OSError), self._popen as popen:  # an error: what it has not read can't be written
            with suppress(TimeoutExpired):
                status = popen.wait(patience_s)
            popen.kill()
        return status

    def _start(self) -> None:
        """Make ready; raises what `do` raises."""
        self.end()
        paths = [at for at in sys.path if isinstance(at, str) and "\0" not in at]  # Python passes over others as well
        self._popen = Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-c", PROGRAM, str(self._memory_bytes), *paths],
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if sys.stderr else DEVNULL,
            process_group=0 if os.name == "posix" else -1,  # Ctrl-C in the terminal is the parent's affair
        )
        if self.killed:  # only now: `kill` has not seen this process
            self._popen.kill()
        _, error = self._ask(None, START_S) or (None, CalledProcessError(self.end(END_S), "worker"))
        if error:
            self.end()
            raise error

    def _ask(self, task: bytes | None, limit_s: float) -> Answer | None:
        """What a task, or the loading of the work, comes to; None if the process ends before it can tell."""
        popen: Any = self._popen
        try:
            pickle.dump((self._work, task, limit_s), popen.stdin)
            popen.stdin.flush()
            if popen.stdout.peek(1).startswith(LATE):
                self.end()
                return None, WorkerFailed(f"more than {limit_s:g} s", reason="extract_timeout")
            answer = pickle.load(popen.stdout)  # noqa: S301 - from newsclean's own process
        except BaseException:  # it has ended; or what is there is no answer, but what a task wrote into every open file
            return None
        try:
            return cast(Answer, pickle.loads(answer))  # noqa: S301
        except BaseException as error:  # a result of the caller's own type can refuse in any way, SystemExit too
            return None, NewscleanError(f"the result can't be unpickled: {type(error).__name__}: {error}")
