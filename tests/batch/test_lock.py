"""One run at a time in a folder, whatever became of the run before."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.batch import lock
from newsclean.batch.lock import LOCK, is_held, locked
from newsclean.errors import FolderBusy, OutputError

pytest.importorskip("fcntl")
HOLD = """
import sys, time
from pathlib import Path
from newsclean.batch.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_and_told_why(tmp_path: Path):
    with locked(tmp_path), pytest.raises(FolderBusy, match="another run is writing"), locked(tmp_path):
        pass
    assert issubclass(FolderBusy, OutputError)


def test_the_next_run_finds_the_folder_free_and_clean(tmp_path: Path):
    with locked(tmp_path):
        assert (tmp_path / LOCK).exists()
    assert not (tmp_path / LOCK).exists()
    with locked(tmp_path):
        pass


def test_a_run_that_fails_frees_the_folder(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), locked(tmp_path):
        raise KeyboardInterrupt
    with locked(tmp_path):
        pass


def test_a_killed_run_holds_nothing(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as run:
        assert run.stdout
        run.stdout.readline()
        with pytest.raises(FolderBusy), locked(tmp_path):
            pass
        run.kill()
    with locked(tmp_path):
        pass


def test_who_asks_learns_whether_a_run_goes_on(tmp_path: Path):
    assert is_held(tmp_path) is False
    with locked(tmp_path):
        assert is_held(tmp_path) is True
        assert is_held(tmp_path) is True  # asking has freed nothing
    (tmp_path / LOCK).touch()  # as a killed run leaves it
    assert is_held(tmp_path) is False
    assert (tmp_path / LOCK).exists()


def test_two_who_ask_are_no_run_to_each_other(tmp_path: Path):
    with (tmp_path / LOCK).open("wb") as other:
        lock.fcntl.flock(other, lock.fcntl.LOCK_SH)
        assert is_held(tmp_path) is False


def test_who_asks_just_then_keeps_no_run_from_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    other = (tmp_path / LOCK).open("wb")
    lock.fcntl.flock(other, lock.fcntl.LOCK_SH)
    monkeypatch.setattr(lock, "sleep", lambda _: other.close())
    with locked(tmp_path):
        assert is_held(tmp_path) is True


@pytest.mark.parametrize("what", ["no-fcntl", "no-locks", "not-ours"])
def test_where_nobody_can_know_whether_a_run_goes_on_none_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES if what == "not-ours" else errno.ENOLCK, "no")

    (tmp_path / LOCK).touch()
    if what == "no-fcntl":
        monkeypatch.setattr(lock, "fcntl", None)
    elif what == "no-locks":
        monkeypatch.setattr(lock.fcntl, "flock", refuse)
    else:
        monkeypatch.setattr(Path, "open", refuse)
    assert is_held(tmp_path) is None


def test_a_lock_on_a_file_that_was_removed_since_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Between opening and locking, the run that held the file may end and take it away."""
    hold, holding = lock.hold, []

    def removed_first(file: object, folder: Path) -> None:
        if not holding:
            (tmp_path / LOCK).unlink()
        holding.append(file)
        hold(file, folder)  # type: ignore[arg-type]

    monkeypatch.setattr(lock, "hold", removed_first)
    with locked(tmp_path):
        assert len(holding) == 2
        assert (tmp_path / LOCK).exists()


@pytest.mark.parametrize(
    ("number", "runs"), [(errno.ENOLCK, True), (errno.ENOTSUP, True), (errno.EIO, False)], ids=["few", "none", "broken"]
)
def test_a_file_system_without_locks_is_no_obstacle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, runs: bool
):
    def flock(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(lock.fcntl, "flock", flock)
    try:
        with locked(tmp_path):
            assert runs
    except OutputError:
        assert not runs


def test_a_system_without_locks_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lock, "fcntl", None)
    with locked(tmp_path), locked(tmp_path):
        assert not (tmp_path / LOCK).exists()
