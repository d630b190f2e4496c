"""What a pool and its worker processes say to each other: pickles, each with its length before it.

The parent sends a Setup, then chunks of pickled tasks (`list[bytes]`); the worker sends an Answer when it is ready, and
one for each task.
"""

from __future__ import annotations

import struct
from typing import Any, BinaryIO, NamedTuple

from newsclean.errors import NewscleanError

LENGTH = struct.Struct("<Q")


class Setup(NamedTuple):
    """How a worker works.

    Attributes:
        work: the pickled callable that takes a task and gives its result.
        timeout_s: for one task.
        memory_bytes: of address space that the process may have; 0 for any.
        max_answer_bytes: of one pickled answer.
    """

    work: bytes
    timeout_s: float
    memory_bytes: int
    max_answer_bytes: int


class Answer(NamedTuple):
    """What became of one task.

    Attributes:
        result: what the work gave.
        error: what it raised instead.
        resident_bytes: the worker's memory after it; 0 where the system does not tell.
    """

    result: Any = None
    error: NewscleanError | None = None
    resident_bytes: int = 0


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Send one message. Raises OSError if nobody reads any more."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO, max_bytes: int | None = None) -> bytes:
    """The next message. Raises EOFError if it does not come, not whole, or is too long to be one."""
    (length,) = LENGTH.unpack(read_exactly(stream, LENGTH.size))
    if max_bytes is not None and length > max_bytes:
        raise EOFError
    return read_exactly(stream, length)


def read_exactly(stream: BinaryIO, size: int) -> bytes:
    """So many bytes. Raises EOFError if the stream ends before."""
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
