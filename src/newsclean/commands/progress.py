"""How far a batch is, on stderr: one line rewritten in place on a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from heapq import nlargest

from newsclean.cli import inert
from newsclean.commands.streams import tell
from newsclean.model import Outcome
from newsclean.urls import parts_of

STATUS_EVERY_S = 10.0  # between plain status lines, where stderr is no terminal
SLOW_S = 2.0  # a page that takes longer than this is worth a word
MOST_HOSTS = 10_000  # whose times are kept; of more, the slower half
SHOWN_HOSTS = 3


@dataclass(slots=True)
class Tally:
    """What a run has come to.

    Attributes:
        statuses: how many outcomes have it.
        reasons: of the failures, and of what was skipped because it could not be done again.
        without_text: inputs for which there is none; a duplicate of a failure has failed too.
        not_tried: failures of an earlier run that this one has left as they are.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    without_text: int = 0
    not_tried: int = 0
    _times: dict[str, tuple[int, float]] = field(default_factory=dict)  # host -> pages, and their seconds in all

    @property
    def total(self) -> int:
        """How many inputs were told."""
        return self.statuses.total()

    @property
    def worked(self) -> int:
        """How many of them this run has done, or tried to."""
        return self.statuses["done"] + self.statuses["failed"]

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.statuses[outcome.status] += 1
        self.without_text += outcome.path is None
        if outcome.status == "failed" or (outcome.status == "skipped" and outcome.reason):
            self.reasons[outcome.reason or "internal_error"] += 1
        self.not_tried += outcome.status == "failed" and outcome.earlier
        if outcome.took_s:
            host = parts_of(outcome.source).netloc.lower()
            pages, took_s = self._times.get(host, (0, 0.0))
            self._times[host] = (pages + 1, took_s + outcome.took_s)
            if len(self._times) > MOST_HOSTS:
                self._times = dict(nlargest(MOST_HOSTS // 2, self._times.items(), key=lambda item: mean_s(item[1])))

    def slowest(self) -> str:
        """The hosts whose pages take longest, in words; empty if none takes long."""
        slow = nlargest(SHOWN_HOSTS, self._times.items(), key=lambda item: mean_s(item[1]))
        return ", ".join(f"{host} {mean_s(times):.1f} s" for host, times in slow if mean_s(times) >= SLOW_S)

    def counts(self) -> str:
        """How many have each status, in words."""
        shown = ("done", "skipped", "duplicate", "failed")
        return ", ".join(f"{self.statuses[s]} {s}" for s in shown if self.statuses[s]) or "no inputs"

    def why(self) -> str:
        """The failures by reason, in words."""
        return ", ".join(f"{n} {reason}" for reason, n in self.reasons.most_common())


def mean_s(times: tuple[int, float]) -> float:
    """Seconds a page."""
    pages, took_s = times
    return took_s / pages


class Progress:
    """The state of a run on stderr.

    Args:
        quiet: say nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty() and not quiet
        self.begun_s = self.shown_s = time.monotonic()
        self.total: int | None = None
        self.to_do: int | None = None

    def know(self, left: tuple[int, int] | None, tally: Tally) -> None:
        """Take note how many inputs there are, and how many of them are still to be done."""
        if left:
            self.total, self.to_do = left[0], left[1] + tally.worked

    def is_due(self) -> bool:
        """Whether it is time to tell something."""
        wait_s = 0.1 if self.terminal else STATUS_EVERY_S
        return not self.quiet and time.monotonic() - self.shown_s >= wait_s

    def show(self, tally: Tally) -> None:
        """Tell how far the run is."""
        self.shown_s = now_s = time.monotonic()
        line = f"newsclean: {inert(self.line(tally, now_s - self.begun_s))}"
        tell(f"\r\x1b[K{line}" if self.terminal else line, end="" if self.terminal else "\n")

    def line(self, tally: Tally, took_s: float) -> str:
        """How far the run is after so many seconds."""
        rate = tally.worked / max(took_s, 0.001)
        said = [f"{tally.total}{f' of {self.total}' if self.total else ''} inputs", tally.counts(), f"{rate:.1f}/s"]
        if self.to_do and rate:
            said.append(f"{for_people(max(0, self.to_do - tally.worked) / rate)} left")
        if slow := tally.slowest():
            said.append(f"slowest {slow}")
        return ", ".join(said)

    def say(self, line: str) -> None:
        """Print a line of its own."""
        if not self.quiet:
            self.clear()
            tell(f"newsclean: {inert(line)}")

    def clear(self) -> None:
        """Take the line in place away."""
        if self.terminal:
            tell("\r\x1b[K", end="")


def for_people(seconds: float) -> str:
    """A time as one says it.

    >>> for_people(42), for_people(600), for_people(9000), for_people(900_000)
    ('42 s', '10 min', '2.5 h', '10.4 days')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 172_800 else f"{seconds / 86_400:.1f} days"
