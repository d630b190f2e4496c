import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from newsclean import letters
from newsclean.letters import squash, squash_lines


def test_squash_sees_past_case_marks_and_quotes():
    assert squash("“Über” die ＦÄＨＲＥ – heute!") == squash("'uber' die fahre: HEUTE")
    assert squash("Ferry 12") != squash("Ferry 21")


def squashed_one_by_one(text):
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", text).casefold()))


LINES = st.text(st.sampled_from("aZ9 \n_.-’“”…éÜßøıİŁﬁ½ΣςΆ\u0345\u0301\u0323Ж港가ａ①"), max_size=40)


@given(st.one_of(LINES, st.text(max_size=40), LINES.map(lambda text: text + " letters in plenty" * 9)))
@example("\ud800")
def test_squash_keeps_letters_and_digits_whatever_the_way(text):
    assert squash(text) == squashed_one_by_one(text)


@given(st.lists(LINES, max_size=5))
def test_lines_are_squashed_together_as_one_by_one(lines):
    assert squash_lines(lines) == [squashed_one_by_one(line) for line in lines]


def test_what_is_known_of_characters_is_bounded(monkeypatch):
    monkeypatch.setattr(letters, "MAX_KNOWN_CHARS", 5)
    known = letters.SquashedCharacters()

    assert "ÀÉÎÕÜÝŽČ".translate(known) == "aeiouyzc"
    assert len(known) <= 5
