"""Every phrase proves itself, and none hits a paragraph that people labelled as article."""

import json
import re
from pathlib import Path

import pytest

from newsclean.errors import RuleError
from newsclean.rules import (
    MAX_LINE_CHARS,
    all_phrases,
    check_folder,
    fold,
    languages,
    read_phrases,
    rules_for,
)
from newsclean.rules.phrases import Phrase, compiled

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
PHRASES = all_phrases()
SENTENCES = {  # of an article; none is a prompt
    "de": ("Der Pier bleibt zu.", "Nach dem Sturm wird der alte Pier im nächsten Jahr aus Stahl neu gebaut."),
    "en": ("The pier stays shut.", "After the storm the old pier will be rebuilt in steel next year."),
    "es": ("El muelle sigue cerrado.", "Tras la tormenta, el viejo muelle se reconstruirá en acero el próximo año."),
    "fr": ("La jetée reste fermée.", "Après la tempête, la vieille jetée sera reconstruite en acier l'an prochain."),
    "it": ("Il molo resta chiuso.", "Dopo la tempesta il vecchio molo sarà ricostruito in acciaio l'anno prossimo."),
    "ja": ("桟橋は閉じたままだ。", "嵐のあと、古い桟橋は来年、鋼鉄で建て直されることになった。"),
    "nl": ("De pier blijft dicht.", "Na de storm wordt de oude pier volgend jaar in staal herbouwd."),
    "pl": ("Molo jest zamknięte.", "Po sztormie stare molo zostanie w przyszłym roku odbudowane ze stali."),
    "pt": ("O cais segue fechado.", "Depois da tempestade, o velho cais será refeito em aço no próximo ano."),
    "ru": ("Пирс закрыт.", "После шторма старый пирс в следующем году построят заново из стали."),
}
# The line as a whole is what they are for: a picture's caption, of any words, is told by the credit that ends it, and
# the summary of a video by its date and length.
END_TELLS = ("caption", "de/video-teaser")
PHRASE = '[[phrase]]\nid = {id}\nscope = "line"\npattern = {pattern}\nhits = {hits}\nmisses = {misses}\n'


def regex(phrase: Phrase) -> re.Pattern[str]:
    """All of a phrase's patterns as one: tried in half the time."""
    return compiled("|".join(pattern.text for pattern in phrase.patterns))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.rule)
def test_a_phrase_hits_what_it_says_and_misses_what_it_says(phrase):
    assert phrase.hits
    assert phrase.misses
    assert [h for h in phrase.hits if not regex(phrase).fullmatch(fold(h))] == []
    assert [m for m in phrase.misses if regex(phrase).fullmatch(fold(m))] == []


@pytest.mark.parametrize("phrase", [p for p in PHRASES if not {p.scope, p.rule} & {*END_TELLS}], ids=lambda p: p.rule)
def test_a_sentence_before_a_hit_is_not_lost_with_it(phrase):
    """A line that a phrase matches goes whole, so what it matches must not begin with just any sentence."""
    space = "" if phrase.language == "ja" else " "
    lines = [own + space + hit for own in SENTENCES.get(phrase.language, SENTENCES["en"]) for hit in phrase.hits]
    assert [line for line in lines if regex(phrase).fullmatch(fold(line))] == []


def test_the_ten_first_languages_are_there():
    assert {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ja"} <= {*languages()}


@pytest.mark.parametrize("language", languages())
def test_no_phrase_hits_a_labelled_paragraph(language):
    """A line of 12 words or more in a labelled body is article: no phrase may match it.

    In magic-html captions and Indonesian links to other stories ("Baca juga: …") are labelled as article.
    """
    if not CORPUS.is_dir():
        pytest.skip("the labelled pages are not here")
    own = [(p, regex(p)) for p in PHRASES if p.language == language and p.scope != "correction"]
    hit = {
        (phrase.rule, line)
        for split in ("dev", "more")
        for record in map(json.loads, (CORPUS / f"{split}.jsonl").read_text("utf-8").splitlines())
        for line in record.get("body", ())
        if len(line) <= MAX_LINE_CHARS and (len(line.split()) >= 12 or len(re.findall("[\u3040-\u9fff]", line)) >= 30)
        for phrase, pattern in own
        if not (record["source"] == "magic-html" and (phrase.scope == "caption" or "juga:" in line))
        if pattern.fullmatch(fold(line))
    }
    assert hit == set()


def test_an_unknown_language_gets_the_rules_of_all():
    assert len(rules_for("tlh").phrases) > len(rules_for("de").phrases) > len(rules_for("en").phrases)


@pytest.mark.parametrize(("line", "rule"), [("Advertisement", "en/advertisement"), ("Anzeige", "de/advertisement")])
def test_where_the_language_is_unknown_english_lines_are_named_by_english_rules(line, rule):
    assert rules_for(None).match("line", line).rule == rule


@pytest.mark.parametrize(
    "toml",
    [
        "[[phrase]",
        '[[phrase]]\nid = "a"\nscope = "line"\npattern = "("\nhits = ["x"]\nmisses = ["y"]',
        '[[phrase]]\nid = "a"\nscope = "word"\npattern = "x"\nhits = ["x"]\nmisses = ["y"]',
        '[[phrase]]\nid = "a"\nscope = "line"\npattern = "x"\nhits = ["x"]',
        '[[phrase]]\nid = "a"\nscope = "line"\npattern = "x"\nhits = ["x"]\nmisses = ["y"]\n' * 2,
    ],
    ids=["not-toml", "not-a-pattern", "no-such-scope", "key-missing", "same-id-twice"],
)
def test_a_wrong_rule_file_is_refused_with_its_name(toml):
    with pytest.raises(RuleError, match=r"xx\.toml"):
        read_phrases(toml, "xx")


@pytest.mark.parametrize(
    "toml",
    [
        "phrase = 5",
        'phrase = ["a"]',
        "[phrase]\nid = 1",
        '[[phrases]]\nid = "a"',
        "x = " + "[" * 5000,
        PHRASE.format(id="5", pattern='"x"', hits='["x"]', misses='["y"]'),
        PHRASE.format(id='["a"]', pattern='"x"', hits='["x"]', misses='["y"]'),
        PHRASE.format(id='"a"', pattern="[1]", hits='["x"]', misses='["y"]'),
        PHRASE.format(id='"a"', pattern="1", hits='["x"]', misses='["y"]'),
        PHRASE.format(id='"a"', pattern='"x"', hits='"x"', misses='["y"]'),
        PHRASE.format(id='"a"', pattern='"x"', hits='["x"]', misses="5"),
        PHRASE.format(id='"a"', pattern='"x"', hits='["x"]', misses="[5]"),
    ],
    ids=[
        *("number", "texts", "one-table", "misspelt", "deep", "id-number", "id-list", "pattern-list", "pattern-number"),
        *("hits-text", "misses-number", "misses-numbers"),
    ],
)
def test_a_rule_file_of_the_wrong_shape_is_refused_with_its_name(toml):
    with pytest.raises(RuleError, match=r"xx\.toml"):
        read_phrases(toml, "xx")


@pytest.mark.parametrize(
    ("hits", "misses", "said"),
    [
        ('["tip us"]', '["tips"]', "does not match its hit 'tip us'"),
        ('["tips"]', '["Tips"]', "matches its miss 'Tips'"),
    ],
    ids=["hit", "miss"],
)
def test_a_phrase_of_ones_own_that_does_not_do_what_it_says_is_refused(tmp_path, hits, misses, said):
    phrase = PHRASE.format(id='"a"', pattern='"tips?"', hits=hits, misses=misses)
    (tmp_path / "mill.example.toml").write_text(phrase, "utf-8")

    with pytest.raises(RuleError, match=said):
        check_folder(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"phrase = 5"], ids=["not-utf-8", "wrong-shape"])
def test_a_folder_with_a_wrong_file_is_refused_whatever_the_host(tmp_path, content):
    (tmp_path / "mill.example.toml").write_bytes(content)
    with pytest.raises(RuleError, match=r"mill\.example\.toml"):
        check_folder(tmp_path)
    with pytest.raises(RuleError, match=r"mill\.example\.toml"):
        rules_for("en", "www.mill.example", tmp_path)


def test_a_folder_of_good_files_and_others_passes(tmp_path):
    good = PHRASE.format(id='"a"', pattern='"x"', hits='["x"]', misses='["y"]')
    (tmp_path / "mill.example.toml").write_bytes(b"\xef\xbb\xbf" + good.encode())
    (tmp_path / "README.md").write_bytes(b"\xff")
    check_folder(tmp_path)
    assert rules_for("en", "mill.example", tmp_path).match("line", "x")
