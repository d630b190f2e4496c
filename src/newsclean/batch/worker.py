"""What runs in a worker process, started by `batch/process.py`: it reads messages and answers them, one by one.

They come on its standard input, the answers go to what was its standard output; what a library prints goes to standard
error. Messages come in chunks: the pickle of (pickles, seconds that each may take). The first is the work, the others
are its tasks. An answer is the pickle of a pickled Answer. So what can't be unpickled costs only itself. The process
ends when its input does, that is when its parent is gone.
"""

from __future__ import annotations

import gc
import math
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from newsclean.errors import NewscleanError, WorkerFailed

try:
    import resource
except ImportError:  # Windows: no limits, and nobody tells how much memory there is
    resource = None  # type: ignore[assignment]

RECYCLE_TASKS = 500  # where the system does not tell how much memory a process has
MAX_ANSWER_BYTES = 64 << 20  # a page of 5 MB, the most that is read, becomes an article of 6 MB
STATM = Path("/proc/self/statm")  # Linux; proc_pid_statm(5)


class Answer(NamedTuple):
    """What became of one message.

    Attributes:
        result: what the work gave.
        error: what it raised instead.
        resident_bytes: the worker's memory after it; 0 where the system does not tell.
        spent: the worker does no more, and another has to take its place.
    """

    result: Any = None
    error: Exception | None = None
    resident_bytes: int = 0
    spent: bool = False


class Work:
    """What this process does: the first message says it, and each other one is a task.

    Args:
        growth_bytes: of resident memory that the process may gain by its tasks.

    Attributes:
        spent: the process has gained more, has run out of memory, or has done so many tasks that it may have.
    """

    def __init__(self, growth_bytes: int) -> None:
        self.spent = False
        self._growth_bytes = growth_bytes
        self._do: Callable[[Any], Any] | None = None
        self._ready_bytes = 0  # resident memory before the first task
        self._done = 0

    def __call__(self, said: Any) -> Any:
        """The result of a task, or None for the work itself, which is warm then."""
        if self._do:
            self._done += 1
            return self._do(said)
        getattr(said, "warm", lambda: None)()
        # Libraries, rules and models stay for good: the collector need not walk them again and again.
        gc.collect()
        gc.freeze()
        self._do, self._ready_bytes = said, resident_bytes()
        return None

    def measured(self, error: Exception | None = None) -> tuple[int, bool]:
        """The memory of this process after a message, and whether it is spent."""
        bytes_now = resident_bytes()
        if self._done:
            grown = bytes_now - self._ready_bytes > self._growth_bytes if bytes_now else self._done > RECYCLE_TASKS
            self.spent = grown or getattr(error, "reason", "") == "extract_oom"
        return bytes_now, self.spent


def main(memory_bytes: int, growth_bytes: int) -> None:
    """Answer messages until there are no more, or the process is spent.

    Args:
        memory_bytes: of address space, which are enough; 0 for any.
        growth_bytes: as `Work` takes them.
    """
    messages, answers = take_pipes()
    shield(memory_bytes)
    work = Work(growth_bytes)
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):  # the parent is gone, or was killed as it wrote
        while True:
            chunk, timeout_s = pickle.load(messages)  # noqa: S301 - from the parent, which started this
            for message in chunk:
                pickle.dump(answered(work, message, timeout_s), answers)
                answers.flush()
                if work.spent:  # here rather than there: the next task would have been begun by then
                    return


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the reach of libraries that read standard input or print."""
    messages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return messages, answers


def shield(memory_bytes: int) -> None:
    """Keep the process within its limits, and leave it to the parent to end it."""
    for number, action in (("SIGINT", signal.SIG_IGN), ("SIGTERM", signal.SIG_IGN), ("SIGALRM", signal.SIG_DFL)):
        if hasattr(signal, number):  # Windows has no alarm; what it is for: see `answered`
            signal.signal(getattr(signal, number), action)
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # a hard limit that is lower stays; macOS does not take every limit
            if memory_bytes:
                resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))


def answered(work: Work, message: bytes, timeout_s: float) -> bytes:
    """Do what a message says, and give the pickled Answer.

    The parent ends the process when this takes too long. If the parent is gone by then, an alarm does, whatever runs:
    its default action needs no Python.
    """
    error: NewscleanError
    alarm = getattr(signal, "alarm", lambda _: None)
    alarm(math.ceil(timeout_s) + 1)
    try:
        answer = pickle.dumps(Answer(work(pickle.loads(message)), None, *work.measured()), pickle.HIGHEST_PROTOCOL)  # noqa: S301
        if len(answer) <= MAX_ANSWER_BYTES:
            return answer
        error = WorkerFailed(f"an answer of {len(answer):,} bytes", reason="extract_oom")
    except BaseException as raised:  # SystemExit too: the next task is not to suffer from this one
        error = as_typed(raised)
    finally:
        alarm(0)
    return pickle.dumps(Answer(None, error, *work.measured(error)), pickle.HIGHEST_PROTOCOL)


def as_typed(raised: BaseException) -> NewscleanError:
    """What the parent raises for what was raised here: itself if it is typed; else with a traceback as note."""
    if isinstance(raised, NewscleanError) and is_picklable(raised):
        return raised
    if isinstance(raised, MemoryError):
        return WorkerFailed(str(raised), reason="extract_oom")
    try:
        said = f"{type(raised).__name__}: {raised}"
    except Exception as untold:  # even that is an exception's own code
        said = f"{type(raised).__name__}, which can't be told: {type(untold).__name__}"
    error = NewscleanError(said) if isinstance(raised, Exception) else WorkerFailed(said)
    error.add_note("".join(traceback.format_exception(raised)))
    return error


def is_picklable(error: NewscleanError) -> bool:
    """Whether an error can be sent; not if somebody hung on it what can't."""
    try:
        pickle.dumps(error)
    except Exception:  # whatever its attributes raise
        return False
    return True


def resident_bytes() -> int:
    """The memory that this process has now, or had at most where the system only tells that; 0 if it tells nothing."""
    if not resource:
        return 0
    with suppress(OSError):
        return int(STATM.read_bytes().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
