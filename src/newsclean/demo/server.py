"""A server for the demo's pages, on loopback and for as long as it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PORT = 8797
MOVED = "/moved/"  # what stands behind it has moved to the root


def listening(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """A server on the usual port, so that the same files come from the same URLs again; on any, if it is taken."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


@contextmanager
def serve(pages: Mapping[str, bytes]) -> Iterator[str]:
    """Serve pages by their path until the block ends; gives the URL of the root, without a slash at its end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer with the page, with where it has moved, or with 404."""
            page = pages.get(self.path)
            self.send_response(301 if self.path.startswith(MOVED) else 200 if page is not None else 404)
            if self.path.startswith(MOVED):
                self.send_header("Location", "/" + self.path.removeprefix(MOVED))
            self.send_header("Content-Type", "text/html")  # no charset: each page names its own
            self.send_header("Content-Length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Say nothing: the batch reports each page."""

    server = listening(Handler)
    thread = Thread(target=server.serve_forever, name="newsclean-demo", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
