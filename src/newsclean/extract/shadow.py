"""Shadow roots that a page declares: templates whose content browsers show where they stand; others hold nothing."""

from __future__ import annotations

import re

SIGN = b"shadowroot"
TEMPLATE = re.compile(rb"<(?:template((?:\s[^<>]{0,2000})?)|/template\s{0,9})>", re.IGNORECASE)
DECLARED = re.compile(rb"\sshadowroot(?:mode)?\s{0,9}=", re.IGNORECASE)  # without "mode" in browsers of 2022


def open_shadow_roots(html: bytes) -> bytes:
    """The page with its declared shadow roots as `div` elements; other templates stay."""
    if SIGN not in html:
        return html
    parts: list[bytes] = []
    is_root: list[bool] = []  # of the templates that are open, outermost first
    start = 0
    for tag in TEMPLATE.finditer(html):
        attributes = tag[1]
        if attributes is not None:
            is_root.append(DECLARED.search(attributes) is not None)
            changed = b"<div>" if is_root[-1] else None
        else:
            changed = b"</div>" if is_root and is_root.pop() else None
        if changed is not None:
            parts += (html[start : tag.start()], changed)
            start = tag.end()
    return b"".join((*parts, html[start:]))
