"""A page that sends its readers on is followed as a redirect is, once; one that has something to read is none."""

from __future__ import annotations

import time
from dataclasses import replace

import httpx
import pytest

from newsclean.errors import FetchError
from newsclean.fetch.fetcher import fetch
from newsclean.fetch.policy import FetchPolicy
from newsclean.fetch.refresh import MAX_BYTES, MOST_TAGS, refresh_of

AT_ONCE = FetchPolicy(robots=False, delay_s=0, backoff_base_s=0)
URL = "http://mill.example/old"
STORY = b"<p>The mill turns.</p>"


def onward(content: str, around: str = "{}") -> bytes:
    return around.format(f'<meta http-equiv="refresh" content="{content}">').encode()


@pytest.mark.parametrize(
    ("html", "link"),
    [
        pytest.param(onward("0; url=/story"), "/story", id="usual"),
        pytest.param(onward("0;URL='https://mill.example/story'"), "https://mill.example/story", id="quoted"),
        pytest.param(onward("5, /story"), "/story", id="after five seconds, without url="),
        pytest.param(onward("0; url=/a&amp;b"), "/a&b", id="escaped"),
        pytest.param(b"<META HTTP-EQUIV=Refresh CONTENT=0;url=/story>", "/story", id="without quotes"),
        pytest.param(onward("0; url=/a") + onward("0; url=/b"), "/a", id="the first of two"),
        pytest.param(onward("0; url=/story", f"<title>{'x' * 300}</title>{{}}<script>{'y' * 300}</script>"), "/story", id="hidden text"),
        pytest.param(onward("6; url=/story"), None, id="after six seconds"),
        pytest.param(onward("0"), None, id="to load it anew"),
        pytest.param(onward("0; url="), None, id="to nowhere"),
        pytest.param(onward("0; url=/story", "<noscript>{}</noscript>"), None, id="for those without scripts"),
        pytest.param(onward("0; url=/story") + b"<p>word" * 80, None, id="with something to read"),
        pytest.param(onward("0; url=/story") + b" " * MAX_BYTES, None, id="large"),
        pytest.param(b"<meta name=refresh content='0; url=/story'>", None, id="another tag"),
        pytest.param(b"<p>refresh", None, id="a word"),
        pytest.param(b"", None, id="empty"),
    ],
)  # fmt: skip
def test_where_a_page_leads(html: bytes, link: str | None) -> None:
    assert refresh_of(html) == link


@pytest.mark.parametrize("run", ["<", "<!", "<!--", "<meta ", "<meta http-equiv=refresh content='", "&", "</", "<a b="])
def test_any_page_is_looked_at_in_no_time(run: str) -> None:
    for times in (MAX_BYTES // len(run) - 9, MOST_TAGS):
        html = b"refresh" + run.encode() * times
        begun_s = time.process_time()
        refresh_of(html + b"x" * (MAX_BYTES - len(html)))
        assert time.process_time() - begun_s < 0.3


class Site(httpx.AsyncBaseTransport):
    """Pages by their paths."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Give a page."""
        self.asked.append(str(request.url))
        html = self.pages.get(request.url.path[1:], STORY)
        return httpx.Response(200, headers={"content-type": "text/html"}, content=html)


def test_a_page_that_leads_on_is_followed_and_kept_as_a_hop() -> None:
    site = Site(old=onward("0; url=/story"))

    page = fetch(URL, policy=AT_ONCE, transport=site)

    assert (page.html, page.url, page.final_url) == (STORY, URL, "http://mill.example/story")
    assert [(hop.url, hop.status, hop.body) for hop in page.hops] == [(URL, 200, site.pages["old"])]


def test_only_one_is_followed() -> None:
    site = Site(old=onward("0; url=/b"), b=onward("0; url=/c"))

    assert fetch(URL, policy=AT_ONCE, transport=site).final_url == "http://mill.example/b"
    assert len(site.asked) == 2


def test_a_page_that_leads_to_itself_is_the_page() -> None:
    assert fetch(URL, policy=AT_ONCE, transport=Site(old=onward("0; url=old#top"))).final_url == URL


def test_where_it_leads_is_vetted_as_a_redirect_is() -> None:
    with pytest.raises(FetchError) as caught:
        fetch(URL, policy=AT_ONCE, transport=Site(old=onward("0; url=file:///etc/hostname")))
    assert caught.value.reason == "scheme_blocked"


def test_a_policy_without_redirects_has_none_of_these_either() -> None:
    with pytest.raises(FetchError) as caught:
        fetch(URL, policy=replace(AT_ONCE, max_redirects=0), transport=Site(old=onward("0; url=/story")))
    assert caught.value.reason == "too_many_redirects"
