from newsclean.clean.repeats import drop_repeats


def test_the_second_copy_of_a_paragraph_goes(draft, propose, prose):
    assert propose(drop_repeats, draft(*prose, prose[1])).changes == [("repeated-paragraph", 5, prose[1], None)]


def test_every_further_copy_goes(draft, propose, prose):
    assert [c[1] for c in propose(drop_repeats, draft(prose[0], prose[0], prose[1], prose[0])).changes] == [1, 3]


def test_copies_are_alike_whatever_their_quotes(draft, propose):
    curly = "“The boat will come back when it comes back, and not an hour before that,” said the harbour master."
    straight = curly.translate({ord("“"): '"', ord("”"): '"'})
    assert propose(drop_repeats, draft(curly, straight)).changes == [("repeated-paragraph", 1, straight, None)]


def test_a_short_line_may_be_said_twice(draft, propose, prose):
    """“Yes.” is an answer each time, and a refrain is a refrain."""
    assert propose(drop_repeats, draft("Yes.", prose[0], "Yes.", "We wait.", "We wait.")).changes == []


def test_a_paragraph_that_differs_in_one_word_stays(draft, propose, prose):
    assert propose(drop_repeats, draft(prose[0], prose[0].replace("Friday", "Sunday"))).changes == []
