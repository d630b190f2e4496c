"""Which paragraphs of a text without a page are the article: the trees in text_model.json, and what never goes.

tools/train_text_model.py makes that file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsclean.clean.headline import matches_slug, slug_words
from newsclean.clean.text_features import NAMES, TextFeatures
from newsclean.clean.trees import Probability, load
from newsclean.model import Change, Draft

RULE = "text-model"
MIN_PROSE = 3  # paragraphs of running text; a text with fewer has too little shape to be judged
SURE = 0.5  # probability from which a paragraph of running text marks where the article begins and ends
EDGE = 8  # paragraphs above and below the article, from which a text is a whole page's, navigation and all
# Words of sure running text that a page must have: where the article is a table or a list, the prose is not article.
# Of 3,234 texts of published systems 53 lost over .3 of their article with 0, 40 with 100, 23 with 150, 20 with 200.
MIN_PAGE_WORDS = 150
# Bar: probability from which a paragraph stays. Share: of the words in running text that must stay, else the bar falls.
# An article loses what is surely wrong; of a page most goes. With bars .05, .10, .12 for articles, cross-validated by
# site, the worst system loses .0004, .0004, .0018; with .25, .35, .5 for pages all systems gain .072, .075, .077.
ARTICLE = (0.1, 0.65)
PAGE = (0.35, 0.35)
LOWEST_BAR = 0.02  # where even this leaves too little, all stays
SHOWN_LINK_SHARE = 0.3
SHOWN_RUN = 4  # lines


def is_without_page(draft: Draft) -> bool:
    """Whether nothing is known of where the blocks stood in a page: the body model can't judge them."""
    return not any(b.context.tag for b in draft.blocks)


def drop_unlike(draft: Draft) -> Iterator[Change]:
    """Drop the paragraphs of a text that are like what is not article on labelled pages."""
    if is_without_page(draft):
        yield from decide(draft, load("text_model", NAMES))


def decide(draft: Draft, probability: Probability) -> Iterator[Change]:
    """The changes to a text, by the probability that a row of features is of the article."""
    if len(draft.blocks) > MIN_PROSE:
        text = TextFeatures(draft)
        if sum(text.prose) >= MIN_PROSE:
            yield from changes_for(draft, text, [probability(text.row(i)) for i in range(text.count)])


def changes_for(draft: Draft, text: TextFeatures, chances: list[float]) -> Iterator[Change]:
    """The changes that follow from the chance of each paragraph to be of the article."""
    # a page's headline, which stands too deep in it to be found as yet, is the headline cleaner's in the next round
    slug = frozenset() if draft.metadata.title else slug_words(draft.url)
    going = {i for i in paragraphs_to_drop(text, chances) if not matches_slug(text.texts[i], slug)}
    staying = [i for i in range(text.count) if text.prose[i] and i not in going]
    for i in sorted(going):
        reason = why(text, i, staying)
        for at in text.paragraphs[i]:
            block = draft.blocks[at]
            yield Change(RULE, block.index, block.text, None, reason)


def paragraphs_to_drop(text: TextFeatures, chances: list[float]) -> set[int]:
    """Positions of the paragraphs that go: never more than leaves a good part of the running text."""
    sure = [i for i, chance in enumerate(chances) if text.prose[i] and chance > SURE]
    is_page = bool(sure) and sure[0] >= EDGE and text.count - 1 - sure[-1] >= EDGE
    if is_page and sum(text.words[i] for i in sure) < MIN_PAGE_WORDS:
        return set()
    bar, share = PAGE if is_page else ARTICLE
    chances = together(text, chances, min if is_page else max)
    total = sum(w for w, prose in zip(text.words, text.prose, strict=True) if prose)
    while bar >= LOWEST_BAR:
        going = {i for i, chance in enumerate(chances) if chance < bar}
        if sum(w for i, w in enumerate(text.words) if text.prose[i] and i not in going) >= share * total:
            return going
        bar *= 0.6
    return set()


def together(text: TextFeatures, chances: list[float], of: Callable[[float, float], float]) -> list[float]:
    """The chances, those of lines in a row that are no running text the higher or lower `of` their own and their mean.

    So an odd line in an article's list stays, and one in a page's navigation goes.
    """
    joint = list(chances)
    i = 0
    while i < text.count:
        end = i + text.runs[i]
        if not text.prose[i]:
            mean = sum(chances[i:end]) / (end - i)
            joint[i:end] = [of(chance, mean) for chance in chances[i:end]]
        i = end
    return joint


def why(text: TextFeatures, i: int, staying: list[int]) -> str:
    """What speaks against a paragraph, in words: where it stands, and what is conspicuous about it."""
    place = "above the text" if i < staying[0] else "below the text" if i > staying[-1] else "between paragraphs"
    told = [place]
    if text.linked[i] >= SHOWN_LINK_SHARE:
        told.append(f"{text.linked[i]:.0%} links")
    if not text.prose[i]:
        run = text.runs[i]
        told.append(f"one of {run} lines in a row that are no running text" if run >= SHOWN_RUN else "no running text")
    elif text.known_words(i) == 0:
        told.append("its words stand nowhere else in the text")
    return f"{', '.join(told)}: like what is not article on labelled pages"
