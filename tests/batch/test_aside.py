"""What another thread reads comes as it comes, and nobody waits for it."""

import threading
import time
from collections.abc import Iterator

import pytest

from newsclean.batch.aside import MOST_AHEAD, read_aside
from newsclean.batch.sources import Input


def inputs(how_many: int) -> Iterator[Input]:
    return (Input(str(n)) for n in range(how_many))


def test_all_come_in_order():
    found = [i.source for i in read_aside(inputs(1000)) if i]
    assert found == [str(n) for n in range(1000)]


def test_while_there_is_none_yet_there_is_none():
    go_on = threading.Event()

    def paused() -> Iterator[Input]:
        yield Input("a")
        go_on.wait(10)
        yield Input("b")

    found = read_aside(paused())
    assert next(filter(None, found)).source == "a"
    assert next(found) is None
    go_on.set()
    assert [i.source for i in found if i] == ["b"]


def test_what_reading_raises_is_raised():
    def broken() -> Iterator[Input]:
        yield Input("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(read_aside(broken()))


def test_an_endless_list_is_read_only_so_far_and_left_when_nobody_asks_any_more():
    read = 0
    ended = threading.Event()

    def endless() -> Iterator[Input]:
        nonlocal read
        try:
            while True:
                read += 1
                yield Input("a")
        finally:
            ended.set()

    found = read_aside(endless())
    next(filter(None, found))
    time.sleep(0.05)
    assert read <= MOST_AHEAD + 3
    found.close()
    assert ended.wait(5)
