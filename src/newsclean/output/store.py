"""Write files: whole or not at all, or line by line such that only the last line can be lost.

Every failure is an OutputError that says whether the disk is full. Names hold a number and hex digits only, never a
word of a URL or a title.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from newsclean.errors import OutputError

FULL = {errno.ENOSPC, errno.EDQUOT}
CHUNK_BYTES = 65_536


def file_name(index: int, key: str, suffix: str) -> str:
    """The name of an input's file, known before it is fetched.

    >>> file_name(0, "a04d295204b6b752", ".txt")
    '000_a04d295204b6b752.txt'
    """
    return f"{index:03d}_{key}{suffix}"


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file such that a reader sees all of it or none.

    Raises:
        OutputError: disk_full or write_error; what was there before still is.
    """
    write_all_atomic(path, (data,))


def write_all_atomic(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file from chunks, as `write_atomic`; they are taken one by one, so the whole need not fit in memory."""
    # One name for each target: what a killed run left behind is overwritten by the next.
    temp = path.with_name(f".{path.name}.tmp")
    with writing(path):
        try:
            temp.unlink(missing_ok=True)
            with temp.open("xb") as file:  # buffered: a write that the system cuts short is continued
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            # The folder is not synced: after a power cut a name may be missing, then the input is done again.
            temp.replace(path)
        except BaseException:
            temp.unlink(missing_ok=True)
            raise


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn an OSError inside the block into an OutputError about `path`."""
    try:
        yield
    except OSError as error:
        reason = "disk_full" if error.errno in FULL else "write_error"
        raise OutputError(error.strerror or str(error), reason=reason, url=str(path)) from error


class LineFile:
    """A file to which whole lines are appended; `append` returns when the system has the line.

    What a killed run left of a last line is cut off on opening, so every line is whole.

    Raises:
        OutputError: on opening, appending and closing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with writing(path):
            self._file = path.open("a+b")
            try:
                self.size = whole_lines_size(self._file)
                self._file.truncate(self.size)
            except BaseException:
                self._file.close()
                raise

    def append(self, line: bytes) -> int:
        """Add a line, given without its newline; returns where it begins, in bytes."""
        begin = self.size
        with writing(self.path):
            self._file.write(line + b"\n")
            self._file.flush()
        self.size += len(line) + 1
        return begin

    def close(self) -> None:
        """Have the lines on the disk and close; a second call does nothing."""
        if self._file.closed:
            return
        with writing(self.path), self._file:
            self._file.flush()
            os.fsync(self._file.fileno())

    def __enter__(self) -> LineFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def whole_lines_size(file: BinaryIO) -> int:
    """Where the last newline ends, in bytes; read from the end, since such a file can be large."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        begin = max(0, end - CHUNK_BYTES)
        file.seek(begin)
        newline = file.read(end - begin).rfind(b"\n")
        if newline >= 0:
            return begin + newline + 1
        end = begin
    return 0
