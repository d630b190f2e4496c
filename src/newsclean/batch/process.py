"""A worker process: `Worker` is the thread that feeds it, `main` is what runs in it.

A process of its own program rather than of multiprocessing's: that would run the caller's `__main__` once more in each
worker, which a notebook does not have and a script without a guard does not expect. It limits itself, in memory and in
time, so that nobody need watch it; and it has pipes of its own. In a pool with pipes that all share, such as Pebble's,
a task is blamed for the end of a process that was done with it, if this program was too busy to have read the answer;
and a process that ends within an answer takes all with it. What goes through the pipes are pickles of pickles: one that
can't be unpickled costs only itself.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from functools import cache
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, CalledProcessError, Popen, TimeoutExpired
from typing import Any, cast

from newsclean.errors import NewscleanError, WorkerFailed

try:
    import resource
except ImportError:  # Windows: no limit of memory
    resource = None  # type: ignore[assignment]

TRIES = 2  # processes that a task may cost: the system may have ended the first for another's sake
MAX_TASKS = 1000  # of a process; by then one has 130 to 180 MB, of the 52 with which it begins: 2 % of CPU for the next
START_S = 60.0  # Python, trafilatura and the models take 1 s of CPU; a busy machine may take many times that
END_S = 5.0  # of a process whose pipe is closed: Python closes it before it ends
MAX_ANSWER_BYTES = 64 << 20  # a page of 5 MB, the most that is read, becomes an article of 6 MB
HAS_ALARM = hasattr(signal, "setitimer")
LATE = -14 if HAS_ALARM else 1  # how a process ends that its own limit of time has ended: see `limit`
KILLED = -9  # SIGKILL: by the system, when memory runs out

Job = tuple[bytes, str | None, Future[Any]]  # a pickled task, what it is about, and what its caller waits for
Answer = tuple[Any, Exception | None]  # the result of a task, or its error


class Worker(threading.Thread):
    """Takes jobs from a queue and has them done in a process, which is replaced when it is lost. Starts at once.

    A daemon: a program that ends without closing its pool does not wait for what it has submitted.

    Args:
        jobs: None for no more; left there for the others.
        work: the pickled callable that takes a task and gives its result.
        limits: memory_bytes and timeout_s, as `WorkerPool` takes them.
    """

    def __init__(self, jobs: SimpleQueue[Job | None], work: bytes, limits: tuple[int, float]) -> None:
        super().__init__(daemon=True)
        self._jobs, self._work, self._timeout_s = jobs, work, limits[1]
        self._command = f"from newsclean.batch.process import main; main{limits}"
        self._process: Popen[bytes] | None = None
        self._stopped = False
        self.start()

    def stop(self) -> None:
        """Cancel all jobs; from any thread."""
        self._stopped = True
        if process := self._process:
            process.kill()

    def run(self) -> None:
        """Do jobs until there are no more."""
        while job := self._jobs.get():
            task, url, future = job
            if self._stopped:
                future.cancel()
            if future.set_running_or_notify_cancel():
                try:
                    result, error = self._do(task)
                except Exception as raised:  # a defect here too must not leave callers waiting
                    result, error = None, BrokenExecutor(f"no worker starts: {raised}")
                if isinstance(error, NewscleanError):
                    error.url = error.url or url
                if error:
                    future.set_exception(CancelledError() if self._stopped else error)
                else:
                    future.set_result(result)
        self._jobs.put(None)
        self._end()

    def _do(self, task: bytes) -> Answer:
        """What a task comes to. Raises OSError, NewscleanError: no process can be started."""
        status = 0
        for _ in range(TRIES):
            process = self._process if self._process and self._process.poll() is None else self._start()
            began = time.monotonic()
            if answer := self._ask(process, task):
                return answer
            is_due = time.monotonic() - began >= self._timeout_s
            status = ended(process)
            if status == LATE or (status == 0 and is_due):  # 0 is also what is told where nobody may wait for children
                return None, WorkerFailed(f"more than {self._timeout_s:g} s", reason="extract_timeout")
        said, reason = str(CalledProcessError(status, "worker")), "extract_oom" if status == KILLED else "extract_crash"
        return None, WorkerFailed(said, reason=reason)

    def _start(self) -> Popen[bytes]:
        """A process that is ready."""
        self._end()
        process = self._process = Popen(  # noqa: S603 - the command is ours
            [sys.executable, "-P", "-c", self._command],
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if sys.stderr else DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path if isinstance(path, str)),
            },
            process_group=0 if os.name == "posix" else -1,  # Ctrl-C in the terminal is the parent's affair
        )
        if self._stopped:  # only now: `stop` has not seen this process
            process.kill()
        _, error = self._ask(process, None) or (None, CalledProcessError(ended(process), "worker"))
        if error:
            self._end()
            raise error
        return process

    def _ask(self, process: Any, task: bytes | None) -> Answer | None:
        """What a task, or the loading of the work, comes to; None if the process ends before it can tell."""
        try:
            pickle.dump((self._work, task), process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)  # noqa: S301 - from newsclean's own process
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        try:
            return cast(Answer, pickle.loads(answer))  # noqa: S301
        except Exception as error:  # a result of the caller's own type can refuse in any way
            return None, NewscleanError(f"the result can't be unpickled: {type(error).__name__}: {error}")

    def _end(self) -> None:
        if self._process:
            with suppress(OSError), self._process as process:  # an error: what it has not read can't be written
                process.kill()


def ended(process: Popen[bytes]) -> int:
    """The exit status of a process that has closed its pipe, or has written there what is no answer."""
    try:
        return process.wait(END_S)
    except TimeoutExpired:
        process.kill()
        return process.wait()


def main(memory_bytes: int, timeout_s: float) -> None:
    """Answer messages until there are no more, that is when the parent is gone, or they were enough.

    They come on standard input, the answers go to what was standard output. What a library prints goes to standard
    error; what it forks does not get the pipes, which would seem to be in use.
    """
    messages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    shield(memory_bytes)
    if resource:
        os.register_at_fork(after_in_child=answers.close)
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        for _ in range(1 + MAX_TASKS):
            work, task = pickle.load(messages)  # noqa: S301 - from the parent, which started this
            pickle.dump(answered(work, task, timeout_s), answers)
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


def answered(work: bytes, task: bytes | None, timeout_s: float) -> bytes:
    """The pickled Answer to a task; None for no task: the work is loaded only."""
    try:
        limit(START_S)
        do = loaded(work)
        limit(timeout_s)
        answer = pickle.dumps((do(pickle.loads(task)) if task else None, None), pickle.HIGHEST_PROTOCOL)  # noqa: S301
        if len(answer) > MAX_ANSWER_BYTES:
            raise WorkerFailed(f"an answer of {len(answer):,} bytes", reason="extract_oom")  # noqa: TRY301
    except BaseException as raised:  # SystemExit too: the next task is not to suffer from this one
        answer = pickle.dumps((None, as_typed(raised)))
    limit(0)
    return answer


def limit(timeout_s: float) -> None:
    """End this process after a time, whatever runs by then, as neither way needs Python for it; 0 for no more."""
    if HAS_ALARM:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # whatever the task before has made of it, or the program around
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
        signal.setitimer(signal.ITIMER_REAL, timeout_s)
    elif timeout_s:  # Windows
        faulthandler.dump_traceback_later(timeout_s, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()


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
