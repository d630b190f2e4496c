"""Inputs that another thread reads, so that a list which pauses, as a pipe or a feed may, holds up nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Full, Queue

from newsclean.batch.sources import Input

MOST_AHEAD = 100  # inputs that are read and not asked for yet
LOOK_S = 0.5  # how soon a reader that waits for room sees that nobody wants more


def read_aside(inputs: Iterator[Input]) -> Iterator[Input | None]:
    """Each input as soon as it has come, and None whenever there is none yet; raises what reading them raises.

    Nobody waits for the thread at the end: it may never come back from a silent pipe.
    """
    came: Queue[Input | BaseException | None] = Queue(MOST_AHEAD)  # None: that was all
    left = threading.Event()
    threading.Thread(target=_read, args=(inputs, came, left), name="newsclean-inputs", daemon=True).start()
    try:
        while True:
            try:
                found = came.get_nowait()
            except Empty:
                yield None
                continue
            if found is None:
                return
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        left.set()


def _read(inputs: Iterator[Input], came: Queue[Input | BaseException | None], left: threading.Event) -> None:
    try:
        for found in inputs:
            _put(found, came, left)
            if left.is_set():
                return
        _put(None, came, left)
    except BaseException as error:  # whoever asks for the inputs raises it
        _put(error, came, left)


def _put(found: Input | BaseException | None, came: Queue[Input | BaseException | None], left: threading.Event) -> None:
    while not left.is_set():
        with suppress(Full):
            came.put(found, timeout=LOOK_S)
            return
