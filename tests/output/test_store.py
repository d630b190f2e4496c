"""Files are there whole or not at all; lines are never half."""

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Never

import pytest

from newsclean.errors import OutputError
from newsclean.output import store
from newsclean.output.store import LineFile, file_name, write_all_atomic, write_atomic


def failing(number: int) -> Callable[..., Never]:
    """A system call that fails with this error number."""

    def call(*_: object) -> Never:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize(
    ("index", "name"),
    [(0, "000_00ff00ff00ff00ff.md"), (12, "012_00ff00ff00ff00ff.md"), (12345, "12345_00ff00ff00ff00ff.md")],
)
def test_a_name_is_the_index_in_three_digits_or_more_and_the_key(index: int, name: str):
    assert file_name(index, "00ff00ff00ff00ff", ".md") == name


def test_a_file_is_replaced_and_nothing_else_stays(tmp_path: Path):
    write_atomic(tmp_path / "a.txt", b"old")
    write_atomic(tmp_path / "a.txt", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.txt": b"new"}


def test_others_may_read_the_file_as_the_umask_allows(tmp_path: Path):
    write_atomic(tmp_path / "a.txt", b"x")
    (tmp_path / "b.txt").write_bytes(b"x")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "b.txt").stat().st_mode


def test_what_a_process_of_the_same_number_left_is_overwritten(tmp_path: Path):
    (tmp_path / f".a.txt.{os.getpid()}.tmp").write_bytes(b"half of som")
    write_atomic(tmp_path / "a.txt", b"whole")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.txt": b"whole"}


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "write_error"),
        (errno.EIO, "write_error"),
    ],
    ids=["full", "quota", "read-only", "broken"],
)
def test_a_failed_write_tells_why_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
):
    write_atomic(tmp_path / "a.txt", b"old")
    monkeypatch.setattr(store.os, "fsync", failing(number))
    with pytest.raises(OutputError) as caught:
        write_atomic(tmp_path / "a.txt", b"new")
    assert (caught.value.reason, caught.value.url) == (reason, str(tmp_path / "a.txt"))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.txt": b"old"}


def test_a_write_that_the_system_cuts_short_is_not_taken_for_whole(tmp_path: Path):
    """With a limit on file sizes, write() takes less than asked and raises only when asked again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OutputError, match="can't be written"):
            write_atomic(tmp_path / "a.txt", b"x" * 300_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_line_that_does_not_fit_on_the_disk_is_an_output_error(tmp_path: Path):
    lines = LineFile(tmp_path / "lines")
    lines._file.close()
    lines._file = Path("/dev/full").open("r+b", buffering=0)  # noqa: SIM115 - closed by lines
    with pytest.raises(OutputError) as caught:
        lines.append(b"one")
    with pytest.raises(OutputError):
        lines.close()
    assert (caught.value.reason, lines._file.closed) == ("disk_full", True)


def test_a_file_that_cannot_hold_lines_is_an_output_error(tmp_path: Path):
    (tmp_path / "lines").symlink_to("/dev/null")
    with pytest.raises(OutputError):
        LineFile(tmp_path / "lines")


def test_a_folder_that_is_missing_is_an_output_error(tmp_path: Path):
    with pytest.raises(OutputError) as caught:
        write_atomic(tmp_path / "no" / "a.txt", b"x")
    assert caught.value.reason == "write_error"


def test_an_interrupt_leaves_no_temporary_file(tmp_path: Path):
    def chunks():
        yield b"begun"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_all_atomic(tmp_path / "a.txt", chunks())
    assert list(tmp_path.iterdir()) == []


def test_a_line_is_in_the_file_when_append_returns(tmp_path: Path):
    with LineFile(tmp_path / "lines") as lines:
        lines.append(b"one")
        begin = lines.append(b"two")
        assert (tmp_path / "lines").read_bytes() == b"one\ntwo\n"
    assert begin == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"new\n"),
        (b"one\n", b"one\nnew\n"),
        (b"one\ntw", b"one\nnew\n"),
        (b"half", b"new\n"),
        (b"one\n" + b"x" * 200_000, b"one\nnew\n"),
        (b"x" * 100_000 + b"\nha", b"x" * 100_000 + b"\nnew\n"),
    ],
    ids=["empty", "whole", "half-line", "only-half-a-line", "long-half-line", "long-line"],
)
def test_half_a_last_line_is_cut_off(tmp_path: Path, before: bytes, after: bytes):
    (tmp_path / "lines").write_bytes(before)
    with LineFile(tmp_path / "lines") as lines:
        lines.append(b"new")
    assert (tmp_path / "lines").read_bytes() == after
