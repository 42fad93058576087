"""The form of a site's article addresses, learnt from its lists. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
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
_SLUG = 3
"""Number of the first tail that is of words alone."""
_MOST_NAMES = 40
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
        told = (pattern for pattern in _patterns(group, urls, others) if not _hit(pattern, others))
        pattern = next(told, None)
        if pattern and pattern not in patterns:
            patterns.append(pattern)
    if not patterns:
        return None
    joined = _joined(patterns)
    matched = sum(bool(re.search(joined, url)) for url in urls)
    return joined if matched >= _MATCHED * len(urls) else None


def _patterns(group: Sequence[str], urls: Sequence[str], others: Collection[str]) -> Iterator[str]:
    """Write the patterns that may tell a group, the best first.

    A folder of their own tells articles whatever their names; right below the host, the names of
    all other pages that are known must be told.
    """
    *kind, tail = _form(group[0])
    if tail < _SLUG or "?" in group[0]:
        yield _pattern(group)
        return
    alike = [u for u in urls if [*_form(u)[:-1]] == kind and _form(u)[-1] >= _SLUG]
    loose = _pattern(alike, loose=True)
    if any(len(set(column)) == 1 for column in _columns(alike)[:-1]):
        yield loose
    yield _pattern(group)
    if len(_columns(group)) == 1 and len(alike) >= 2 * LEAST_ALIKE:
        names = sorted({urlsplit(url).path.strip("/") for url in _hit(loose, others)})
        told = "|".join(map(_plain, names[:_MOST_NAMES]))
        yield loose.replace("//[^/]+/", f"//[^/]+/(?!(?:{told})/?$)", 1)


def _hit(pattern: str, urls: Iterable[str]) -> list[str]:
    return [url for url in urls if re.search(pattern, url)]


def _form(url: str) -> tuple[int, str, tuple[str, ...], int]:
    """Return what addresses of one form share; at last the number of the tail."""
    segments, ending, query = _parts(url)
    last = segments[-1] or "x"
    tail = next(i for i, (form, _) in enumerate(_TAILS) if form.fullmatch(last))
    return (len(segments), ending.lower(), tuple(sorted(name for name, _ in query)), tail)


def _parts(url: str) -> tuple[list[str], str, list[tuple[str, str]]]:
    parts = urlsplit(url)
    path = parts.path.strip("/")
    ending = found[0] if (found := _ENDING.search(path)) else ""
    return path.removesuffix(ending).split("/"), ending, parse_qsl(parts.query)


def _columns(urls: Iterable[str]) -> list[tuple[str, ...]]:
    """Return what stands at each place of the paths."""
    return list(zip(*(_parts(url)[0] for url in urls), strict=True))


def _pattern(urls: Sequence[str], *, loose: bool = False) -> str:
    """Write what addresses of one form have in common, and where they differ.

    In a `loose` one the last part of the path may be anything.
    """
    split = [_parts(url) for url in urls]
    *folders, names = _columns(urls)
    tail = _TAILS[-1][1] if loose else _column(names, last=True)
    path = "/".join([*(_column(folder, last=False) for folder in folders), tail])
    ending = split[0][1]
    queries = [dict(query) for _, _, query in split]
    asked = "&".join(_value(name, [query[name] for query in queries]) for name, _ in split[0][2])
    end = rf"\?{asked}$" if asked else "$" if ending else "/?$"
    many = len({segments[0] for segments, _, _ in split}) > 1
    host = "//[^/]+" if many else ""  # the host is no part of it
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
