"""Which input comes next: from the ledger, into which a list is read ahead, or one by one from a list without end."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from newsclean.batch.item import Item
from newsclean.batch.ledger import Ledger
from newsclean.batch.sources import Input

CHUNK = 500  # rows read at once
LOAD_CHUNK = 100  # rows written at once
MOST_OF_HOST = 100  # pending at once; more of one host would take the room of others


class Upcoming(Protocol):
    """What gives the inputs of a run.

    Attributes:
        awaited: whether the next has not come yet: there may be one later though `next` has just given None.
    """

    awaited: bool

    def next(self) -> Item | None:
        """The next input; None if none can start now. If `ahead()` is false as well, there is no more."""

    def landed(self, item: Item) -> None:
        """Take note that an input is no longer under way."""

    def ahead(self) -> bool:
        """Use a moment in which there is nothing else to do; gives whether there was use for it."""


class Stream:
    """Inputs as they are read; for lists that may be endless.

    Args:
        ledger: gets a row for each.
        inputs: gives None if the next has not come yet.

    Attributes:
        awaited: as in Upcoming.
    """

    def __init__(self, ledger: Ledger, inputs: Iterator[Input | None]) -> None:
        self.awaited = False
        self._ledger = ledger
        self._inputs = inputs
        self._index = -1

    def next(self) -> Item | None:
        """The next input; its row is not committed."""
        for found in self._inputs:
            self.awaited = found is None
            if found is None:
                return None
            self._index += 1
            return self._ledger.add(self._index, found)
        self.awaited = False
        return None

    def landed(self, item: Item) -> None:
        """Nothing depends on it."""

    def ahead(self) -> bool:
        """No: the list may have no end."""
        return False


class Listed:
    """The rows of a list: first the pending ones, so that a run begins and goes on at once, then those settled before.

    Args:
        ledger: has the rows that were read so far.
        inputs: the whole list; None if all of it was read.
    """

    awaited = False

    def __init__(self, ledger: Ledger, inputs: Iterator[Input] | None = None) -> None:
        self._ledger = ledger
        self._inputs = enumerate(inputs) if inputs else None
        self._loaded = ledger.loaded()
        self._pending = Pending(ledger)
        self._settled = deque[Item]()
        self._at = -1

    def next(self) -> Item | None:
        """The next row; None as well if it is not read yet."""
        item = self._pending.next()
        return item if item or self._inputs else self._next_settled()

    def landed(self, item: Item) -> None:
        """Make room for the next of its host."""
        self._pending.landed(item)

    def ahead(self) -> bool:
        """Read on in the list, some 10 ms long; its rows are not committed."""
        if self._inputs is None:
            return False
        index = -1
        for index, item in islice(self._inputs, LOAD_CHUNK):
            if index >= self._loaded:  # those before are there from an earlier run
                self._ledger.add(index, item)
        if index < 0:
            self._ledger.complete_list()
            self._inputs = None
        return True

    def _next_settled(self) -> Item | None:
        if not self._settled:
            self._settled.extend(self._ledger.settled_before(self._at, CHUNK))
        if not self._settled:
            return None
        self._at = self._settled[0].index
        return self._settled.popleft()


@dataclass(slots=True)
class Pending:
    """The pending rows in order, but at most MOST_OF_HOST of a host at once: the others are passed over till later.

    Memory grows with the hosts, not with the rows.
    """

    ledger: Ledger
    _at: int = -1  # the last row that was looked at
    _rows: deque[Item] = field(default_factory=deque)
    _out: Counter[str] = field(default_factory=Counter)  # host -> how many are under way
    _passed: dict[str, int] = field(default_factory=dict)  # host -> the first row that was passed over
    _again: deque[str] = field(default_factory=deque)  # hosts of _passed that have room

    def next(self) -> Item | None:
        """The next row that may begin now."""
        while self._again:
            if item := self._passed_over(self._again[0]):
                return self._begun(item)
            self._again.popleft()
        while item := self._in_order():
            if not item.host or (self._out[item.host] < MOST_OF_HOST and item.host not in self._passed):
                return self._begun(item)
            self._passed.setdefault(item.host, item.index)
        return None

    def landed(self, item: Item) -> None:
        """Count a row as no longer under way."""
        if item.host in self._out:
            self._out[item.host] -= 1
            if item.host in self._passed and self._out[item.host] == MOST_OF_HOST // 2:
                self._again.append(item.host)
            if not self._out[item.host]:
                del self._out[item.host]

    def _begun(self, item: Item) -> Item:
        if item.host:
            self._out[item.host] += 1
        return item

    def _in_order(self) -> Item | None:
        if not self._rows:
            self._rows.extend(self.ledger.pending(self._at, CHUNK))
        if not self._rows:
            return None
        item = self._rows.popleft()
        self._at = item.index
        return item

    def _passed_over(self, host: str) -> Item | None:
        """The first row of a host that was passed over, if the host has room."""
        if self._out[host] >= MOST_OF_HOST or host not in self._passed:
            return None
        found = self.ledger.pending_of(host, self._passed[host], self._at + 1, 1)
        if not found:
            del self._passed[host]
            return None
        self._passed[host] = found[0].index + 1
        return found[0]
