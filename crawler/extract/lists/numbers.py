"""Which page of a list an address is: the ways in which the CMS number them.

Source: NukeViet (`/page-2/`, `?page=2`), WordPress (`/page/2/`, `?paged=`), Joomla (`?start=`,
`?limitstart=`), Drupal (`?page=`, from 0), Liferay (`…_cur=`), DNN (`/currentpage/2/`), SharePoint
and vendors' portals (`?PageIndex=`, `?trang=`, `/trang-2.html`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

_COUNTS = re.compile(
    r"(?:.*_)?(?:page(?:index|no|num|number|d)?|p(?:ageindex)?|pg|paging|(?:cur|curr|current)page"
    r"|cur|trang)",
    re.IGNORECASE,
)
_OFFSETS = re.compile(r"(?:limit)?start|offset", re.IGNORECASE)
_IN_PATH = re.compile(
    r"[/-](?:page|pageid|trang|p|currentpage|pageindex)[/-]?(?P<number>\d{1,5})(?=[/.]|$)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:/|(?:/(?:default|index))?\.(?:html?|aspx|php))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a list."""

    list_: tuple[str, str]
    """Host and path without any number."""
    kept: frozenset[tuple[str, str]]
    """The rest of the query."""
    counted: str | None
    """What carries the number: a query key in lower case, `/` in the path; None where none does."""
    number: int | None


def place_of(url: str) -> Place:
    """Read the address of a page of a list."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    path, counted, number = parts.path, None, None
    if found := _IN_PATH.search(path):
        path = path[: found.start()] + path[found.end() :]
        counted, number = "/", int(found["number"])
    else:
        for key, value in pairs:
            if value.isdecimal() and len(value) <= 5 and is_page_key(key):
                counted, number = key.lower(), int(value)
                break
    kept = frozenset((key, value) for key, value in pairs if key.lower() != counted)
    return Place((parts.netloc, _ENDING.sub("", path)), kept, counted, number)


def is_page_key(key: str) -> bool:
    """Tell whether a query key numbers pages or rows."""
    return bool(_COUNTS.fullmatch(key) or _OFFSETS.fullmatch(key))


def is_offset(counted: str | None) -> bool:
    """Tell whether what is counted are rows, not pages."""
    return bool(counted and _OFFSETS.fullmatch(counted))


def same_list(one: Place, other: Place) -> bool:
    """Tell whether `other` is a page of the list that `one` is a page of.

    A portal may say more in the address of the second page than in that of the first (Liferay).
    """
    return one.list_ == other.list_ and one.kept <= other.kept
