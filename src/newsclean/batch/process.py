"""A worker process as the thread that feeds it sees it: start, give tasks, take answers, end."""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import BinaryIO, cast

from newsclean.batch.pipes import Answer, Setup, read_frame, write_frame
from newsclean.errors import NewscleanError

START_S = 60.0  # Python, trafilatura and the models take 1 s of CPU; a busy machine may take many times that


class WorkerProcess:
    """A process that does tasks; one thread calls it, another may call `end_if_late` and `kill`.

    A process of its own program rather than of multiprocessing's: that would run the caller's `__main__` once more in
    each worker, which a notebook does not have and a script without a guard does not expect.

    Attributes:
        done: how many answers it has given, the one that it is ready among them.
        ready_bytes: its resident memory before the first task.
        late: whether it was ended because an answer did not come in time.
    """

    def __init__(self, setup: Setup) -> None:
        """Start it; its first answer says that it is ready. Raises OSError."""
        self.done = 0
        self.ready_bytes = 0
        self.late = False
        self._timeout_s, self._max_bytes = setup.timeout_s, setup.max_answer_bytes
        self._lock = threading.Lock()
        self._owed = 1
        self._deadline = time.monotonic() + START_S
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "newsclean.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)},
            process_group=0 if os.name == "posix" else -1,  # Ctrl-C in the terminal is the parent's affair
        )
        self._send(pickle.dumps(setup))

    def give(self, tasks: list[bytes]) -> None:
        """Send tasks; as many answers will come, in the same order."""
        with self._lock:
            self._owed = len(tasks)
            self._deadline = time.monotonic() + self._timeout_s
        self._send(pickle.dumps(tasks))

    def answer(self) -> Answer | None:
        """The next answer; None if the process has ended."""
        try:
            frame = read_frame(cast(BinaryIO, self._process.stdout), self._max_bytes)
        except (EOFError, OSError):
            return None
        with self._lock:
            self.done += 1
            self._owed -= 1
            if not self.late:
                self._deadline = time.monotonic() + self._timeout_s if self._owed else math.inf
        try:
            return cast(Answer, pickle.loads(frame))  # noqa: S301 - from newsclean's own process
        except Exception as error:  # a result of the caller's own type can refuse in any way
            return Answer(error=NewscleanError(f"the result can't be unpickled: {type(error).__name__}: {error}"))

    def end_if_late(self) -> None:
        """End the process if an answer is overdue."""
        with self._lock:
            if time.monotonic() > self._deadline:
                self.late = True
                self._process.kill()

    def kill(self) -> None:
        """End the process; `answer` gives None from then on."""
        self._process.kill()

    def end(self) -> int:
        """End the process and clean up; gives its exit status, negative for a signal."""
        self._process.kill()
        with suppress(OSError):  # what it has not read
            cast(BinaryIO, self._process.stdin).close()
        cast(BinaryIO, self._process.stdout).close()
        status = self._process.wait()
        self.late = self.late or status == -getattr(signal, "SIGALRM", 0)
        return status

    def _send(self, data: bytes) -> None:
        with suppress(OSError):  # it has ended: `answer` tells
            write_frame(cast(BinaryIO, self._process.stdin), data)
