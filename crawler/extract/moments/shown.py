"""The date that a page of no known CMS shows: a short line near the title, found by its wording.

"Ngày đăng: 20/11/2026", "Thứ sáu, 20/11/2026 09:15 | Lượt xem: 5". Never from a paragraph: the
dates there are those of events and decrees (`crawler.extract.moments.line` tells them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Found, Moment
from crawler.extract.moments.event import is_of_event
from crawler.extract.moments.line import DateLine, is_relative_line, read_line
from crawler.extract.moments.place import is_date_heading, may_say, with_clock
from crawler.extract.moments.relative import read_relative
from crawler.extract.moments.scene import (
    Scene,
    dated_texts,
    ends_text,
    is_label_of,
    scene_of,
    unlinked_text,
    with_dated_links,
)
from crawler.extract.text.blocks import Block
from crawler.extract.text.frame import Frame
from crawler.extract.text.look import element_of, is_prose, linked_share
from crawler.extract.text.others import heads_others
from store.model import VIETNAM

__all__ = ["Scene", "says_when", "scene_of", "shown_date"]

_PROSE_ABOVE = 2
"""Paragraphs that may stand between title and date: a lead."""
_BLOCKS_ABOVE = 3
_HEADINGS_BELOW = 3
_SCHEDULE = 6
_BYLINE_CHARS = 200
"""Of author and date on lines of one block, which has as many words as a paragraph."""
_GLUED_LETTERS = 8
_BESIDE_CHARS = 100
"""Of what stands in the title's own block: a line, not an address or a sentence."""
_MORE_EXACT = (timedelta(days=-1), timedelta(days=7))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line with a date, and where it stands."""

    rule: str
    line: DateLine
    counts: bool
    """Whether it may count without a label."""
    index: int = -1
    """Of the block, below the title."""
    late: bool = False
    """Whether it stands behind the text, where other things have dates too."""


def shown_date(
    scene: Scene,
    frame: Frame,
    dates: SourceDates,
    *,
    title: str | None,
    known: Moment | None = None,
    fetched: datetime | None = None,
) -> Found[Moment] | None:
    """Find the line that says when the article was published; None rather than a guess.

    In this order: a line that says so; one of little but a date behind the title, between title
    and text, above the title, below the text; a line that says when it was edited. `fetched` is
    what "8 giờ trước" counts from; a bare date of that day above all is a calendar's.
    """
    found = [one for one in _lines(scene, frame, title) if not _is_calendar(one, fetched)]
    for one in _best(found, [*_far_above(scene, frame)]):
        moment = dates.read(one.line.text, one.rule, known=known)
        if moment and not (one.late and one.line.role == "edited" and _is_today(moment, fetched)):
            return Found(moment, one.rule)
    return _relative(scene, frame, fetched) if fetched else None


def labelled_date(
    scene: Scene,
    frame: Frame,
    dates: SourceDates,
    *,
    title: str | None,
    known: Moment | None = None,
) -> Found[Moment] | None:
    """Find the line near the title that says so by its label."""
    for one in _lines(scene, frame, title):
        if one.line.role == "published" and not one.late and one.rule == "below the title":
            moment = dates.read(one.line.text, one.rule, known=known)
            return Found(moment, one.rule) if moment else None
    return None


def says_when(block: Block, frame: Frame) -> bool:
    """Tell whether a block is a line that says when an article was published or edited."""
    linked = with_dated_links(block)
    return any(
        (line := read_line(text)) is not None and (line.role != "plain" or line.is_bare)
        for text in ([linked] if linked else dated_texts(block))
    ) and may_say(block, frame, at_top=bool(linked))


def _best(found: list[_Shown], far: list[_Shown]) -> Iterator[_Shown]:
    """Yield the lines that may be right, best first; `far` above only before an edit's."""
    labelled = [one for one in found if one.line.role == "published"]
    early = [one for one in labelled if not one.late]
    answers = [one for one in found if one.line.answered]
    if early and early[0].line.asked and answers:
        yield answers[0]
    # several that say so behind the text are those of comments or of other news
    yield from early[:1] or (labelled if len({one.line.text for one in labelled}) == 1 else ())
    yield from _agreed([one for one in found if one.line.role == "plain" and one.counts])
    edited = [one for one in found if one.line.role == "edited"]
    if edited and len({one.line.text for one in far}) == 1:
        yield far[0]
    yield from edited[:1]


def _agreed(plain: list[_Shown]) -> list[_Shown]:
    """Take the first bare date; none where others without a clock follow it, as in a schedule."""
    first = next((one for one in plain if one.rule == "below the title"), None)
    if first is None or first.line.has_clock or plain[0] is not first:
        return plain[:1]
    near = [one for one in plain if first.index <= one.index <= first.index + _SCHEDULE]
    if len({one.line.day for one in near}) == 1:
        return [first]
    timed = [one for one in near if one.line.has_clock]
    return timed[:1] if len(timed) == 1 else [one for one in plain if one.index < 0][:1]


def _lines(scene: Scene, frame: Frame, title: str | None) -> Iterator[_Shown]:
    """Yield the short lines with a date, nearest to the title first."""
    if scene.top < 0 or not any(map(is_prose, scene.blocks[scene.top + 1 :])):
        yield from _without_title(scene, frame)
    if scene.top < 0:
        return
    for text in scene.beside_title(title):
        if len(text) <= _BESIDE_CHARS and (line := read_line(text)):
            yield _Shown("behind the title", line, line.is_bare)
    end = len(scene.blocks)
    prose = 0
    for index in range(scene.top + 1, len(scene.blocks)):
        block = scene.blocks[index]
        if heads_others(block):
            end = index
            break
        if not is_prose(block) or (not prose and len(block.text) <= _BYLINE_CHARS):
            near = prose < _PROSE_ABOVE
            for line in _read(scene, frame, index, at_top=not prose):
                if not near and not ends_text(scene, index, len(scene.blocks), levels=2):
                    continue
                counts = near and line.is_bare and block.kind != "row"
                yield _Shown("below the title", line, counts, index, late=not near)
        prose += is_prose(block)
    yield from _above(scene, frame)
    yield from _below_text(scene, frame, end)


def _read(scene: Scene, frame: Frame, index: int, *, at_top: bool) -> Iterator[DateLine]:
    """Judge the dated lines of a block below the title, each with its label and clock."""
    block = scene.blocks[index]
    texts = dated_texts(block)
    least = 1 if index == scene.top + 1 else 2  # a rubric's link may stand right below the title
    if not texts or not may_say(block, frame, at_top=at_top, least=least):
        return
    node = element_of(block)
    if node is None or frame.lists_another(node):
        return
    linked = linked_share(block) > 0.5
    strict = block.kind == "heading" or linked
    if linked and (rest := with_dated_links(block) or unlinked_text(block, least=least)):
        texts = [rest]
    if block.kind == "heading" and index > scene.top + _HEADINGS_BELOW:
        return
    for text in texts:
        text = with_clock(scene, index, text)
        line = read_line(text)
        if line and line.role == "plain" and not line.letters and is_label_of(scene, index):
            told = read_line(text, scene.blocks[index - 1].text)
            line = told if told is None or told.role != "plain" else line
        if line and (line.is_date or not strict) and not is_of_event(line, scene, index):
            yield line


def _above(scene: Scene, frame: Frame) -> Iterator[_Shown]:
    """Yield the bare dates just above the title, at last the one behind the way to the page."""
    first = max(0, scene.top - _BLOCKS_ABOVE)
    crumbs: list[_Shown] = []
    for index in range(scene.top - 1, first - 1, -1):
        block = scene.blocks[index]
        node = element_of(block)
        texts = dated_texts(block)
        if not texts or node is None or not frame.is_near(node) or frame.lists_another(node):
            continue
        heads = block is scene.blocks[scene.top - 1] and is_date_heading(block)
        if may_say(block, frame, at_top=heads):
            for one in filter(None, map(read_line, texts)):
                if not is_of_event(one, scene, index):
                    yield _Shown("above the title", one, one.is_bare)
        elif block is scene.blocks[scene.top - 1]:
            line = read_line(unlinked_text(block))
            if line and line.is_date and not line.weekday:
                crumbs.append(_Shown("above the title", line, counts=True))
    yield from crumbs


def _far_above(scene: Scene, frame: Frame) -> Iterator[_Shown]:
    """Yield the lines anywhere above the title that say when something was published."""
    for index in range(scene.top):
        for line in _read(scene, frame, index, at_top=False):
            if line.role == "published":
                yield _Shown("above the title", line, counts=False)


def _below_text(scene: Scene, frame: Frame, end: int) -> Iterator[_Shown]:
    """Yield the date that stands alone below the text, if it is the only one there."""
    found: list[tuple[int, DateLine]] = []
    for index in range(scene.top + 1, end):
        block = scene.blocks[index]
        if block.kind in {"heading", "row"}:
            continue
        if len(found) > 1:
            return
        found += [
            (index, line)
            for line in _read(scene, frame, index, at_top=False)
            if line.role == "plain" and line.is_date
        ]
    if len(found) == 1 and ends_text(scene, found[0][0], end, levels=1):
        yield _Shown("below the text", found[0][1], counts=True, late=True)


def _without_title(scene: Scene, frame: Frame) -> Iterator[_Shown]:
    """Yield what says when, and the only bare date right above the text."""
    start = next(
        (
            i
            for i, block in enumerate(scene.blocks)
            if is_prose(block) and (node := element_of(block)) is not None and not frame.holds(node)
        ),
        len(scene.blocks),
    )
    bare: list[_Shown] = []
    for index in range(len(scene.blocks)):
        if index > start and heads_others(scene.blocks[index]):
            break
        near = start - _BLOCKS_ABOVE <= index < start
        for line in _read(scene, frame, index, at_top=near):
            if line.role != "plain":
                yield _Shown("in a line of its own", line, counts=False, late=not near)
            elif near and line.letters <= _GLUED_LETTERS and not line.weekday:
                bare.append(_Shown("above the text", line, counts=True))
    if len(bare) == 1:
        yield bare[0]


def _is_calendar(one: _Shown, fetched: datetime | None) -> bool:
    """Tell today's date above title or text from an article's: pages show one in their heads."""
    if one.line.role != "plain" or not one.rule.startswith("above"):
        return False
    if fetched is None:
        return one.rule == "above the text"
    moment = SourceDates().read(one.line.text, one.rule)
    dated = one.line.weekday or one.rule == "above the text"
    return dated and moment is not None and _is_today(moment, fetched)


def _is_today(moment: Moment, fetched: datetime | None) -> bool:
    if fetched is None:
        return False
    return moment.at.astimezone(VIETNAM).date() == fetched.astimezone(VIETNAM).date()


def _relative(scene: Scene, frame: Frame, fetched: datetime) -> Found[Moment] | None:
    """Read "2 tuần trước" between title and text, or what its `title` says more exactly."""
    if scene.top < 0:
        return None
    for block in scene.blocks[scene.top + 1 :]:
        if is_prose(block):
            return None
        node = element_of(block)
        if node is None or not is_relative_line(block.text) or not may_say(block, frame):
            continue
        moment = read_relative(block.text, fetched)
        if moment and not frame.lists_another(node):
            told = SourceDates().read(node.get("title") or node.get("datetime") or "", "title")
            earliest, latest = _MORE_EXACT
            exact = told is not None and earliest <= moment.at - told.at <= latest
            return Found(told if exact and told else moment, "below the title")
    return None
