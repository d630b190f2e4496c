"""What the workers of test_workers.py do; a module of its own, as they must be able to import it."""

import ctypes
import gc
import os
import re
import signal
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from newsclean.errors import BadStatus, NoArticle


class Bug(Exception):
    """Can be pickled, and not unpickled."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


class Dying:
    """A result that takes its process with it when it is sent."""

    def __reduce__(self):
        os.kill(os.getpid(), signal.SIGKILL)


class Untold(Exception):
    """Can't even say what it is."""

    def __str__(self):
        """Fail."""
        raise ValueError("no words")


def catastrophe():
    re.match(r"(a+)+$", "a" * 60 + "b")


def swell():
    held = []
    while True:
        held.append(bytes(1 << 26))


def hang():
    while True:
        pass


def deep():
    return deep()


def raise_typed():
    raise BadStatus(503, url="https://mill.example/", retry_after_s=7.5)


def raise_untold():
    raise Untold


def raise_bug():
    raise Bug("drops", "weir")


def print_much():
    print("x" * 100_000)
    os.write(1, b"y" * 100_000)
    sys.__stdout__.write("z")
    return "printed"


def turn_alarm_off():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    signal.signal(signal.SIGALRM, signal.SIG_IGN)


DEEDS = {
    "alarm-off": turn_alarm_off,
    "thread": lambda: threading.Thread(target=time.sleep, args=[60]).start(),
    "hang": hang,
    "sleep": lambda: time.sleep(60),
    "c-hang": catastrophe,
    "segfault": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "memory": lambda: bytes(1 << 40),
    "swell": swell,
    "sys-exit": lambda: sys.exit(3),
    "os-exit": lambda: os._exit(3),
    "interrupt": lambda: signal.default_int_handler(signal.SIGINT, None),
    "unpicklable": lambda: lambda: None,
    "typed": raise_typed,
    "bug": raise_bug,
    "deep": deep,
    "untold": raise_untold,
    "prints": print_much,
    "reads": sys.stdin.read,
    "pid": os.getpid,
    "dies-in-answer": Dying,
    "frozen": gc.get_freeze_count,
}


def do(task):
    """Do a deed, or double a number."""
    return DEEDS[task]() if isinstance(task, str) else 2 * task


@dataclass(frozen=True)
class Once:
    """Crashes the first time, which a file remembers; the second time it gives what it is told."""

    path: str
    then_s: float = 0.0

    def __call__(self, task):
        """The task, the second time."""
        if task == "crash" and not Path(self.path).exists():
            Path(self.path).touch()
            os._exit(1)
        time.sleep(self.then_s)
        return task


@dataclass(frozen=True)
class Begins:
    """Is killed the first time that it is made warm."""

    path: str

    def warm(self):
        """Be killed, unless a file tells that it was."""
        if not Path(self.path).exists():
            Path(self.path).touch()
            os.kill(os.getpid(), signal.SIGKILL)

    def __call__(self, task):
        """The task."""
        return task


@dataclass(frozen=True)
class Warm:
    """Fails while it is made warm."""

    reason: str

    def warm(self):
        """Say why there is no work."""
        raise NoArticle(reason=self.reason)

    def __call__(self, task):
        """Never called."""


@dataclass(frozen=True)
class Dies:
    """Takes its process with it while it is made warm."""

    def warm(self):
        """End."""
        os._exit(4)

    def __call__(self, task):
        """Never called."""


def log_and_sleep(task):
    """Write down who does what, then take a while."""
    path, seconds = task
    with Path(path).open("a") as log:
        log.write(f"{os.getpid()}\n")
    time.sleep(seconds)
    return seconds


def log_and_crash(path):
    """Write down that it was tried, then take the process along."""
    log_and_sleep((path, 0))
    os._exit(1)


@dataclass(frozen=True)
class Errand:
    """A task that is about a URL."""

    url: str
    deed: str


def run_errand(errand):
    """Do its deed."""
    return do(errand.deed)


def log_and_wait(task):
    """Write down which task it is, then take a while; or tell who does it."""
    if task == "pid":
        return os.getpid()
    path, number, seconds = task
    with Path(path).open("a") as log:
        log.write(f"{number}\n")
    time.sleep(seconds)
    return number


def mixed(task):
    """What a number comes to by way of a deed, that is itself unless it goes wrong."""
    deed, number = task
    if deed in DEEDS:
        DEEDS[deed]()
    if deed == "slow":
        time.sleep(0.02)
    return Large(number) if deed == "large" else number


class Large(int):
    """A number that takes a while to be sent."""

    def __reduce__(self):
        return large, (int(self), b"x" * 300_000)


def large(number, _):
    """The number."""
    return number
