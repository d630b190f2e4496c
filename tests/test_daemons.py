"""Work in threads that nobody waits for."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from newsclean.daemons import in_daemon


@pytest.fixture
def hanging() -> Iterator[threading.Event]:
    """What hangs until the end of the test."""
    event = threading.Event()
    yield event
    event.set()


def test_what_the_work_gives_or_raises_comes_out() -> None:
    assert asyncio.run(in_daemon(int, "7", base=8)) == 7
    with pytest.raises(ValueError, match="seven"):
        asyncio.run(in_daemon(int, "seven"))


def test_a_hundred_that_hang_hold_up_no_other(hanging: threading.Event) -> None:
    """The loop ends too, though they are still there."""

    async def work() -> str:
        stuck = [asyncio.ensure_future(in_daemon(hanging.wait)) for _ in range(100)]
        await asyncio.sleep(0)
        said = await asyncio.wait_for(in_daemon(str, "here"), 1)
        assert not any(task.done() for task in stuck)
        return said

    begun_s = time.monotonic()

    assert asyncio.run(work()) == "here"
    assert time.monotonic() - begun_s < 1


def test_a_program_ends_though_one_hangs(hanging: threading.Event) -> None:
    async def work() -> None:
        task = asyncio.ensure_future(in_daemon(hanging.wait))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(work())

    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "newsclean-wait")
