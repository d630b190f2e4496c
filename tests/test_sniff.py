"""What files and bodies are, by their first bytes."""

from __future__ import annotations

import pytest

import newsclean
from newsclean.batch.inputs import kind_of
from newsclean.batch.saved import is_page
from newsclean.errors import NoArticle
from newsclean.sniff import BOM, SNIFF_BYTES, is_feed, is_html

LINK = b"<item><link>https://mill.example/1</link></item>"
FEEDS = {
    "rss": b"<rss><channel>" + LINK,
    "prologue": b"<?xml version='1.0'?>\n<?xml-stylesheet href='x.xsl'?>\n<!-- made by <html> -->\n<rss><channel>"
    + LINK,
    "doctype": b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">\n<rss version="0.91">',
    "atom": BOM + b"<feed xmlns='http://www.w3.org/2005/Atom'>",
    "prefixed": b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>",
    "rdf": b"<rdf:RDF xmlns:rdf='x'>",
    "sitemap": b"<?xml version='1.0'?><urlset\n>",
    "html within": b"<rss><channel><description><![CDATA[<html><body>]]></description>" + LINK,
}
PAGES = {
    "doctype": b"<!doctype html><rss>",
    "transitional": b'<!DOCTYPE  HTML PUBLIC "-//W3C//DTD HTML 4.01//EN"><html>',
    "html": BOM + b"\n<HTML lang=en>",
    "head": b"<head><title>Mill</title>",
    "body": b"<!-- mill --><body><p>x",
    "xhtml": b"<?xml version='1.0'?><!DOCTYPE html><html>",
}
NEITHER = {
    "text": b"The mill <html> turns",
    "empty": b"",
    "list": b"https://mill.example/<rss>",
    "table": b"<table><tr>",
}


@pytest.mark.parametrize("start", FEEDS.values(), ids=FEEDS)
def test_a_feed_is_a_feed_for_every_stage(start: bytes, tmp_path):
    path = tmp_path / "saved"
    path.write_bytes(start)
    assert (is_feed(start), is_html(start), is_page(path), kind_of(path)) == (True, False, False, "feed")
    with pytest.raises(NoArticle, match="a feed or a sitemap"):
        newsclean.extract(start + b"<p>The mill turns again after the flood of last winter.</p>" * 40)


@pytest.mark.parametrize("start", PAGES.values(), ids=PAGES)
def test_a_page_is_a_page_for_every_stage(start: bytes, tmp_path):
    path = tmp_path / "saved"
    path.write_bytes(start)
    assert (is_feed(start), is_html(start), is_page(path)) == (False, True, True)


@pytest.mark.parametrize("start", NEITHER.values(), ids=NEITHER)
def test_what_is_neither_is_neither(start: bytes):
    assert (is_feed(start), is_html(start)) == (False, False)


def test_no_more_than_the_beginning_is_read():
    assert not is_feed(b"<!--" + b"x" * SNIFF_BYTES + b"--><rss>")
