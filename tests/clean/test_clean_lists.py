import pytest

from newsclean.clean.lists import drop_lists
from newsclean.model import Block


def test_list_items_stay_by_default(draft, propose):
    assert propose(drop_lists, draft("Bring:", Block(0, "item", "two ropes"))).changes == []


def test_list_items_go_on_request(draft, propose):
    lines = ("Bring:", Block(0, "item", "two ropes"), Block(0, "item", "a lamp"))
    changes = propose(drop_lists, draft(*lines), drop={"lists"}).changes
    assert changes == [("list", 1, "two ropes", None), ("list", 2, "a lamp", None)]


@pytest.mark.parametrize("kind", ["heading", "paragraph", "quote", "caption", "cell"])
def test_other_blocks_are_no_items(draft, propose, kind):
    assert propose(drop_lists, draft(Block(0, kind, "two ropes")), drop={"lists"}).changes == []
