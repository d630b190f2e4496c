"""Work in a thread that nobody waits for: one that hangs holds up no other, nor the end of the loop or the program."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

Result = TypeVar("Result")
Params = ParamSpec("Params")


async def in_daemon(work: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
    """What the work gives or raises, done in a thread of its own; who is cancelled leaves it to itself.

    `asyncio.to_thread` has few threads for all, and `asyncio.run` waits for every one of them at its end.
    """
    done: Future[Result] = Future()
    done.set_running_or_notify_cancel()  # from here on cancelling it changes nothing: a thread can't be stopped

    def run() -> None:
        try:
            done.set_result(work(*args, **kwargs))
        except BaseException as error:  # whoever waits for it raises it
            done.set_exception(error)

    threading.Thread(target=run, name=f"newsclean-{getattr(work, '__name__', 'work')}", daemon=True).start()
    return await asyncio.wrap_future(done)
