"""The article that a page keeps in its scripts: the data from which a browser would have drawn it.

Whatever the form of the data, the paragraphs of one article are strings of the same key that stand near each other, or
one string that holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsclean.extract.document import Document
from newsclean.extract.literals import Literal, literals, read_scripts
from newsclean.letters import FULL_STOPS

MIN_TEXT_CHARS = 600  # of sentences; less is a teaser or a notice
MIN_SENTENCE_CHARS = 60  # a string with fewer is a label, a name, a piece of a sentence
MIN_TITLE_SHARE = 0.3  # of the title's words, which the article has too
MIN_WORD_CHARS = 4
MAX_TEXTS = 3_000  # of one article
MAX_REPEATED_CHARS = 5_000  # of a text that is searched for those that follow
# Of script between two paragraphs of one article; pictures with their data stand there, and teasers not far behind. On
# 218 labelled pages that hold their article in scripts as well, F1 of what is found there is .74 with 600, .78 with
# 1,200, .80 with 2,500 and .81 with 5,000; precision, where the article is found, .93, .92, .90 and .88.
MAX_GAP_CHARS = 2_500

TAG = re.compile(r"<[^<>]{1,2000}>")
SENTENCE = re.compile(rf"\w[\"'”’»)\]]?[.!?…](?=[\s\"'”’»)\]]|$)|[。！？{FULL_STOPS}]")
UNSPACED = "\u3040-\u30ff\u3400-\u9fff"  # scripts without spaces, which say more with fewer characters
DENSE = re.compile(f"[{UNSPACED}]")
SHORT_WORDS = re.compile(f"[{UNSPACED}\uac00-\ud7af]")  # and those whose words have two or three characters
MARKS = ".,:;!?\"'“”„‘’«»()[]|–—-"
CODE = re.compile(r"[{}]|=>|\w\(\)|\]=")
JOINT = re.compile(r"\s|[.,;:!?)’”]")


@dataclass(slots=True)
class Run:
    """Texts that may be one article's.

    Attributes:
        start, end: where they stand in the script.
        texts: in order.
        chars: of running text.
    """

    start: int
    end: int = 0
    texts: list[str] = field(default_factory=list)
    chars: int = 0

    def weight(self) -> float:
        """How likely it is the article: it is long, and little else stands between its paragraphs."""
        return self.chars * min(self.chars / max(self.end - self.start, 1), 1.0)

    def goes_on(self, literal: Literal) -> bool:
        """Whether a text without a sentence belongs to it: a heading, or a piece of a line."""
        text = literal.text
        if literal.key:
            return bool(text.strip())
        return bool(self.texts) and (self.texts[-1][-1:].isspace() or text[:1].isspace() or text[-1:].isspace())


def read_state(document: Document) -> tuple[str, ...]:
    """The paragraphs in the page's scripts that most likely are its article; none if nothing there reads like it.

    Each may hold HTML, one may hold all. JSON-LD is left to its own reader.
    """
    words = title_words(document)
    best: tuple[float, Run | None] = (0.0, None)
    for script in read_scripts(document):
        for run in runs(literals(script)):
            told = share_told(words, run.texts) if run.chars >= MIN_TEXT_CHARS and run.weight() > best[0] else 0.0
            if told >= MIN_TITLE_SHARE and run.weight() * told > best[0]:
                best = run.weight() * told, run
    return tuple(join_pieces(best[1].texts)) if best[1] else ()


def title_words(document: Document) -> tuple[str, ...]:
    """The longer words of the page's title, folded; of East Asian languages, each pair of characters."""
    node = document.tree.css_first("title")
    title = document.meta("og:title", "twitter:title") or (node.text() if node is not None else "")
    words = [word.strip(MARKS) for word in title[:300].casefold().split()]
    if SHORT_WORDS.search(title):
        return tuple({word[i : i + 2] for word in words for i in range(len(word) - 1)})
    return tuple({word for word in words if len(word) >= MIN_WORD_CHARS})


def share_told(words: tuple[str, ...], texts: list[str]) -> float:
    """How many of the title's words the texts have, 0 to 1; 1 if the page has no title."""
    text = " ".join(texts).casefold()
    return sum(word in text for word in words) / len(words) if words else 1.0


def runs(found: Iterable[Literal]) -> Iterator[Run]:
    """Texts of one key that stand near each other, each once; it begins with a sentence."""
    begun: dict[str, Run] = {}
    for literal in found:
        run = begun.get(literal.key)
        chars = sentence_chars(literal.text)
        if run is None or literal.start - run.end > MAX_GAP_CHARS:
            if not chars:
                continue
            if run is not None:
                yield run
            run = begun[literal.key] = Run(literal.start)
        if (chars or run.goes_on(literal)) and len(run.texts) < MAX_TEXTS:
            run.end = literal.end
            if not any(literal.text in text[:MAX_REPEATED_CHARS] for text in run.texts[-3:]):
                run.texts.append(literal.text)
                run.chars += chars
    yield from begun.values()


def sentence_chars(text: str) -> int:
    """How many characters of running text there are: none if it is a label, an address or code."""
    if len(text) < MIN_SENTENCE_CHARS / 2:
        return 0
    plain = TAG.sub(" ", text) if "<" in text else text
    dense = DENSE.search(plain) is not None
    enough = MIN_SENTENCE_CHARS / 2 if dense else MIN_SENTENCE_CHARS
    if len(plain) < enough or not SENTENCE.search(plain) or (not dense and plain.count(" ") < len(plain) / 16):
        return 0
    return 0 if len(CODE.findall(plain)) > len(plain) / 400 else len(plain)


def join_pieces(texts: list[str]) -> Iterator[str]:
    """The texts, those joined that are pieces of one line: one ends or the next begins at a space or a mark."""
    line = ""
    for text in texts:
        if line and not text.lstrip().startswith("<") and (line[-1:].isspace() or JOINT.match(text)):
            line += text
            continue
        if line:
            yield line
        line = text
    if line:
        yield line
