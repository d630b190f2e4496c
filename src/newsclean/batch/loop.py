"""The loop of a run: begins inputs while there is room, settles what has landed, commits, tells.

An outcome is told when its files and its row are on the disk. However long the list is, `flight` bounds the pages that
are held, and at most LOOK_AHEAD inputs wait while their hosts are busy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic

from newsclean.batch.book import Book
from newsclean.batch.flight import Flight
from newsclean.batch.item import Item
from newsclean.batch.stop import Stop
from newsclean.batch.upcoming import Upcoming
from newsclean.model import Outcome

LOOK_AHEAD = 1000  # inputs; enough to get past the share of ten hosts that are slow, some 300 KB
COMMIT_ITEMS = 64  # outcomes that are committed at once: a run that is killed does at most as many again
LOOK_S = 0.05  # how soon an input that was awaited is seen
COMMIT_S = 0.25  # and how long the first of them waits for others


@dataclass(slots=True)
class Loop:
    """One run, from its first input to its last outcome.

    Attributes:
        upcoming: gives the inputs.
        flight: has them under way.
        book: has the results.
        stop: may be asked at any time.
    """

    upcoming: Upcoming
    flight: Flight
    book: Book
    stop: Stop
    _told: list[Outcome] = field(default_factory=list)  # to be told after the next commit
    _due_s: float = 0.0  # when that is due
    _twins: dict[str, list[Item]] = field(default_factory=dict)  # key that is under way -> its duplicates
    _waiting: int = 0  # inputs that are under way, and their duplicates

    def outcomes(self) -> Iterator[Outcome]:
        """Do all inputs, as many at once as there is room for."""
        self.stop.wake = self.flight.ring
        while not self.stop.asked:
            moved = self._begin()
            moved = self._land(0) or moved
            if self._told and (self._is_due() or not (moved or self._waiting)):
                yield from self._commit()
            elif not moved and not self.upcoming.ahead():
                if not self._waiting and not self.upcoming.awaited:
                    return
                self._land(self._idle_s())
        self.flight.hold()
        while self.flight.pending and self.stop.left_s() > 0:
            self._land(self.stop.left_s())
        yield from self._commit()

    def _begin(self) -> bool:
        """Begin the next input if there is room and one."""
        if self.flight.full or self._waiting >= LOOK_AHEAD:
            return False
        item = self.upcoming.next()
        if item is None:
            return False
        if item.state == "duplicate":
            if item.key in self._twins:
                self._twins[item.key].append(item)
                self._waiting += 1
            else:
                self._tell(self.book.duplicate(item))
        elif self.book.stands(item):
            self._tell(self.book.told_before(item))
        else:
            self._twins[item.key] = []
            self._waiting += 1
            self.flight.start(item)
        return True

    def _land(self, timeout_s: float | None) -> bool:
        """Settle one input that is through; wait for one at most so long."""
        landed = self.flight.next(timeout_s)
        if landed is None:
            return False
        item = landed.item
        self._tell(self.book.settle(landed))
        self.upcoming.landed(item)
        twins = self._twins.pop(item.key)
        for twin in twins:
            self._tell(self.book.duplicate(twin))
        self._waiting -= 1 + len(twins)
        return True

    def _tell(self, outcome: Outcome) -> None:
        if not self._told:
            self._due_s = monotonic() + COMMIT_S
        self._told.append(outcome)

    def _idle_s(self) -> float | None:
        """How long there is nothing to do unless something lands; None for as long as it takes."""
        waits = [LOOK_S] if self.upcoming.awaited else []
        if self._told:
            waits.append(max(0.0, self._due_s - monotonic()))
        return min(waits, default=None)

    def _is_due(self) -> bool:
        return len(self._told) >= COMMIT_ITEMS or monotonic() >= self._due_s

    def _commit(self) -> Iterator[Outcome]:
        self.book.commit()
        told, self._told = self._told, []
        yield from told
