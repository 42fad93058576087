"""Files of an article outside its body: boxes beside it, and viewers that are all it has.

What stands in the frame of the page (side lists of documents, foot, other news) is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.clean.text import one_line
from crawler.extract.beside.attachments import FILE_LINKS, file_at, files_linked
from crawler.extract.draft import Found
from crawler.extract.moments.shown import scene_of
from crawler.extract.page import Page
from crawler.extract.rules import Candidates
from crawler.extract.select import Element, text_of
from crawler.extract.text.body import Body
from crawler.extract.text.frame import Frame, is_named_frame
from crawler.extract.text.others import HEADING_OF_OTHERS
from crawler.extract.text.style import is_hidden
from store.model import Attachment

Files = tuple[Attachment, ...]

_LEVELS = 4
_SIBLINGS = 16
_DEPTH = 4
_CHARS_A_FILE = 240
_VIEWERS = frozenset({"iframe", "embed", "object"})
_FRAME = frozenset({"nav", "header", "footer", "aside", "script", "style", "noscript", "select"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_THINGS = r"(?:tệp(?:\s+tin)?|tập\s+tin|files?|tài\s+liệu|văn\s+bản|phụ\s+lục)"
_LABEL = re.compile(
    rf"\W{{0,4}}(?:(?:các\s+|danh\s+sách\s+)?{_THINGS}(?:\s+(?:văn\s+bản|nội\s+dung))?"
    r"\s+(?:đính\s+kèm|kèm\s+theo|gắn\s+kèm|tải\s+về)|đính\s+kèm"
    rf"|(?:tải|xem|mở)\s+(?:về|xuống|{_THINGS}|toàn\s+văn|nội\s+dung)|toàn\s+văn|nội\s+dung\s+văn\s+bản"
    r"|download|attach(?:ments?|ed\s+files?))(?!\w)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"(?:đính|gắn)\s+kèm|kèm\s+theo|attach", re.IGNORECASE)
_OTHER_FILES = re.compile(
    r"\W{0,4}(?:văn\s+bản|tài\s+liệu|thông\s+báo|công\s+báo|thủ\s+tục|biểu\s+mẫu|thư\s+viện|liên\s+kết)"
    r"(?!\s+(?:đính|kèm|gắn))",
    re.IGNORECASE,
)
_HEAD_CHARS = 60
_BESIDE_LINKS_CHARS = 48
"""What may stand beside a file's name in a list that no heading tells: number, size, date."""


def heading_of(page: Page, title: Found[str] | None) -> Element | None:
    """Return the element that a rule read the title from; None where it stands in no element."""
    if title is None or not title.rule.startswith("css:"):
        return None
    for node in page.select(title.rule.removeprefix("css:")):
        if not isinstance(node, str) and title.value in one_line(text_of(node)):
            return node
    return None


def files_around(
    page: Page,
    body: Body | None,
    names: Candidates,
    title: Found[str] | None,
    heading: Element | None,
) -> Files:
    """Return the files of an article: in its body, beside it; without a body, below its title.

    `names` are the selectors of the body: one that is there and holds neither text nor picture may
    hold a viewer. `heading` is the title's element, if it is known.
    """
    near = _Home(title.value if title else None, heading)
    base = page.base_url
    if body is not None and body.origin.getparent() is not None:
        inside = files_linked(_own_links(body), base, all_links=False)
        return (*inside, *files_beside(body.origin, near, _Files(base)))
    for css in names:
        empty = [node for node in page.select(css) if not isinstance(node, str)][:_LEVELS]
        if empty:
            inside = files_linked(empty, base, all_links=False)
            return (*inside, *files_beside(empty[-1], near, _Files(base)))
    if heading is None and title is not None:
        heading = scene_of(page, title.value).title
    return files_below(heading, _Files(base)) if heading is not None else ()


def _own_links(body: Body) -> list[Element]:
    """List what a body holds; of one that no rule named, nothing in a side box."""
    if not body.rule.startswith("consensus"):
        return [body.origin]
    frame = Frame(body.origin)
    links = body.origin.iter(*FILE_LINKS)
    return [link for link in links if (box := link.getparent()) is None or not frame.holds(box)]


class _Home:
    """Tells the elements that hold the title of an article."""

    def __init__(self, title: str | None, heading: Element | None) -> None:
        self._title = title
        self._around = (
            {heading, *heading.iterancestors()} if heading is not None else set[Element]()
        )

    def is_in(self, node: Element) -> bool:
        """Tell whether the title stands in an element."""
        if self._around:
            return node in self._around
        return bool(self._title and self._title in one_line(text_of(node)))

    @property
    def is_known(self) -> bool:
        """Whether there is a title at all."""
        return bool(self._title)


class _Files:
    """Reads what links lead to, each once: boxes within boxes hold the same ones."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._read: dict[Element, Attachment | None] = {}

    def told_by(self, links: Iterable[Element]) -> list[Attachment]:
        """List the files among `links`, told by their addresses."""
        return [file for link in links if (file := self._told_by(link))]

    def all_of(self, links: Iterable[Element]) -> list[Attachment]:
        """List what `links` lead to, whatever their addresses."""
        read = (file_at(link, self._base_url, any_link=link.tag == "a") for link in links)
        return [file for file in read if file]

    def _told_by(self, link: Element) -> Attachment | None:
        if link not in self._read:
            self._read[link] = file_at(link, self._base_url, any_link=False)
        return self._read[link]


def files_beside(origin: Element, home: _Home, files: _Files) -> Iterator[Attachment]:
    """Yield the files that stand beside the body, in the elements around it up to the article's.

    The article is the first element around the body that holds the title.
    """
    node = origin
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or parent.tag == "html":
            return
        yield from _Walk(files, only_labelled=True).over(_above(node, home))
        walk = _Walk(files)
        yield from walk.over(islice(node.itersiblings(), _SIBLINGS))
        if walk.ended or home.is_in(parent):
            return
        node = parent


def files_below(title: Element, files: _Files) -> Files:
    """Return the files that come first below a title, where no text does."""
    node = title
    for _ in range(_LEVELS):
        walk = _Walk(files)
        found = tuple(walk.over(islice(node.itersiblings(), _SIBLINGS)))
        parent = node.getparent()
        if found or walk.ended or parent is None or parent.tag == "html":
            return found
        node = parent
    return ()


def _above(node: Element, home: _Home) -> list[Element]:
    """List what stands between title and body among the siblings of `node`, in their order."""
    above: list[Element] = []
    for sibling in islice(node.itersiblings(preceding=True), _SIBLINGS // 2):
        if not isinstance(sibling.tag, str):
            continue
        if not home.is_known or sibling.find("h1") is not None or home.is_in(sibling):
            break
        above.append(sibling)
    return above[::-1]


class _Walk:
    """A walk over the elements that follow a body, until other news begin."""

    def __init__(self, files: _Files, *, only_labelled: bool = False) -> None:
        self._files = files
        self._only_labelled = only_labelled
        self._labelled = False
        self._heads_others = False
        self.ended = False
        """Other news were met: nothing that follows is the article's."""

    def over(self, nodes: Iterable[Element], depth: int = 0) -> Iterator[Attachment]:
        """Yield the files of the blocks that are the article's own lists of files."""
        for node in nodes:
            if self.ended or not isinstance(node.tag, str):
                continue
            if node.tag in _FRAME or is_hidden(node) or is_named_frame(node):
                continue
            if depth and node.tag == "a" and not self._labelled:
                continue  # one link among others
            opening = _opening(node)
            if HEADING_OF_OTHERS.match(opening):
                self.ended = True
                return
            yield from self._in(node, opening, depth)

    def _in(self, node: Element, opening: str, depth: int) -> Iterator[Attachment]:
        links = [*node.iter(*FILE_LINKS)]
        files = self._files.told_by(links)
        told = bool(_LABEL.match(opening))
        if links and (self._labelled or told) and not files and _ATTACHED.search(opening):
            files = self._all_in(node, links)
        if not files:
            if opening:
                short = len(opening) <= _HEAD_CHARS
                self._labelled = told and short
                self._heads_others = short and not told and _heads_files(node, opening)
            return
        labelled = self._labelled or told
        if self._is_list(node, len(files), links, labelled=labelled):
            self._labelled = False
            yield from files
        elif depth < _DEPTH and node.tag not in {"table", "ul", "ol"}:
            yield from self.over(islice(node, _SIBLINGS), depth + 1)

    def _all_in(self, node: Element, links: list[Element]) -> list[Attachment]:
        """Take each link of a short line "Tệp đính kèm: …", whatever its address."""
        if len(one_line(text_of(node))) > _CHARS_A_FILE * len(links):
            return []
        return self._files.all_of(links)

    def _is_list(self, node: Element, files: int, links: list[Element], *, labelled: bool) -> bool:
        """Tell whether an element holds files and little else."""
        if node.tag in _VIEWERS:
            return True
        if len(links) > files or (not labelled and (self._only_labelled or self._heads_others)):
            return False
        letters = len(one_line(text_of(node)))
        if labelled:
            return letters <= _CHARS_A_FILE * files
        linked = sum(len(one_line(text_of(link))) for link in links)
        return not _has_heading(node) and letters - linked <= _BESIDE_LINKS_CHARS * files


def _heads_files(node: Element, opening: str) -> bool:
    """Tell the heading of a list that is another's: "Văn bản mới", any heading."""
    return bool(_OTHER_FILES.match(opening)) or node.tag in _HEADINGS


def _opening(node: Element) -> str:
    """Return the first words of an element."""
    if node.tag in _VIEWERS:
        return ""
    return one_line(" ".join(map(str, islice(node.itertext("*"), 8))))[:100]


def _has_heading(node: Element) -> bool:
    return next(node.iter(*_HEADINGS), None) is not None
