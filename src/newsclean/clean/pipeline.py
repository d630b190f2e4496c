"""The cleaning: an ordered tuple of cleaners proposes changes, one function applies them, and `undo` takes them back.

A cleaner is a pure function of the draft as the cleaners before it left it. It yields Changes and FieldChanges, each
with its rule and its reason, and alters nothing itself: so the audit trail can't disagree with the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from newsclean.clean import (
    byline,
    captions,
    dateline,
    fragments,
    header,
    headline,
    last_headings,
    lines,
    lists,
    prompts,
    repeats,
    sections,
    tail,
    text,
)
from newsclean.clean.body import changes_of, judge
from newsclean.clean.options import Options
from newsclean.clean.shape import body_end, body_start, word_count
from newsclean.clean.text_model import drop_unlike
from newsclean.model import Article, Block, Change, Draft, FieldChange, Metadata, Verdict
from newsclean.rules import Rules, rules_for
from newsclean.urls import parts_of, web_url

Proposal = TypeVar("Proposal", Change, FieldChange, Change | FieldChange, Verdict)
Cleaner = Callable[[Draft, Rules, Options], Iterable[Change | FieldChange]]
Idle = dict[Cleaner, tuple[Metadata, tuple[Block, ...]]]  # what a cleaner has seen last and found nothing to do in

CLEANERS: tuple[Cleaner, ...] = (
    text.normalise,  # first: every pattern below may assume NFC and single spaces
    byline.move_bylines,
    headline.drop_headlines,
    header.drop_headers,
    lines.drop_lines,
    prompts.cut_prompts,
    sections.drop_sections,
    repeats.drop_repeats,
    dateline.read_dateline,
    tail.move_credits,  # late: only now is the article's last line among the last lines
    captions.drop_captions,  # after credits: "Source: AP" below the text is one of those
    fragments.cut_fragments,
    lists.drop_lists,
    lines.drop_edges,
    last_headings.drop_last_headings,  # after all that drops what they head
)
# Before the model: what has a better reason than the model's, and what would be lost with its line
BEFORE_MODEL: tuple[Cleaner, ...] = (
    text.normalise,
    byline.move_bylines,
    headline.drop_headlines,
    lines.drop_lines,
    prompts.cut_prompts,
    tail.move_credits,
)
MAX_ROUNDS = 8  # 2 do for most pages, 4 for the strangest that were made up; each but the first is nearly free
MAX_CUT = 0.35  # share of the words from first to last paragraph that one cleaner may drop; above, it is likely wrong


def clean(draft: Draft, options: Options | None = None, *, chances: Sequence[float] | None = None) -> Article:
    """Decide what of a draft is the article.

    The body model judges the blocks of a page: what extraction took (`seed`) may go, what it left may come back. The
    text model judges the lines of a text that came without a page, after the rules. What is then there stays unless a
    cleaner gives a reason. A cleaner that would take more than MAX_CUT of the text, or all there is, takes nothing, and
    the article's warnings say so. All this runs until nothing more changes: what one takes moves others' first and last
    lines, so cleaning the result again is idle.

    Args:
        draft: of a page or of a text.
        options: of the caller.
        chances: of each block to be body, in the place of the body model's, which is how it is measured.
    """
    options = options or Options()
    host = parts_of(web_url(draft.url, draft.metadata.canonical_url)).hostname
    rules = rules_for(draft.metadata.language, host, options.rules)
    article = Article(
        url=draft.url,
        metadata=draft.metadata,
        blocks=tuple(b for b in draft.blocks if b.seed),
        removed=tuple(b for b in draft.blocks if not b.seed),
        notes=draft.notes,
    )
    idle: Idle = {}
    article = clean_once(article, rules, options, BEFORE_MODEL, idle)
    verdicts = allowed(judge(draft, options, chances), options)
    article = replace(apply(article, still_open(changes_of(draft, verdicts), article)), verdicts=verdicts)
    judged: tuple[Block, ...] | None = None
    for _ in range(MAX_ROUNDS):
        cleaned = clean_once(article, rules, options, CLEANERS, idle)
        if cleaned.blocks != judged:  # what the text model has judged it would judge alike
            judged = cleaned.blocks
            unlike = drop_unlike(Draft(cleaned.url, cleaned.metadata, judged))
            cleaned = apply(cleaned, allowed(unlike, options))
        if (cleaned.changes, cleaned.field_changes) == (article.changes, article.field_changes):
            return cleaned
        article = cleaned
    return article


def still_open(changes: Iterable[Change], article: Article) -> Iterator[Change]:
    """Those of the body model's changes, made for the draft, whose blocks are still there, perhaps rewritten."""
    kept = {b.index: b.text for b in article.blocks}
    for change in changes:
        if change.before is None:
            yield change
        elif change.block in kept:
            text = kept[change.block]
            yield change if change.before == text else replace(change, before=text)


def clean_once(article: Article, rules: Rules, options: Options, cleaners: tuple[Cleaner, ...], idle: Idle) -> Article:
    """The article after each of the cleaners had its say once; `idle` is brought up to date."""
    withheld: tuple[str, ...] = ()
    whole, draft = shown(article)
    for cleaner in cleaners:
        metadata, blocks = idle.get(cleaner, (None, None))
        if metadata is article.metadata and blocks is article.blocks:
            continue  # one call in ten
        proposed = allowed(cleaner(whole if cleaner is text.normalise else draft, rules, options), options)
        if not proposed:
            idle[cleaner] = (article.metadata, article.blocks)
        elif refusal := excess(proposed, article.blocks):
            withheld = (*withheld, refusal)
        else:
            article = apply(article, proposed)
            whole, draft = shown(article)
    return replace(article, withheld=withheld)


def shown(article: Article) -> tuple[Draft, Draft]:
    """The whole article, and what of it stands outside tables: there "Share" names a column, and "By 1900" a row."""
    whole = Draft(article.url, article.metadata, article.blocks)
    if not any(block.context.cell for block in article.blocks):
        return whole, whole
    return whole, replace(whole, blocks=tuple([block for block in article.blocks if not block.context.cell]))


def allowed(proposals: Iterable[Proposal], options: Options) -> tuple[Proposal, ...]:
    """Those whose rules the caller has not switched off."""
    return tuple(p for p in proposals if p.rule not in options.without) if options.without else tuple(proposals)


def excess(proposed: Iterable[Change | FieldChange], blocks: tuple[Block, ...]) -> str | None:
    """A warning if the changes would drop too much of the text from its first to its last paragraph; else None.

    Short lines between paragraphs count: an interview has more of them than of running text.
    """
    dropped = {c.block: c.rule for c in proposed if isinstance(c, Change) and c.after is None}
    if not dropped:
        return None
    prose = blocks[body_start(blocks) : body_end(blocks)] or blocks
    going = total = sum(word_count(b.text) for b in prose if b.index in dropped)
    for block in prose:
        if going <= MAX_CUT * total:  # mostly the first paragraphs are enough to know
            break
        total += 0 if block.index in dropped else word_count(block.text)
    if going > MAX_CUT * total:
        rules = ", ".join(sorted({dropped[b.index] for b in prose if b.index in dropped}))
        return f"kept what {rules} would have dropped: {going} of {total} words"
    if blocks and len(dropped) == len(blocks):
        return f"kept what {', '.join(sorted({*dropped.values()}))} would have dropped: it was all there is"
    return None


def apply(article: Article, proposed: Iterable[Change | FieldChange]) -> Article:
    """The article with the changes made and recorded: the only place where text or metadata changes.

    Raises:
        ValueError: a change names a block that isn't there, or what it says of it isn't so; a defect of its cleaner.
    """
    metadata = article.metadata
    done: list[Change] = []
    fields: list[FieldChange] = []
    for change in proposed:
        if isinstance(change, FieldChange):
            if getattr(metadata, change.field) != change.before:
                raise ValueError(f"{change.rule}: {change.field} is not {change.before!r}")
            metadata = replace(metadata, **{change.field: change.after})
            fields.append(change)
        else:
            done.append(change)
    kept, removed = changed(article, done) if done else (article.blocks, article.removed)
    return replace(
        article,
        metadata=metadata,
        blocks=kept,
        removed=removed,
        changes=(*article.changes, *done),
        field_changes=(*article.field_changes, *fields),
    )


def changed(article: Article, changes: Iterable[Change]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks that remain and those that are removed, after the changes; errors as `apply`."""
    blocks = {b.index: b for b in article.blocks}
    removed = {b.index: b for b in article.removed}
    for change in changes:
        source = removed if change.before is None else blocks
        block = source.pop(change.block, None)
        if block is None or change.before not in {None, block.text}:
            raise ValueError(f"{change.rule}: block {change.block} is not {change.before!r}")
        if change.after is None:
            removed[block.index] = block
        else:
            blocks[block.index] = replace(block, text=change.after, seed=True)
    return tuple(blocks[i] for i in sorted(blocks)), tuple(removed[i] for i in sorted(removed))


def undo(article: Article) -> Draft:
    """The draft that the article was cleaned from: every change taken back, the last one first.

    Raises:
        ValueError: the article is not what its changes say, because something else altered it.
    """
    blocks = {b.index: b for b in article.blocks}
    removed = {b.index: b for b in article.removed}
    metadata = article.metadata
    for change in reversed(article.changes):
        source, target = (removed if change.after is None else blocks, removed if change.before is None else blocks)
        block = source.pop(change.block, None)
        if (
            block is None
            or change.after not in {None, block.text}
            or (change.after is None and block.text != change.before)
        ):
            raise ValueError(f"{change.rule}: block {change.block} is not as the change left it")
        target[block.index] = (
            replace(block, seed=False) if change.before is None else replace(block, text=change.before)
        )
    for change_of_field in reversed(article.field_changes):
        if getattr(metadata, change_of_field.field) != change_of_field.after:
            raise ValueError(f"{change_of_field.rule}: {change_of_field.field} is not {change_of_field.after!r}")
        metadata = replace(metadata, **{change_of_field.field: change_of_field.before})
    everything = blocks | removed
    return Draft(article.url, metadata, tuple(everything[i] for i in sorted(everything)), article.notes)
