"""The tasks of a pool that wait for a worker, in order, shared fairly among the threads that feed the workers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any

CHUNK = 8  # tasks that a worker gets at a time, at most


@dataclass(slots=True, eq=False)
class Job:
    """A task on its way.

    Attributes:
        task: pickled.
        future: what the caller waits for.
        url: what the task is about, for errors.
        crashes: how many workers it has cost.
    """

    task: bytes
    future: Future[Any]
    url: str | None = None
    crashes: int = 0

    def begin(self) -> bool:
        """Whether the caller still wants it; from now on it can't be cancelled."""
        return self.future.running() or self.future.set_running_or_notify_cancel()

    def cancel(self) -> None:
        """Tell the caller that it will not be done."""
        if self.future.cancel():
            self.future.set_running_or_notify_cancel()  # tells those who wait
        else:
            self.future.set_exception(CancelledError())


class Jobs:
    """A queue that takes jobs back.

    Attributes:
        dropped: whether jobs are no longer done.
    """

    def __init__(self, takers: int) -> None:
        """Share among so many."""
        self.dropped = False
        self._takers = takers
        self._closed = False
        self._why: BaseException | None = None
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()  # guards the others

    def add(self, job: Job) -> None:
        """Put a job at the end. Raises RuntimeError if there shall be no more, or what they were dropped for."""
        with self._changed:
            if self._closed:
                raise again(self._why) if self._why else RuntimeError("the pool is closed")
            self._waiting.append(job)
            self._changed.notify()

    def give_back(self, jobs: Iterable[Job]) -> None:
        """Put jobs that were taken at the front."""
        with self._changed:
            self._waiting.extendleft(reversed([*jobs]))
            self._changed.notify_all()
        if self.dropped:
            self.drop(self._why)

    def wait(self) -> bool:
        """Wait until a job waits; False if none will."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return bool(self._waiting)

    def take(self) -> deque[Job]:
        """The next jobs for one worker: half of its share, so that all end together; none if others were faster.

        A job that has crashed a worker goes alone.
        """
        jobs: deque[Job] = deque()
        with self._changed:
            share = min(CHUNK, -(-len(self._waiting) // (2 * self._takers)))
            while self._waiting and len(jobs) < share:
                alone = self._waiting[0].crashes > 0
                if alone and jobs:
                    break
                job = self._waiting.popleft()
                if job.begin():
                    jobs.append(job)
                    share = 1 if alone else share
        return jobs

    def close(self) -> None:
        """Take no more; what waits is still given out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def drop(self, why: BaseException | None = None) -> None:
        """Do without what waits, and what is added or given back later: it fails with `why`, or is cancelled."""
        with self._changed:
            self.dropped = self._closed = True
            self._why = self._why or why
            jobs = [*self._waiting]
            self._waiting.clear()
            self._changed.notify_all()
        for job in jobs:
            if not self._why:
                job.cancel()
            elif job.begin():
                job.future.set_exception(again(self._why))


def again(error: BaseException) -> BaseException:
    """The same error anew: each that is raised gets a traceback of its own."""
    return type(error)(*error.args)
