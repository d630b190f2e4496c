import pytest

from newsclean.clean.header import date_of_line, drop_headers


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("16 September 2018", "2018-09-16"),
        ("Monday, 24 June 2019", "2019-06-24"),
        ("Published on June 24, 2019", "2019-06-24"),
        ("2019-06-24", "2019-06-24"),
        ("24.06.2019", "2019-06-24"),
    ],
    ids=["day-first", "weekday", "label", "iso", "dots"],
)
def test_a_date_line_above_the_text_goes_and_dates_the_article(draft, propose, prose, line, date):
    proposed = propose(drop_headers, draft(line, *prose))
    assert proposed.changes == [("date-line", 0, line, None)]
    assert proposed.fields["date_published"].startswith(date)


def test_the_lowest_date_above_the_text_is_the_articles(draft, propose, prose):
    proposed = propose(drop_headers, draft("24 June 2019", "What the crew saw", "16 September 2018", *prose))
    assert [c[1] for c in proposed.changes] == [0, 2]
    assert proposed.fields == {"date_published": "2018-09-16"}


def test_the_pages_own_date_stays(draft, propose, prose):
    proposed = propose(drop_headers, draft("16 September 2018", *prose, date_published="2018-09-15"))
    assert [c[1] for c in proposed.changes] == [0]
    assert proposed.fields == {}


def test_a_date_below_the_text_goes_and_dates_nothing(draft, propose, prose):
    proposed = propose(drop_headers, draft(*prose, "24 June 2019"))
    assert proposed.changes == [("date-line", len(prose), "24 June 2019", None)]
    assert proposed.fields == {}


def test_a_date_within_the_text_stays(draft, propose, prose):
    """A timeline has its dates as headings."""
    assert propose(drop_headers, draft(prose[0], "24 June 2019", prose[1])).changes == []


def test_a_date_with_a_label_goes_from_below_a_standfirst(draft, propose, prose):
    line = "Last updated on June 24, 2019"
    proposed = propose(drop_headers, draft(prose[0], line, *prose[1:]))
    assert proposed.changes == [("date-line", 1, line, None)]
    assert proposed.fields == {"date_published": "2019-06-24"}


@pytest.mark.parametrize("line", ["Last updated by the keeper", "June 24, 2019"], ids=["no-date", "no-label"])
def test_what_is_not_a_date_with_a_label_stays_below_a_standfirst(draft, propose, prose, line):
    assert propose(drop_headers, draft(prose[0], line, *prose[1:])).changes == []


def test_a_date_with_a_label_stays_further_down(draft, propose, prose):
    many = (*prose, *prose, *prose)[:9]
    assert propose(drop_headers, draft(*many, "Last updated on June 24, 2019", *prose)).changes == []


@pytest.mark.parametrize(
    "line",
    [
        "Since 16 September 2018 no ship has called here",
        "The crew of 2018",
        "On 16 September 2018 we lost the second boat",
        "24 boats, 19 crews",
        "Ferries: what changes in September",
    ],
    ids=["since", "year", "sentence", "numbers", "month"],
)
def test_a_line_that_says_more_than_a_date_stays(draft, propose, prose, line):
    proposed = propose(drop_headers, draft(line, *prose))
    assert (proposed.changes, proposed.fields) == ([], {})


def test_a_line_longer_than_a_date_is_none():
    assert date_of_line("16 September 2018" + " " * 60) is None


@pytest.mark.parametrize(
    "line",
    ["Home » Island » Ferries", "News > Island", "Home›Island", "Home ▸ Ferries"],
    ids=["guillemets", "greater", "tight", "triangle"],
)
def test_a_breadcrumb_above_the_text_goes(draft, propose, prose, line):
    assert propose(drop_headers, draft(line, *prose)).changes == [("breadcrumb", 0, line, None)]


@pytest.mark.parametrize("line", ["What the crew saw", "Ferries and/or bridges", "Island | Ferries", "» Island"])
def test_a_line_without_steps_is_no_breadcrumb(draft, propose, prose, line):
    assert propose(drop_headers, draft(line, *prose)).changes == []


def test_a_breadcrumb_within_or_below_the_text_stays(draft, propose, prose):
    line = "Aldermouth > Gullpoint > Aldermouth"
    assert propose(drop_headers, draft(prose[0], line, prose[1], line)).changes == []


def test_only_the_first_lines_can_stand_above_the_text(draft, propose):
    """A text without prose is no page whose header is known: a list of many lines keeps its dates in the middle."""
    lines = [f"Stop {'abcdefghij'[i]}" for i in range(9)]
    changes = propose(drop_headers, draft(*lines[:8], "Home » Island", lines[8])).changes
    assert changes == []


@pytest.mark.parametrize("line", ["12 June 2026: Vienna", "12.06.2026, Wien", "Saturday, May 16, 2026, 11 a.m."])
def test_an_entry_of_a_list_of_dates_below_the_text_stays(draft, propose, prose, line):
    assert propose(drop_headers, draft(*prose, line)).changes == []


def test_a_bare_date_below_the_text_goes(draft, propose, prose):
    changes = propose(drop_headers, draft(*prose, "16.09.2018")).changes
    assert [(c[0], c[1]) for c in changes] == [("date-line", len(prose))]


def test_several_dates_below_the_text_are_a_list_and_stay(draft, propose, prose):
    assert propose(drop_headers, draft(*prose, "16.09.2018", "23.09.2018")).changes == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Updated May 19, 2024 8:05 PM | Published May 18, 2024 7:15 AM"],
        ["Stand: 19.05.2024, 12:10 Uhr | Veröffentlicht: 18.05.2024, 06:00 Uhr"],
        ["Last modified 19 May 2024 · First published 18 May 2024"],
        ["Published: 18 May 2024", "Updated: 19 May 2024"],
        ["Updated: 19 May 2024", "Published: 18 May 2024"],
    ],
    ids=["english", "german", "more-words", "below", "above"],
)
def test_the_date_of_a_change_is_not_that_of_publication(draft, propose, prose, lines):
    proposed = propose(drop_headers, draft(*lines, *prose))

    assert proposed.fields["date_published"].startswith("2024-05-18")
    assert [c[1] for c in proposed.changes] == [*range(len(lines))]


@pytest.mark.parametrize("line", ["Monday, 12 May 2014.", "Lima, lunes 12 de mayo de 2014, 9:30 a.m."])
def test_a_date_line_that_ends_in_a_full_stop_goes(draft, propose, prose, line):
    assert propose(drop_headers, draft(line, *prose)).changes == [("date-line", 0, line, None)]


@pytest.mark.parametrize(
    "line", ["«Nos vamos», dijo ella.", "« Nous partons », dit-elle.", "«Мы уходим», — сказала она."]
)
def test_a_quotation_is_no_breadcrumb(draft, propose, prose, line):
    assert propose(drop_headers, draft(line, *prose)).changes == []


def test_a_breadcrumb_goes(draft, propose, prose):
    assert propose(drop_headers, draft("Home » News » Harbour", *prose)).changes[0][:2] == ("breadcrumb", 0)
