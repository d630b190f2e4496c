"""The nodes of JSON-LD values, and what they hold as text; nothing is believed to have the type it should have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from newsclean.extract.metadata.text import tidy

MAX_NODES = 2_000
MAX_DEPTH = 8
LISTS = ("@list", "itemListElement", "item")  # where nodes without a name have what they list

Node: TypeAlias = dict[str, object]


class Index:
    """The nodes by their "@id", collected when the first is asked for: most pages refer to none."""

    def __init__(self, blocks: tuple[object, ...]) -> None:
        self.blocks = blocks
        self.nodes: dict[str, Node] | None = None

    def get(self, name: str, default: Node) -> Node:
        """The node of this name that says most, or the default."""
        if self.nodes is None:
            self.nodes = {str(n["@id"]): n for n in walk(self.blocks, None) if "@id" in n and len(n) > 2}
        return self.nodes.get(name, default)


def walk(values: object, edges: tuple[str, ...] | None) -> Iterator[Node]:
    """The nodes under a value, along these keys (None: all), breadth first and at most MAX_NODES."""
    level = [values]
    left = MAX_NODES
    for _ in range(MAX_DEPTH):
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                left -= 1
                if left < 0:
                    return
                yield value
                below += value.values() if edges is None else (value[e] for e in edges if e in value)
            elif isinstance(value, (list, tuple)):
                below += value
        level = below


def has_type(node: Node, endings: tuple[str, ...]) -> bool:
    """Whether one of the node's types ends so."""
    types = node.get("@type")
    if isinstance(types, list):
        return any(isinstance(t, str) and t.endswith(endings) for t in types)
    return isinstance(types, str) and types.endswith(endings)


def as_bool(value: object) -> bool | None:
    """True or false as sites print them: as such, or as "True", "false", "http://schema.org/False"."""
    if isinstance(value, bool):
        return value
    word = value.strip().rpartition("/")[2].casefold() if isinstance(value, str) else ""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(word)


def text_of(value: object, *keys: str) -> str | None:
    """The first text in a value: itself, of a list's first item, of a node's `keys`."""
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, list):
        return next((t for v in value[:10] if (t := text_of(v, *keys))), None)
    if isinstance(value, dict):
        return next((t for k in keys if isinstance(v := value.get(k), (str, list)) and (t := text_of(v))), None)
    return None


def first_text(nodes: list[Node], *names: str) -> str | None:
    """The first text that one of the nodes has under one of the names."""
    for node in nodes:
        for name in names:
            if (value := node.get(name)) and (text := text_of(value, "@value", "@id", "name")):
                return text
    return None


def listed(value: object, index: Index, depth: int = 2) -> Iterator[object]:
    """The items of a value as `resolved` has them, with those of the lists among them: arrays, "@list", ItemList."""
    for item in resolved(value, index):
        inner: object = item if isinstance(item, list) else None
        if isinstance(item, dict) and "name" not in item:
            inner = next((item[key] for key in LISTS if item.get(key)), None)
        if inner and depth:
            yield from listed(inner, index, depth - 1)
        else:
            yield item


def resolved(value: object, index: Index) -> Iterator[object]:
    """The items of a value, with references replaced by what they refer to."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and "name" not in item and "@id" in item:
            yield index.get(str(item["@id"]), item)
        else:
            yield item
