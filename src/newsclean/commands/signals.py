"""Signals while a batch runs: the first asks it to stop in order, the second ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from newsclean.batch.stop import GRACE_S, Stop
from newsclean.commands.streams import tell

OBEYED = (signal.SIGINT, signal.SIGTERM)
SAME_S = 0.2  # what comes so soon is the same wish: `timeout` signals the process and then its whole group


class Signals:
    """What has come so far.

    Attributes:
        stop: what is asked by the first.
        number: of the first signal; None if none has come.
    """

    def __init__(self) -> None:
        self.stop = Stop()
        self.number: int | None = None
        self._since_s = 0.0

    @property
    def status(self) -> int | None:
        """The exit status that a shell expects of a command that a signal has ended."""
        return None if self.number is None else 128 + self.number

    def obey(self, number: int, _: FrameType | None) -> None:
        """Stop in order; the second time, leave what is under way as it is, which the next run does again."""
        if self.number is not None:
            if monotonic() - self._since_s < SAME_S:
                return
            self.stop.at_once = True
            raise SystemExit(128 + number)
        self.number, self._since_s = number, monotonic()
        tell(f"\nnewsclean: stopping; what is under way has {GRACE_S:.0f} s. Once more to stop at once")
        self.stop.ask()


@contextmanager
def obeying() -> Iterator[Signals]:
    """Obey signals inside the block; outside the main thread, where Python knows none, there are none to obey."""
    signals = Signals()
    if threading.current_thread() is not threading.main_thread():
        yield signals
        return
    before = [(number, signal.signal(number, signals.obey)) for number in OBEYED]
    try:
        yield signals
    finally:
        for number, handler in before:
            signal.signal(number, handler)
