"""The process of a worker: `python -m newsclean.batch.worker`, started by `batch/process.py`.

Takes chunks of tasks from its standard input and answers them, one by one, on what was its standard output; what a
library prints goes to standard error. It ends when its input does, that is when its parent is gone.
"""

from __future__ import annotations

import math
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from newsclean.batch.pipes import Answer, Setup, read_frame, write_frame
from newsclean.errors import NewscleanError, WorkerFailed

try:
    import resource
except ImportError:  # Windows: no limits, and nobody tells how much memory there is
    resource = None  # type: ignore[assignment]

STATM = Path("/proc/self/statm")  # Linux; proc_pid_statm(5)


def main() -> None:
    """Do tasks until there are no more."""
    tasks, answers = take_pipes()
    setup: Setup = pickle.loads(read_frame(tasks))  # noqa: S301 - from the parent, which started this
    shield(setup)
    work = None
    try:
        work = pickle.loads(setup.work)  # noqa: S301
        getattr(work, "warm", lambda: None)()
    except BaseException as error:  # whatever keeps the work from being had: the parent tells its caller
        write_frame(answers, pickle.dumps(Answer(error=as_typed(error))))
        return
    write_frame(answers, pickle.dumps(Answer(resident_bytes=resident_bytes())))
    while True:
        for task in pickle.loads(read_frame(tasks)):  # noqa: S301
            write_frame(answers, answered(work, task, setup))


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the reach of libraries that read standard input or print."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return tasks, answers


def shield(setup: Setup) -> None:
    """Keep the process within its limits, and leave it to the parent to end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):  # the last resort: see `answered`
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    if resource:
        limit(resource.RLIMIT_CORE, 0)
        if setup.memory_bytes:
            limit(resource.RLIMIT_AS, setup.memory_bytes)


def limit(what: int, most: int) -> None:
    """Lower a limit of the process; one that is lower already stays."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # macOS does not take every limit of address space
        resource.setrlimit(what, (most, hard))


def answered(work: Callable[[Any], Any], task: bytes, setup: Setup) -> bytes:
    """Do one task, and give the pickled Answer.

    The parent ends the process when the task takes too long. If the parent is gone by then, an alarm does, whatever
    runs: its default action needs no Python.
    """
    error: NewscleanError
    if alarm := getattr(signal, "alarm", None):
        alarm(math.ceil(setup.timeout_s) + 1)
    try:
        answer = pickle.dumps(Answer(work(pickle.loads(task)), None, resident_bytes()), pickle.HIGHEST_PROTOCOL)  # noqa: S301
        if len(answer) <= setup.max_answer_bytes:
            return answer
        error = WorkerFailed(f"an answer of {len(answer):,} bytes", reason="extract_oom")
    except BaseException as raised:  # SystemExit too: the next task is not to suffer from this one
        error = as_typed(raised)
    finally:
        if alarm:
            alarm(0)
    return pickle.dumps(Answer(None, error, resident_bytes()), pickle.HIGHEST_PROTOCOL)


def as_typed(raised: BaseException) -> NewscleanError:
    """What the parent raises for what was raised here: itself if it is typed; else with a traceback as note."""
    if isinstance(raised, NewscleanError):
        return raised
    if isinstance(raised, MemoryError):
        return WorkerFailed(str(raised), reason="extract_oom")
    said = f"{type(raised).__name__}: {raised}"
    error = NewscleanError(said) if isinstance(raised, Exception) else WorkerFailed(said)
    error.add_note("".join(traceback.format_exception(raised)))
    return error


def resident_bytes() -> int:
    """The memory that this process has now, or had at most where the system only tells that; 0 if it tells nothing."""
    if not resource:
        return 0
    with suppress(OSError):
        return int(STATM.read_bytes().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    with suppress(EOFError, BrokenPipeError):  # the parent is gone
        main()
