"""A news web on loopback for `load.py`, in a process of its own: python benchmarks/load_server.py HOSTS [FOLDER].

It listens on as many addresses of 127.0.1.0/24 as there are hosts, all on one port, prints that and serves until its
standard input ends. `/good/N` is a page: one of the saved pages of the folder, or one made up here in the size of a
real one. `/bad/KIND/N` goes wrong in the way of that kind.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from newsclean.batch.saved import load_page, pages_in

# Twentieths of 501 pages of news sites, unpacked, in KB; the smallest and the largest hundredth left out.
SIZES_KB = (28, 40, 52, 61, 70, 83, 91, 106, 122, 137, 154, 177, 194, 223, 256, 283, 317, 432, 655)
WORDS = "harbour ferry bread council lamp winter bridge mill river school engine baker market rain lock roof".split()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BOMB = gzip.compress(bytes(64 << 20))

Say = Callable[[asyncio.StreamWriter], Awaitable[None]]


def page(size_bytes: int, seed: int) -> bytes:
    """A made-up article among as much script, style, links and empty boxes as makes it that long."""
    some = random.Random(seed)  # noqa: S311 - the same pages in each run

    def sentence() -> str:
        return f"The {' '.join(some.choices(WORDS, k=some.randint(12, 22)))}."

    body = "".join(f"<p>{sentence()} {sentence()} {sentence()}</p>" for _ in range(some.randint(6, 20)))
    head = f'<html lang="en"><head><title>Story {seed}</title><meta name="author" content="Nora Quill">'
    filler = []
    left = size_bytes - len(head) - len(body)
    while left > 0:
        links = "".join(f'<li class="nav-item"><a href="/good/{n}">{sentence()}</a></li>' for n in range(5))
        script = f"<script>window.data = [{', '.join(str(some.random()) for _ in range(200))}];</script>"
        filler.append(f'<div class="box">{"<div><span></span></div>" * 20}<ul>{links}</ul></div>{script}')
        left -= len(filler[-1])
    half = len(filler) // 2
    article = f"<article><h1>Story {seed}: the {some.choice(WORDS)} is back</h1><p>By Nora Quill</p>{body}</article>"
    return f"{head}</head><body>{''.join(filler[:half])}{article}{''.join(filler[half:])}</body></html>".encode()


def send(data: bytes) -> Say:
    """Answer with these bytes."""

    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return say


def forever(piece: bytes, *, pause_s: float = 0.0) -> Say:
    """Answer with the same piece until nobody listens."""

    async def say(writer: asyncio.StreamWriter) -> None:
        writer.write(OK + b"\r\n")
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return say


async def reset(writer: asyncio.StreamWriter) -> None:
    """Break off in the body with an RST, which lingering for no time does."""
    writer.write(OK + b"Content-Length: 99\r\n\r\n<p>Rai")
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def silence(_: asyncio.StreamWriter) -> None:
    """Say nothing for longer than anybody waits."""
    await asyncio.sleep(30)


FAULTS: dict[str, Say] = {
    "gone": send(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"),
    "failing": send(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
    "resting": send(b"HTTP/1.1 429 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"),
    "loop": send(b"HTTP/1.1 302 No\r\nLocation: /bad/loop/0\r\nContent-Length: 0\r\n\r\n"),
    "private": send(b"HTTP/1.1 302 No\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
    "garbage": send(b"\x00\x01\x02 220 mail.example ready\r\n\r\n"),
    "short": send(OK + b"Content-Length: 99\r\n\r\n<p>Rai"),
    "bomb": send(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB),
    "cut": send(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" * 99)[:-9]),
    "json": send(OK.replace(b"text/html", b"application/json") + b"Content-Length: 2\r\n\r\n[]"),
    "nested": send(OK + b"\r\n<html><body>" + b"<div>" * 100_000),
    "endless": forever(b"<p>more</p>" * 900),
    "slow": forever(b"x", pause_s=0.1),
    "reset": reset,
    "silence": silence,
}


class Web:
    """Answers requests."""

    def __init__(self, pages: list[bytes]) -> None:
        self._pages = pages

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection; only good pages leave it open."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                _, kind, *rest = path.split("/")
                if kind == "good":
                    html = self._pages[int(rest[0]) % len(self._pages)]
                    writer.write(OK + b"Content-Length: %d\r\n\r\n" % len(html))
                    writer.write(html)
                    await writer.drain()
                    continue
                await FAULTS[rest[0] if kind == "bad" else "gone"](writer)  # robots.txt is gone
                if kind == "bad":
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has enough, or all is over
        finally:
            writer.close()


async def serve(hosts: int, pages: list[bytes]) -> None:
    """Listen on 127.0.1.1 and so on, until standard input ends."""
    web = Web(pages)
    servers = [await asyncio.start_server(web, "127.0.1.1", 0, backlog=512)]
    port = servers[0].sockets[0].getsockname()[1]
    servers += [await asyncio.start_server(web, f"127.0.1.{n}", port, backlog=512) for n in range(2, hosts + 1)]
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Make or load the pages, then serve."""
    if len(sys.argv) > 2:
        pages = [load_page(path, 10 << 20).html for path in pages_in(Path(sys.argv[2]))]
    else:
        pages = [page(1000 * size, seed) for seed, size in enumerate(SIZES_KB * 5)]
    asyncio.run(serve(int(sys.argv[1]), pages))


if __name__ == "__main__":
    main()
