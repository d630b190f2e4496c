from newsclean.clean.lines import drop_edges, drop_lines

CORRECTION = "Correction: The boat is blue, not green."


def test_a_boilerplate_line_goes_wherever_it_stands(draft, propose, prose):
    changes = propose(drop_lines, draft("Share", prose[0], "» Share this story", prose[1])).changes
    assert changes == [
        ("xx/share-buttons", 0, "Share", None),
        ("xx/share-buttons", 2, "» Share this story", None),
    ]


def test_a_sentence_with_the_phrase_in_it_stays(draft, propose, prose):
    assert (
        propose(drop_lines, draft("Share prices fell.", "They share this story with the mail.", *prose)).changes == []
    )


def test_phrases_of_other_scopes_are_not_for_this_cleaner(draft, propose, prose):
    assert propose(drop_lines, draft("Comments", *prose, "Photo: Post archive", "All rights reserved")).changes == []


def test_a_correction_stays_by_default(draft, propose, prose):
    assert propose(drop_lines, draft(*prose, CORRECTION)).changes == []


def test_a_correction_goes_on_request(draft, propose, prose):
    changes = propose(drop_lines, draft(*prose, CORRECTION), drop={"corrections"}).changes
    assert changes == [("xx/correction", len(prose), CORRECTION, None)]


def test_a_label_goes_above_and_below_the_text(draft, propose, prose):
    changes = propose(drop_edges, draft("Comments", *prose, "Comments")).changes
    assert changes == [
        ("xx/page-label", 0, "Comments", None),
        ("xx/page-label", len(prose) + 1, "Comments", None),
    ]


def test_a_label_within_the_text_may_be_its_subheading_and_stays(draft, propose, prose):
    assert propose(drop_edges, draft(prose[0], "Comments", prose[1])).changes == []


def test_a_text_without_prose_has_no_edges(draft, propose):
    assert propose(drop_edges, draft("Comments", "Boats", "Comments")).changes == []
