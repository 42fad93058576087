"""The form of a site's article addresses, learnt from its lists. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

LEAST_ALIKE = 3
"""Addresses of one form; fewer prove nothing."""
_MOST_FORMS = 3
_MATCHED = 0.8
"""Share of the addresses that the learnt pattern must match."""
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_TAILS = (
    (re.compile(r"\d+"), r"(?P<key>\d+)"),
    (re.compile(r".+-\d+"), r"[^/?#]+-(?P<key>\d+)"),
    (re.compile(r"\d+-.+"), r"(?P<key>\d+)-[^/?#]+"),
    (re.compile(r"(?:[^-]+-){3,}.+"), r"(?:[^/?#-]+-){3,}[^/?#]+"),
    (re.compile(r".+"), r"[^/?#]+"),
)
"""How the last part of a path may look, the most telling first, and its pattern."""
_KEY = "(?P<key>"
_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")


def learn_pattern(articles: Iterable[str], others: Collection[str]) -> str | None:
    """Learn the pattern of the addresses that lists name.

    `others` are addresses that are no article's: of the lists and of menus. None where the
    addresses have no form in common that tells them from those.
    """
    urls = sorted(set(articles) - set(others))
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for url in urls:
        groups[_form(url)].append(url)
    large = sorted((g for g in groups.values() if len(g) >= LEAST_ALIKE), key=len, reverse=True)
    patterns: list[str] = []
    for group in large[:_MOST_FORMS]:
        pattern = _pattern(group)
        if not any(re.search(pattern, url) for url in others):
            patterns.append(pattern)
    if not patterns:
        return None
    joined = _joined(patterns)
    matched = sum(bool(re.search(joined, url)) for url in urls)
    return joined if matched >= _MATCHED * len(urls) else None


def _form(url: str) -> tuple[object, ...]:
    segments, ending, query = _parts(url)
    tail = next(i for i, (form, _) in enumerate(_TAILS) if form.fullmatch(segments[-1] or "x"))
    return (len(segments), ending.lower(), tail, tuple(sorted(name for name, _ in query)))


def _parts(url: str) -> tuple[list[str], str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    path = parts.path.strip("/")
    ending = found[0] if (found := _ENDING.search(path)) else ""
    return path.removesuffix(ending).split("/"), ending, parse_qsl(parts.query)


def _pattern(urls: Sequence[str]) -> str:
    """Write what addresses of one form have in common, and where they differ."""
    split = [_parts(url) for url in urls]
    columns = list(zip(*(segments for segments, _, _ in split), strict=True))
    path = "/".join(_column(column, last=column is columns[-1]) for column in columns)
    ending, names = split[0][1], [name for name, _ in split[0][2]]
    queries = [dict(query) for _, _, query in split]
    asked = "&".join(_value(name, [query[name] for query in queries]) for name in names)
    end = rf"\?{asked}$" if asked else "$" if ending else "/?$"
    host = "//[^/]+" if len(set(columns[0])) > 1 else ""  # the host is no part of it
    whole = f"{host}/{path}{_plain(ending)}{end}"
    if _KEY in whole:
        first, *rest = whole.split(_KEY)
        *before, last = rest
        return first + "".join(f"(?:{piece}" for piece in before) + _KEY + last
    return whole


def _column(column: Sequence[str], *, last: bool) -> str:
    if len(set(column)) == 1:
        return _plain(column[0])
    if last:
        return next(p for form, p in _TAILS if all(form.fullmatch(one) for one in column))
    return r"(?P<key>\d+)" if all(one.isdecimal() for one in column) else "[^/?#]+"


def _value(name: str, values: Sequence[str]) -> str:
    if len(set(values)) == 1:
        return f"{_plain(name)}={_plain(values[0])}"
    told = r"(?P<key>\d+)" if all(value.isdecimal() for value in values) else "[^&#]+"
    return f"{_plain(name)}={told}"


def _joined(patterns: Sequence[str]) -> str:
    """Join patterns into one, their keys numbered as `crawler.extract.key` reads them."""
    named = [p.replace(_KEY, f"(?P<key_{i}>") if i > 1 else p for i, p in enumerate(patterns, 1)]
    return named[0] if len(named) == 1 else f"(?:{'|'.join(named)})"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
