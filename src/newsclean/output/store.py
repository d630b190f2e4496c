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
    # A name for each process: what a killed run's worker still writes must not be taken for what this one writes.
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with writing(path):
        try:
            temp.unlink(missing_ok=True)
            with temp.open("xb") as file:  # buffered: a write that the system cuts short is continued
                file.writelines(chunks)
                file.flush()
                os.fsync(file.fileno())
            # The name is on the disk only after `sync_folder`: once for many files, before anything counts on them.
            temp.replace(path)
        except BaseException:
            temp.unlink(missing_ok=True)
            raise


def sync_folder(path: Path) -> None:
    """Have the names of all files in a folder on the disk; without it a power cut may take back what was renamed.

    Raises:
        OutputError: disk_full or write_error.
    """
    if os.name == "nt":  # folders can't be opened there
        return
    with writing(path):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def make_folder(path: Path) -> None:
    """Have a folder, and those above it. Raises OutputError."""
    with writing(path):
        try:
            path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            said = "this is a file" if isinstance(error, FileExistsError) else "this lies below a file"
            raise OutputError(f"{said}, and results go to a folder", url=str(path)) from error


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

    Args:
        path: of the file, made if it is missing.
        most_bytes: what is longer is cut off as well: lines that nobody has counted.

    Raises:
        OutputError: on opening, appending and closing.
    """

    def __init__(self, path: Path, most_bytes: int | None = None) -> None:
        self.path = path
        with writing(path):
            self._file = path.open("a+b", buffering=0)  # so that a disk that is full is met here, not on closing
            try:
                if most_bytes is not None and most_bytes < self._file.seek(0, os.SEEK_END):
                    self._file.truncate(most_bytes)
                self.size = whole_lines_size(self._file)
                self._file.truncate(self.size)
            except BaseException:
                self._file.close()
                raise

    def append(self, line: bytes) -> int:
        """Add a line, given without its newline; returns where it begins, in bytes."""
        begin = self.size
        with writing(self.path):
            rest = memoryview(line + b"\n")
            while rest:  # the system may take only a part
                rest = rest[self._file.write(rest) :]
        self.size += len(line) + 1
        return begin

    def sync(self) -> None:
        """Have the lines on the disk."""
        with writing(self.path):
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Have the lines on the disk and close; a second call does nothing."""
        if self._file.closed:
            return
        with writing(self.path), self._file:
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
