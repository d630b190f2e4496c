"""What runs in a worker process: `main` does tasks, within limits of memory and time that it sets itself.

What goes through the pipes are pickles of pickles: one that can't be unpickled costs only itself.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any

from newsclean.errors import NewscleanError, WorkerFailed

MAX_TASKS = 1000  # of a process; by then one has 130 to 180 MB, of the 52 with which it begins: 2 % of CPU for the next


def main(memory_bytes: int) -> None:
    """Answer messages until there are no more, that is when the parent is gone, or they were enough.

    A message is the pickled work, the pickled task or None, and seconds. They come on standard input, the answers go to
    what was standard output; what a library prints goes to standard error. What takes longer ends the process, whatever
    runs by then: faulthandler needs no Python for it.
    """
    messages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it is the parent's affair to end it
    limit_memory(memory_bytes)
    with suppress(EOFError, BrokenPipeError):
        for _ in range(1 + MAX_TASKS):
            work, task, limit_s = pickle.load(messages)  # noqa: S301 - from the parent, which started this
            faulthandler.dump_traceback_later(limit_s, exit=True, file=0)
            answer = answered(work, task)
            faulthandler.cancel_dump_traceback_later()
            pickle.dump(answer, answers)
            answers.flush()
    os._exit(0)  # a thread that a library has left behind does not keep the process


def limit_memory(memory_bytes: int) -> None:
    """Let no more than this be taken; 0 for any."""
    with suppress(ImportError, ValueError, OSError):  # Windows; a hard limit that is lower; what macOS does not take
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if memory_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))


def answered(work: bytes, task: bytes | None) -> bytes:
    """The pickled result of a task and its error, one of which is None; both for no task: the work is loaded only."""
    try:
        do = loaded(work)
        return pickle.dumps((do(pickle.loads(task)) if task else None, None), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except BaseException as raised:  # SystemExit too: the next task is not to suffer from this one
        return pickle.dumps((None, as_typed(raised)))


@cache
def loaded(work: bytes) -> Callable[[Any], Any]:
    """The work, warm."""
    do: Callable[[Any], Any] = pickle.loads(work)  # noqa: S301
    getattr(do, "warm", lambda: None)()
    gc.collect()
    gc.freeze()  # libraries, rules and models stay for good: the collector need not walk them again and again
    return do


def as_typed(raised: BaseException) -> NewscleanError:
    """What the parent gets for what was raised here: itself if it is typed; else with a traceback as note."""
    if isinstance(raised, NewscleanError):
        return raised
    if isinstance(raised, MemoryError):
        return WorkerFailed(str(raised), reason="extract_oom")
    said = traceback.format_exception_only(raised)[0].strip()
    error = NewscleanError(said) if isinstance(raised, Exception) else WorkerFailed(said)
    error.add_note("".join(traceback.format_exception(raised)))
    return error
