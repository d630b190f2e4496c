"""How a run is told to stop: it starts nothing more, gives what is under way a while, and leaves all in order."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

GRACE_S = 10.0  # a page that takes longer is done again by the next run


class Stop:
    """A wish to stop, which may come from a signal handler or another thread.

    Attributes:
        asked: whether it was told.
        at_once: whether it was told that nothing more is to be waited for; then something must raise in the run.
        wake: what is called when it is asked; a run that waits sets it.
    """

    def __init__(self) -> None:
        self.asked = False
        self.at_once = False
        self.wake: Callable[[], None] = lambda: None
        self._since_s = 0.0

    def ask(self) -> None:
        """Have the run start nothing more; from any thread, or a signal handler."""
        self._since_s = monotonic()
        self.asked = True
        self.wake()

    def left_s(self) -> float:
        """How many seconds of grace are left."""
        return self._since_s + GRACE_S - monotonic()
