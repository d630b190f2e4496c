"""The standard streams of a command, whatever is behind them: a terminal, a pipe that broke, a full disk, nothing.

Results go to stdout, and what keeps them from there ends the command. All else goes to stderr through `tell`, and what
keeps it from there costs nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def prepare() -> None:
    """Have both output streams, in UTF-8 whatever the locale."""
    if sys.stdout is None:  # `>&-`: a stream on which writing fails, as it should
        sys.stdout = Path(os.devnull).open("r")  # noqa: SIM115 - open as long as the process
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def tell(text: str, end: str = "\n") -> None:
    """Print to stderr; if that fails, this and all further messages go nowhere."""
    try:
        print(text, end=end, file=sys.stderr, flush=True)
    except OSError:
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Let what is still written to a stream, and what it holds, go nowhere: else Python fails on it at the end."""
    with suppress(OSError):  # a stream that is no file has nothing to fail on
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
