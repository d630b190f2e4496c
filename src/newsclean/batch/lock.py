"""One run at a time in an output folder. The sole user of fcntl; on systems without it there is no lock."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import BinaryIO

from newsclean.errors import FolderBusy
from newsclean.output.store import writing

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK = ".newsclean.lock"
ASKED_S = 0.05  # `is_held` has the lock for less than a thousandth of that; a run must not be refused for it
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP}  # from file systems that have none, some cluster ones


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one run.

    The system holds the lock for this process, on a file: what a killed run leaves behind is the file, not the lock.

    Raises:
        FolderBusy: another run holds it.
        OutputError: the file can't be made.
    """
    if fcntl is None:
        yield
        return
    with writing(folder / LOCK):
        file = open_held(folder)
    with file:
        try:
            yield
        finally:
            with writing(folder / LOCK):
                (folder / LOCK).unlink(missing_ok=True)  # while it is held, so it is nobody else's


def is_held(folder: Path) -> bool | None:
    """Whether a run holds the folder; None if that can't be known. Writes nothing, and waits for nobody."""
    if fcntl is None:
        return None
    try:
        with (folder / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)  # shared: two who ask are no run to each other
    except (FileNotFoundError, BlockingIOError) as error:
        return isinstance(error, BlockingIOError)
    except OSError:
        return None
    return False


def open_held(folder: Path) -> BinaryIO:
    """The lock file, held until it is closed. Raises FolderBusy, and OSError."""
    while True:
        file = (folder / LOCK).open("ab")
        try:
            hold(file, folder)
            if is_there(file, folder / LOCK):
                return file
        except BaseException:
            file.close()
            raise
        file.close()  # the run that held it has ended and removed it since we opened it: a lock on nothing


def hold(file: BinaryIO, folder: Path) -> None:
    """Lock an open file, or raise FolderBusy; where the file system has no locks, do nothing."""
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(ASKED_S)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise FolderBusy("wait for its end, or name another folder", url=str(folder)) from error
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise


def is_there(file: BinaryIO, path: Path) -> bool:
    """Whether the open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
