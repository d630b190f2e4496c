"""Each example runs, on loopback or on packaged pages, and does what it says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.demo.server import serve

EXAMPLES = Path(__file__).parent.parent / "examples"
BODY = "".join(
    f"<p>{p}</p>"
    for p in (
        "The bakery on Alder Street opened its shutters at five on Monday, as it had every day before the fire.",
        "Neighbours who had carried water in buckets that night were served first, and paid nothing for their bread.",
        "The sisters who own it said the new oven was smaller than the old one, and that the rolls were the same.",
    )
)


def page(title: str, more: str = "") -> bytes:
    return (
        f'<html lang="en"><head><title>{title}</title></head><body><nav><a href="/b.html">More</a></nav><article>'
        f"<h1>{title}</h1><p>Share this article</p>{BODY}{more}</article></body></html>"
    ).encode()


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run an example with the newsclean and the Python that run these tests."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
    )


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell script")
def test_the_batch_script_writes_articles_and_lists_failures(tmp_path):
    with serve({"/a.html": page("Bakery opens again")}) as base:
        (tmp_path / "urls.txt").write_text(f"{base}/a.html\n{base}/gone.html\n")
        done = run(EXAMPLES / "batch.sh", tmp_path / "urls.txt", tmp_path / "out", "--allow-private", "127.0.0.0/8")

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{base}/gone.html\thttp_4xx\n"
    assert (tmp_path / "out" / "articles.jsonl").read_text("utf-8").count("\n") == 1


def test_the_asyncio_crawler_follows_links_within_its_bound():
    wall = '<a href="/wall.html">More</a><a href="https://other.example/">Others</a><a href="http://[">?</a>'
    pages = {"/": page("Bakery opens again", wall), "/b.html": page("Mill turns again"), "/wall.html": b"<p>Log in"}
    with serve(pages) as base:
        done, one = (
            run(sys.executable, EXAMPLES / "asyncio_crawler.py", f"{base}/", most, "127.0.0.0/8") for most in "51"
        )

    assert (done.returncode, one.returncode) == (0, 0), done.stderr
    assert "Bakery opens again" in done.stdout
    assert "Mill turns again" in done.stdout
    assert f"skipped: {base}/wall.html" in done.stderr
    assert "other.example" not in done.stderr
    assert one.stdout.count("\n") == 1


def test_the_scrapy_pipeline_cleans_what_a_spider_finds(tmp_path):
    pytest.importorskip("scrapy", reason="needs scrapy, which brings 30 packages and 75 MB: pip install scrapy")
    others = (
        "tel:+15550100",
        "mailto:news@mill.example",
        "javascript:void(0)",
        "data:,a",
        "ftp://127.0.0.1/",
        "http://[",
    )
    more = "".join(f'<a href="{link}">More</a>' for link in (*others, "/wall.html"))
    pages = {
        "/": page("Bakery opens again", more),
        "/b.html": page("Mill turns again"),
        "/wall.html": b"<p>Log in",
    }
    spider = (sys.executable, "-m", "scrapy", "runspider", EXAMPLES / "scrapy_pipeline.py")
    with serve(pages) as base:
        done = run(*spider, "-a", f"start={base}/", "-O", tmp_path / "out.jsonl", "-s", "DOWNLOAD_DELAY=0")

    assert done.returncode == 0, done.stderr
    articles = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert {a["title"] for a in articles} == {"Bakery opens again", "Mill turns again"}
    assert all("Share this" not in a["text"] for a in articles)
    assert "Dropped: no_body" in done.stderr
    assert "Traceback" not in done.stderr
    assert "<p>Log in" not in done.stderr


def test_a_folder_of_texts_is_cleaned_and_the_rules_are_counted(tmp_path):
    (tmp_path / "raw").mkdir()
    lines = BODY.replace("<p>", "").split("</p>")
    (tmp_path / "raw" / "one.txt").write_text("\n".join(("Share this article", *lines)), "utf-8")

    done = run(sys.executable, EXAMPLES / "clean_folder.py", tmp_path / "raw", tmp_path / "cleaned")

    assert done.returncode == 0, done.stderr
    assert "1  en/share-buttons" in done.stdout
    assert "Share this" not in (tmp_path / "cleaned" / "one.txt").read_text("utf-8")


def test_a_folder_of_texts_that_is_missing_is_told_and_nothing_is_made(tmp_path):
    done = run(sys.executable, EXAMPLES / "clean_folder.py", tmp_path / "raw", tmp_path / "cleaned")

    assert done.returncode == 2
    assert f"no such folder: {tmp_path / 'raw'}" in done.stderr
    assert not (tmp_path / "cleaned").exists()


def test_a_site_rule_takes_its_line():
    done = run(sys.executable, EXAMPLES / "site_rule" / "site_rule.py")

    assert done.returncode == 0, done.stderr
    assert "[harbourpost.example/tide-table] Today's tides" in done.stdout
