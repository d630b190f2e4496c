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
from typing import Any, BinaryIO, cast

from newsclean.errors import NewscleanError, WorkerFailed

try:
    import resource
except ImportError:  # Windows: no limit of memory
    resource = None  # type: ignore[assignment]

MAX_TASKS = 1000  # of a process; by then one has 130 to 180 MB, of the 52 with which it begins: 2 % of CPU for the next
MAX_ANSWER_BYTES = 64 << 20  # a page of 5 MB, the most that is read, becomes an article of 6 MB
LATE = b"Timeout"  # how faulthandler begins; a pickle does not

Answer = tuple[Any, Exception | None]  # the result of a task, or its error


def main(memory_bytes: int) -> None:
    """Answer messages until there are no more, that is when the parent is gone, or they were enough.

    A message is the pickled work, the pickled task or None, and seconds. They come on standard input, the answers go to
    what was standard output. What a library prints goes to standard error; what it forks does not get the pipe, which
    would seem to be in use.
    """
    messages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    shield(memory_bytes)
    if resource:
        os.register_at_fork(after_in_child=answers.close)
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        for _ in range(1 + MAX_TASKS):
            message = pickle.load(messages)  # noqa: S301 - from the parent, which started this
            pickle.dump(answered(answers, *message), answers)
            answers.flush()
    os._exit(0)  # a thread that a task has left behind does not keep the process


def shield(memory_bytes: int) -> None:
    """Keep the process within its limits, and leave it to the parent to end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # a hard limit that is lower stays; macOS does not take every limit
            if memory_bytes:
                resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))


def answered(answers: BinaryIO, work: bytes, task: bytes | None, limit_s: float) -> bytes:
    """The pickled Answer to a task; None for no task: the work is loaded only.

    What takes too long ends the process with LATE in place of an answer, whatever runs by then: no Python is needed.
    """
    try:
        faulthandler.dump_traceback_later(limit_s, exit=True, file=answers)
        do = loaded(work)
        answer = pickle.dumps((do(pickle.loads(task)) if task else None, None), pickle.HIGHEST_PROTOCOL)  # noqa: S301
        if len(answer) > MAX_ANSWER_BYTES:
            raise WorkerFailed(f"an answer of {len(answer):,} bytes", reason="extract_oom")  # noqa: TRY301
    except BaseException as raised:  # SystemExit too: the next task is not to suffer from this one
        answer = pickle.dumps((None, as_typed(raised)))
    if answers.closed:  # in a fork that comes back from its task; it has no timer, and would wait for one
        os._exit(1)
    faulthandler.cancel_dump_traceback_later()
    return answer


@cache
def loaded(work: bytes) -> Callable[[Any], Any]:
    """The work, warm."""
    do = pickle.loads(work)  # noqa: S301
    getattr(do, "warm", lambda: None)()
    gc.collect()
    gc.freeze()  # libraries, rules and models stay for good: the collector need not walk them again and again
    return cast(Callable[[Any], Any], do)


def as_typed(raised: BaseException) -> NewscleanError:
    """What the parent gets for what was raised here: itself if it is typed; else with a traceback as note."""
    if isinstance(raised, MemoryError):
        return WorkerFailed(str(raised), reason="extract_oom")
    with suppress(Exception):  # whatever is raised by what somebody hung on it
        if isinstance(raised, NewscleanError) and pickle.dumps(raised):
            return raised
    said = traceback.format_exception_only(raised)[0].strip()
    error = NewscleanError(said) if isinstance(raised, Exception) else WorkerFailed(said)
    error.add_note("".join(traceback.format_exception(raised)))
    return error
