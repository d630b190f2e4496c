"""Bytes of a page to text: which encoding, in the order that browsers and measurements agree on.

Byte order mark, then UTF-8 if the bytes are UTF-8 (but for a broken character here and there) whatever they are
labelled, then the HTTP header, then the page's own meta tag, then detection, then windows-1252.
"""

from __future__ import annotations

import codecs
import re

from newsclean.errors import NoArticle

MAX_REPLACED_SHARE = 0.01  # above this the label is taken to be wrong
GOOD_PER_BROKEN = 20  # characters of UTF-8 that outweigh a broken one; other encodings hardly ever look like UTF-8
META_BYTES = 4_096  # pages put the declaration late; the standard's 1,024 misses some
DETECT_BYTES = 65_536

# What the web means by a label (WHATWG Encoding Standard), where Python's codec of that name would fail on real pages.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Labels of the Encoding Standard that Python has no name for.
NAMED = {
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "windows-949": "cp949",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-user-defined": "cp1252",
}
REFUSED = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
META_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([a-z0-9_.:-]{2,40})""", re.IGNORECASE)


def to_utf8(html: bytes, label: str | None = None) -> bytes:
    """The page's text in UTF-8: for nearly all pages the very same bytes; arguments and errors as `decode`."""
    try:
        sound = html.isascii() or "\ufffd" not in html.decode()  # a third of the time of looking for its three bytes
    except UnicodeDecodeError:
        sound = False
    if sound and b"\x1b" not in html and b"\x00" not in html and not html.startswith(codecs.BOM_UTF8):
        return html
    return decode(html, label).encode()


def decode(html: bytes, label: str | None = None) -> str:
    """The page's text.

    Args:
        html: as it came, decompressed.
        label: the charset of the HTTP header, if there was one.

    Raises:
        NoArticle: reason `bad_encoding`; in no encoding do the bytes make text.
    """
    for bom, encoding in BOMS:
        if html.startswith(bom):
            return html[len(bom) :].decode(encoding, "replace")
    if b"\x1b" not in html and b"\x00" not in html:
        text = html.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if not broken or len(text) - len(text.encode("ascii", "ignore")) > GOOD_PER_BROKEN * broken:
            return text
    declared = META_CHARSET.search(html[:META_BYTES])
    labels = (label, declared[1].decode("ascii") if declared else None)
    for encoding in filter(None, map(codec_of, labels)):
        text = html.decode(encoding, "replace")
        if text.count("\ufffd") <= MAX_REPLACED_SHARE * len(text):
            return text
    text = html.decode(detect(html) or "cp1252", "replace")
    if text.count("\ufffd") + text.count("\x00") > 0.1 * len(text):
        raise NoArticle("more than a tenth of the characters can't be read", reason="bad_encoding")
    return text


def codec_of(label: str | None) -> str | None:
    """Python's codec for a label of the web; None for no label, an unknown one, or one that is not for text.

    >>> codec_of("ISO-8859-1"), codec_of("GB2312"), codec_of("hex"), codec_of("no-such")
    ('cp1252', 'gb18030', None, None)
    """
    name = (label or "").strip("\"' \t\r\n\f").lower()
    try:
        info = codecs.lookup(NAMED.get(name, name))
        b"ab".decode(info.name)  # refuses codecs that don't make text, such as hex
    except (LookupError, ValueError):
        return None
    codec = "utf-8" if info.name.startswith("utf-16") else info.name  # whoever declares it in ASCII doesn't mean it
    return None if codec in REFUSED else MEANT.get(codec, codec)


def detect(html: bytes) -> str | None:
    """The encoding that the bytes look like, or None."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to import

    best = from_bytes(html[:DETECT_BYTES]).best()
    return best.encoding if best is not None else None
