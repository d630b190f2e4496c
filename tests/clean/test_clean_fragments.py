import pytest

from newsclean.clean.fragments import cut_fragments

STORY = "The two harbours opened a common office in March, a sign that the long quarrel about the buoys is over."


@pytest.mark.parametrize(
    "orphan",
    ["-Gullpoint summit in June.", "–Aldermouth talks on the price of buoys.", "-island ferry, the only one left?"],
    ids=["hyphen", "dash", "comma"],
)
def test_a_fragment_at_the_end_is_cut(draft, propose, orphan):
    changes = propose(cut_fragments, draft(f"{STORY} {orphan}")).changes
    assert changes == [("orphan-fragment", 0, f"{STORY} {orphan}", STORY)]


@pytest.mark.parametrize(
    "text",
    [
        f"{STORY} -Reuters",
        f"{STORY} -Reuters.",
        f"{STORY} - Reuters",
        f"{STORY} –Ann Bell.",
        "They paid for the boats, the lamps and the nets -and the buoys -out of their own pocket.",
        f"{STORY} – That is what both mayors say, at least.",
        "- Yes, we sold the lamp. - And the lighthouse? - That as well, in the end.",
        "Bring these. -Two ropes -One lamp -A spare pair of boots.",
        f"{STORY} The Aldermouth-Gullpoint line opens in June.",
        STORY,
    ],
    ids=[
        "agency",
        "agency-stop",
        "agency-spaced",
        "name",
        "dashes-within",
        "afterthought",
        "dialogue",
        "list",
        "hyphenated",
        "plain",
    ],
)
def test_a_hyphen_that_means_something_stays(draft, propose, text):
    assert propose(cut_fragments, draft(text)).changes == []


def test_a_fragment_longer_than_the_paragraph_before_it_stays(draft, propose):
    """It is then hardly the rest of something else."""
    assert propose(cut_fragments, draft("It rained. -Gullpoint summit in June.")).changes == []
