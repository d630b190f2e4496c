"""When a host that keeps failing is left alone, and when it may be tried again. Pure: time comes in as a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

GIVE_UP_AFTER = 3  # openings; with the defaults 7 connections, or 15 requests for 5 pages and 2, and 3 minutes


@dataclass(slots=True)
class Breaker:
    """Counts the failures of one host.

    So many in a row and it opens: nobody asks. After a while one failure more is enough to open it for twice as long;
    an answer, though it be a 404, closes it for good. The third opening in a row is the last.

    What may be the fault of a page counts once for each page: a few faulty ones must not close a host to the others.

    Attributes:
        limit: how many failures open it.
        open_s: for how long it opens at first.
        failures: since the last answer; not less for having been open, so on trial one more opens it again.
        openings: since the last answer.
        until_s: when it may be tried again; `inf` for never.
        pages: that have failed since the last answer; no more than `limit`.
    """

    limit: int
    open_s: float
    failures: int = 0
    openings: int = 0
    until_s: float = -inf
    pages: set[str] = field(default_factory=set)

    @property
    def on_trial(self) -> bool:
        """It has been open: let only one ask, until there is an answer."""
        return self.openings > 0

    def failed(self, now_s: float, page: str | None = None) -> None:
        """Count a failure; not that of a page that was counted already, unless the host is on trial."""
        if page and not self.on_trial:
            if page in self.pages:
                return
            self.pages.add(page)
        self.failures += 1
        if self.failures >= self.limit:
            self.openings += 1
            last = self.openings >= GIVE_UP_AFTER
            self.until_s = inf if last else now_s + self.open_s * 2 ** (self.openings - 1)

    def answered(self) -> None:
        """Forget all failures."""
        self.failures = self.openings = 0
        self.until_s = -inf
        self.pages.clear()

    def give_up(self) -> None:
        """Never try again."""
        self.openings = GIVE_UP_AFTER
        self.until_s = inf

    def wait_s(self, now_s: float) -> float:
        """Give the seconds until the host may be tried; `inf` for never."""
        return max(0.0, self.until_s - now_s)
