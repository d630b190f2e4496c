"""Which encoding a page is read in."""

from __future__ import annotations

import codecs

import pytest

import newsclean
from newsclean.errors import NoArticle
from newsclean.extract.charset import codec_of, decode, to_utf8

GERMAN = (
    "Der Bürgermeister sagte, die Brücke über die Aue müsse noch vor dem Herbst erneuert werden – „so bald es geht“."
)
TEXTS = {
    "windows-1252": GERMAN,
    "iso-8859-1": GERMAN,
    "windows-1250": "Burmistrz powiedział, że most nad rzeką będzie gotów przed jesienią, a łodzie wrócą.",
    "windows-1251": "Рыбаки вернулись в гавань после девяти дней шторма, и первый паром вышел с сорока пассажирами.",
    "koi8-r": "Рыбаки вернулись в гавань после девяти дней шторма, и первый паром вышел с сорока пассажирами.",
    "iso-8859-9": "Belediye başkanı, köprünün sonbahardan önce onarılacağını ve teknelerin limana döneceğini söyledi.",
    "tis-620": "ท่าเรือเปิดอีกครั้งในวันจันทร์หลังพายุเก้าวัน",
    "windows-874": "ท่าเรือเปิดอีกครั้งในวันจันทร์หลังพายุเก้าวัน",
    "shift_jis": "嵐が九日間続いた後、港は月曜日に再び開き、最初の船が四十人の乗客を乗せて出発した①。",
    "x-sjis": "嵐が九日間続いた後、港は月曜日に再び開き、最初の船が四十人の乗客を乗せて出発した。",
    "euc-jp": "嵐が九日間続いた後、港は月曜日に再び開き、最初の船が四十人の乗客を乗せて出発した。",
    "iso-2022-jp": "嵐が九日間続いた後、港は月曜日に再び開き、最初の船が四十人の乗客を乗せて出発した。",
    "gb2312": "九天的风暴过后，港口于星期一重新开放，第一艘渡轮载着四十名乘客出发，朱镕说。",
    "gbk": "九天的风暴过后，港口于星期一重新开放，第一艘渡轮载着四十名乘客出发。",
    "big5": "九天的風暴過後，港口於星期一重新開放，第一艘渡輪載著四十名乘客出發。",
    "euc-kr": "아흐레 동안의 폭풍이 지나간 뒤 항구는 월요일에 다시 문을 열었고 첫 배가 떠났다, 펩시 똠.",
}
# what pages so labelled are really written in
WRITTEN_IN = {
    "iso-8859-1": "cp1252",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "euc-kr": "cp949",
}


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>x</title></head><body><p>{text}</p></body></html>"


def written(label: str, head: str = "") -> bytes:
    return page(TEXTS[label], head).encode(WRITTEN_IN.get(label, label))


@pytest.mark.parametrize("label", TEXTS)
def test_the_header_names_the_encoding(label: str) -> None:
    assert TEXTS[label] in decode(written(label), label)


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="{}">',
        "<META CHARSET={}>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
        "<meta charset = ' {} '>",
        "<!-- " + "x" * 3_000 + ' --><meta charset="{}">',
    ],
    ids=["quoted", "upper-case", "http-equiv", "spaced", "late"],
)
@pytest.mark.parametrize("label", TEXTS)
def test_the_page_names_the_encoding(label: str, head: str) -> None:
    assert TEXTS[label] in decode(written(label, head.format(label)))


def test_an_xml_declaration_names_the_encoding() -> None:
    html = '<?xml version="1.0" encoding="windows-1251"?>' + page(TEXTS["windows-1251"])

    assert TEXTS["windows-1251"] in decode(html.encode("cp1251"))


def test_the_header_goes_before_the_page() -> None:
    assert TEXTS["koi8-r"] in decode(written("koi8-r", "<meta charset=windows-1251>"), "koi8-r")


@pytest.mark.parametrize(
    "label", ["hex", "undefined", "no-such", "utf-7", "idna", "rot13", "", "\x00", "utf-16", "x" * 99]
)
@pytest.mark.parametrize("said_by", ["header", "page"])
def test_a_label_that_is_no_encoding_is_passed_over(label: str, said_by: str) -> None:
    if said_by == "header":
        assert TEXTS["windows-1251"] in decode(written("windows-1251", "<meta charset=windows-1251>"), label)
    else:
        assert TEXTS["windows-1251"] in decode(written("windows-1251", f"<meta charset='{label}'>"), "windows-1251")


@pytest.mark.parametrize("label", ["latin1", "windows-1251", "shift_jis", "gb2312", "us-ascii", "hex", None])
def test_utf_8_wins_whatever_the_label(label: str | None) -> None:
    assert GERMAN in decode(page(GERMAN, "<meta charset=iso-8859-1>").encode(), label)


@pytest.mark.parametrize("label", [None, "latin1"])
@pytest.mark.parametrize("broken", [b"\xff", b"\xc3", b"\xe2\x80"], ids=["stray", "cut-two", "cut-three"])
def test_a_broken_character_does_not_make_utf_8_another_encoding(broken: bytes, label: str | None) -> None:
    assert GERMAN in decode(page(GERMAN * 5).encode() + broken + b"</html>", label)


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be"],
)
def test_a_byte_order_mark_goes_before_all_else(bom: bytes, codec: str) -> None:
    html = page(GERMAN, "<meta charset=windows-1251>")

    assert decode(bom + html.encode(codec), "shift_jis") == html


def test_utf_8_passes_as_the_very_same_bytes() -> None:
    html = page(GERMAN).encode()

    assert to_utf8(html, "latin1") is html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (codecs.BOM_UTF8 + GERMAN.encode(), GERMAN),
        (GERMAN.encode() * 5 + b"\xff", GERMAN * 5 + "\ufffd"),
        (GERMAN.encode("cp1252"), GERMAN),
        ("Die Br\ufffdcke".encode(), "Die Br\u00ef\u00bf\u00bdcke"),
        (TEXTS["iso-2022-jp"].encode("iso-2022-jp"), TEXTS["iso-2022-jp"]),
    ],
    ids=["byte-order-mark", "broken", "other", "replacement-character", "escapes"],
)
def test_all_else_is_made_utf_8(html: bytes, text: str) -> None:
    label = "iso-2022-jp" if b"\x1b" in html else "cp1252"

    assert to_utf8(html, label).decode() == text


def test_utf_16_pages_give_their_article() -> None:
    html = page("</p><p>".join([GERMAN] * 5))

    assert GERMAN in newsclean.extract(html.encode("utf-16")).text


@pytest.mark.parametrize("label", ["windows-1251", "shift_jis", "gbk", "euc-kr"])
def test_without_a_label_the_encoding_is_detected(label: str) -> None:
    html = page(TEXTS[label].rstrip("①。") * 6).encode(WRITTEN_IN.get(label, label))

    assert TEXTS[label][:20] in decode(html)


def test_a_label_that_garbles_the_page_gives_way_to_the_next() -> None:
    assert TEXTS["windows-1251"] in decode(written("windows-1251", "<meta charset=windows-1251>"), "utf-8")


def test_bytes_that_are_text_in_no_encoding_are_refused() -> None:
    with pytest.raises(NoArticle) as caught:
        decode(b"<p>" + b"\x00\x81\x8d" * 500)

    assert caught.value.reason == "bad_encoding"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF8", "utf-8"),
        (' "utf-8"', "utf-8"),
        ("utf-16", "utf-8"),
        ("latin1", "cp1252"),
        ("US-ASCII", "cp1252"),
        ("ks_c_5601-1987", "cp949"),
        ("windows-949", "cp949"),
        ("X-GBK", "gb18030"),
        ("x-cp1251", "cp1251"),
        ("big5", "big5hkscs"),
        ("unicode_escape", None),
        ("base64", None),
        (None, None),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str | None, codec: str | None) -> None:
    assert codec_of(label) == codec
