"""Shadow roots that a page declares: templates whose content browsers show where they stand; others hold nothing."""

from __future__ import annotations

import re
from itertools import islice

SIGN = b"shadowroot"
TEMPLATE = re.compile(rb"<(?:template((?:\s[^<>]{0,2000})?)|/template\s{0,9})>", re.IGNORECASE)
# Without "mode" in browsers of 2022.
DECLARED = re.compile(rb"\sshadowroot(?:mode)?\s{0,9}=\s{0,9}[\"']?(?:open|closed)(?![\w-])", re.IGNORECASE)
MOST = 400  # tags of templates; a page with more is left as it is
NO_MARKUP = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"), (b"<textarea", b"</textarea"))


def open_shadow_roots(html: bytes) -> bytes:
    """The page with its declared shadow roots as `span` elements, which break no sentence; other templates stay."""
    tags = [*islice(TEMPLATE.finditer(html), MOST + 1)] if SIGN in html else []
    if len(tags) > MOST or any(is_text(html, tag.start()) for tag in tags):
        return html
    parts: list[bytes] = []
    is_root: list[bool] = []  # of the templates that are open, outermost first
    start = 0
    for tag in tags:
        attributes = tag[1]
        if attributes is not None:
            is_root.append(DECLARED.search(attributes) is not None)
            changed = b"<span>" if is_root[-1] else None
        else:
            changed = b"</span>" if is_root and is_root.pop() else None
        if changed is not None:
            parts += (html[start : tag.start()], changed)
            start = tag.end()
    return b"".join((*parts, html[start:]))


def is_text(html: bytes, at: int) -> bool:
    """Whether what stands there is no tag: in a comment, a script, or an attribute."""
    return html[at - 1 : at] in {b'"', b"'", b"="} or any(
        html.rfind(begin, 0, at) > html.rfind(end, 0, at) for begin, end in NO_MARKUP
    )
