"""The comparison of extractors: what is asked, counted and printed. Times are for people to look at."""

import gzip
import json
import socket
from contextlib import suppress

import pytest
from adapters import ADAPTERS, Adapter
from extractors import Answer, Quality, Row, ask, cross_validated, load, records_in, report, row_of, run, table

BODY = ["The lighthouse at Cape Solace was lit again on Sunday.", "It had been dark since the storm of the ninth."]
PAGE = f"<html><body><article><p>{'</p><p>'.join(BODY)}</p></article></body></html>".encode()


def record(name="one", source="harbour"):
    return {"id": name, "source": source, "url": "https://news.example/lamp", "body": BODY}


def perfect(html, url):
    return "\n".join(BODY)


def failing(html, url):
    raise ValueError("no tree")


def endless(html, url):
    while True:
        with suppress(Exception):  # as many extractors have it; they have to be stopped all the same
            "x".join("yy")


def connecting(html, url):
    with socket.create_connection(("127.0.0.1", 9), timeout=1):
        return "online"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    records = [record(name, source) for name, source in (("a", "harbour"), ("b", "harbour"), ("c", "mill"))]
    for one in records:
        (tmp_path / "pages" / f"{one['id']}.html.gz").write_bytes(gzip.compress(PAGE))
    lines = [*records, {"id": "d", "source": "harbour", "url": None, "with": ["no body"]}]
    (tmp_path / "set.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return tmp_path


def row(name, mean_ms, f1=0.9, **more):
    figures = {"pages": 3, "median_ms": 8.0, "p99_ms": 99.0, "beside": 0.0, "exact": 1, "errors": {}} | more
    return Row(name=name, mean_ms=mean_ms, sources={"harbour": Quality(f1, f1), "mill": Quality(1.0, 0.5)}, **figures)


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_records_without_a_body_and_of_other_sources_are_left_out(folder):
    assert {r["id"] for r in records_in(folder, None)} == {"a", "b", "c"}
    assert [r["id"] for r in records_in(folder, ["mill"])] == ["c"]


def test_records_come_in_the_same_order_each_time(folder):
    assert records_in(folder, None) == records_in(folder, None)


def test_what_is_not_installed_is_named():
    def absent():
        raise ImportError("No module named 'nowhere'")

    extractors, missing = load({"here": Adapter("p", "text", lambda: perfect), "away": Adapter("q", "text", absent)})

    assert extractors == {"here": perfect}
    assert missing == ["away (No module named 'nowhere')"]


def test_each_extractor_is_asked_for_each_page_in_turn_first(folder, capsys):
    asked = []

    def noting(name):
        return lambda html, url: asked.append(name) or "\n".join(BODY)

    answers = run({name: noting(name) for name in "xyz"}, records_in(folder, None), folder)

    assert asked[-9:] == [*"xyz", *"yzx", *"zxy"]
    assert {name: len(of) for name, of in answers.items()} == {"x": 3, "y": 3, "z": 3}
    assert "3 of 3" in capsys.readouterr().err


def test_a_text_is_scored_against_the_label():
    answer = ask(perfect, record(), PAGE)

    assert (answer.precision, answer.recall, answer.exact, answer.error) == (1.0, 1.0, True, "")
    assert answer.cpu_s >= 0


def test_an_extractor_that_raises_scores_nothing_and_is_counted():
    answer = ask(failing, record(), PAGE)

    assert (answer.precision, answer.recall, answer.exact, answer.error) == (0.0, 0.0, False, "ValueError")
    assert row_of("failing", [answer, ask(perfect, record(), PAGE)]).errors == {"ValueError": 1}


def test_an_extractor_that_does_not_end_is_stopped():
    answer = ask(endless, record(), PAGE, limit_s=0.05)

    assert answer.error == "TooSlow"
    assert answer.cpu_s < 5


def test_nothing_connects_while_extractors_run(folder):
    connect = socket.socket.connect
    answers = run({"connecting": connecting}, records_in(folder, ["mill"]), folder)

    assert answers["connecting"][0].error == "ConnectionRefusedError"
    assert socket.socket.connect is connect


def test_a_row_has_the_middle_the_mean_and_the_slowest_of_the_times():
    answers = [Answer(ms / 1e3, 0.0, "harbour", 1.0, 0.5, exact=ms == 1) for ms in (*[1] * 98, 5, 97)]
    figures = row_of("x", answers)

    assert figures.median_ms == pytest.approx(1)
    assert figures.mean_ms == pytest.approx(2)
    assert figures.p99_ms == pytest.approx(97)
    assert figures.exact == 98
    assert figures.f1 == pytest.approx(2 / 3)


def test_f1_is_the_mean_of_the_sources_and_not_of_the_pages():
    answers = [Answer(0.001, 0.0, "large", 1.0, 1.0, exact=True)] * 9 + [Answer(0.001, 0.0, "small", 0, 0, exact=False)]

    assert row_of("x", answers).f1 == pytest.approx(0.5)


def test_the_table_tells_how_many_times_as_fast_as_trafilatura_each_is():
    lines = table(
        [row("newsclean", 10.0), row("trafilatura", 50.0), row("sloth", 200.0, errors={"ValueError": 2})]
    ).splitlines()
    at = cells(lines[0]).index("speed, trafilatura = 1")

    assert [cells(line)[at] for line in lines[2:]] == ["5.0", "1.0", "0.2"]
    assert [cells(line)[-1] for line in lines[2:]] == ["0", "0", "2"]
    assert {len(cells(line)) for line in lines} == {11}


def test_the_table_has_the_quality_of_each_source():
    line = table([row("newsclean", 10.0, f1=0.95)]).splitlines()[2]

    assert "0.950 / 0.950 / 0.950" in line
    assert "1.000 / 0.500 / 0.667" in line
    assert cells(line)[-3] == "0.808"


def test_the_report_tells_what_is_missing_what_ran_beside_what_failed_and_that_figures_are_in_sample():
    told = report([row("newsclean", 10.0, beside=0.4, errors={"KeyError": 3})], ["goose3 (not there)"], 0.979)

    assert "Not installed: goose3 (not there)" in told
    assert "newsclean: other threads and processes took 40% on top" in told
    assert "newsclean failed: KeyError on 3." in told
    assert "0.979" in told


def test_cross_validated_f1_is_the_mean_of_the_same_sources(tmp_path):
    model = tmp_path / "model.json"
    model.write_text('{"cross_validated": {"harbour": "F1 0.9000 P 1", "mill": "F1 0.8000", "inn": "F1 0.1"}}', "utf-8")

    assert cross_validated(model, {"harbour": Quality(1, 1), "mill": Quality(1, 1)}) == pytest.approx(0.85)
    assert cross_validated(model, {"harbour": Quality(1, 1), "quay": Quality(1, 1)}) is None


@pytest.mark.filterwarnings("ignore")  # strangers' code
@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_gives_the_text_of_a_page_where_its_package_is_installed(name):
    sentence = (
        "The keeper said that the new lamp can be seen from twenty miles, and that the gulls are not fond of it. "
    )
    html = "".join(f"<p>{sentence * 3}It was night {n}.</p>" for n in range(9))
    page = f"<html lang=en><head><title>The lamp</title></head><body><article>{html}</article></body></html>".encode()
    extractors, missing = load({name: ADAPTERS[name]})
    if missing:
        pytest.skip(missing[0])

    assert "can be seen from twenty miles" in extractors[name](page, "https://news.example/lamp")
