"""Whose site it is: province and department, by its host and by what its pages call it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from store.provinces import MINISTRY, provinces, spellings
from store.text import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A kind of office, as hosts and pages name it."""

    id: str
    """Second part of its sources' ids."""
    name: str
    """As recipes write it, before the province's name."""
    hosts: frozenset[str]
    """What is left of a label of its hosts without the province's name."""
    until: date | None = None
    """Its last day, where it is no more."""
    successor: str | None = None
    """Id of the kind of office that took its work over."""


DEPARTMENTS = (
    Department(
        id="tttt",
        name="Sở Thông tin và Truyền thông",
        hosts=frozenset({"tttt", "stttt", "sotttt", "ict", "sothongtintruyenthong"}),
        until=date(2025, 2, 28),
        successor="khcn",
    ),
    Department(
        id="khcn",
        name="Sở Khoa học và Công nghệ",
        hosts=frozenset(
            {"khcn", "skhcn", "sokhcn", "dost", "cost", "sokhoahoc", "sokhoahoccongnghe"}
        ),
    ),
    Department(id="portal", name="Cổng thông tin điện tử", hosts=frozenset({"", "www", "portal"})),
)
"""The more particular first: a department's site calls itself a portal, too."""

MINISTRIES = {
    "mic": "Bộ Thông tin và Truyền thông",
    "mst": "Bộ Khoa học và Công nghệ",
}
"""Second part of the id → name."""

_BY_ID = {department.id: department for department in DEPARTMENTS}
_SHORT_NAMES = {"hue": "thua-thien-hue", "hcm": "ho-chi-minh", "hcmcity": "ho-chi-minh"}
"""Names of provinces on hosts that are too short to be looked for within longer words."""
_TOP_LABELS = frozenset({"gov", "vn", "com", "org", "net", "edu"})
_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_MOST_WORDS_BETWEEN = 6
"""Between a department's name and its province's: "của", "tỉnh", "thành phố"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose site it seems to be; None for what nothing tells."""

    province: str | None = None
    """Slug of one of the 63, or `trung-uong`."""
    department: str | None = None
    """Second part of a source's id."""
    doubts: tuple[str, ...] = ()
    """Where host and pages do not agree, in words."""

    @property
    def id(self) -> str | None:
        """The source's id; None where a part of it is not known."""
        return f"{self.province}/{self.department}" if self.province and self.department else None

    @property
    def name(self) -> str | None:
        """The office's full name; None for one that no table knows."""
        if self.province == MINISTRY:
            return MINISTRIES.get(self.department or "")
        known = provinces().get(self.province or "")
        department = _BY_ID.get(self.department or "")
        if known is None or department is None:
            return None
        kind = "thành phố" if known.kind == "city" else "tỉnh"
        return f"{department.name} {kind} {known.name}"


def department_of(source_id: str) -> Department | None:
    """Return the kind of office that a source's id names; None for one that no table knows."""
    return _BY_ID.get(source_id.partition("/")[2])


def place_of(url: str, names: Sequence[str]) -> Place:
    """Tell whose site `url` is on; `names` is what its pages call it, the best first."""
    host, said = _by_host(url), _by_names(names)
    doubts = tuple(
        f"{what}: host {mine!r}, pages {theirs!r}"
        for what, mine, theirs in (
            ("province", host.province, said.province),
            ("department", host.department, said.department),
        )
        if mine and theirs and mine != theirs and "portal" not in (mine, theirs)
    )
    departments = [place.department for place in (host, said) if place.department]
    own = [department for department in departments if department != "portal"]
    return Place(
        province=host.province or said.province,
        department=next(iter([*own, *departments]), None),
        doubts=doubts,
    )


def _by_host(url: str) -> Place:
    host = (urlsplit(url).hostname or "").lower()
    if not re.search(r"[a-z]", host):
        return Place()
    labels = [_NOT_LETTERS.sub("", one) for one in host.split(".") if one not in _TOP_LABELS]
    if labels[-1:] in (["mic"], ["mst"]):
        return Place(province=MINISTRY, department=labels[-1])
    found = [(label, *slug) for label in labels if (slug := _province_in(label))]
    province = found[0][1] if found else None
    rests = [label for label in labels if label not in [own for own, *_ in found]]
    rests += [label.replace(part, "", 1) for label, _, part in found]
    for department in DEPARTMENTS[:-1]:
        if any(rest in department.hosts for rest in rests):
            return Place(province=province, department=department.id)
    if province and all(rest in _BY_ID["portal"].hosts for rest in rests):
        return Place(province=province, department="portal")
    return Place(province=province)


def _province_in(label: str) -> tuple[str, str] | None:
    """Find the province that a label of a host names. Shape: slug, the part that names it."""
    if label in _SHORT_NAMES:
        return _SHORT_NAMES[label], label
    within = [(name, slug) for name, slug in _squeezed().items() if name in label]
    if within:
        name, slug = max(within, key=lambda pair: len(pair[0]))
        return slug, name
    for name, slug in _SHORT_NAMES.items():
        rest = label.removesuffix(name) if label.endswith(name) else label
        if rest != label and any(rest in department.hosts for department in DEPARTMENTS):
            return slug, name
    return None


@cache
def _squeezed() -> dict[str, str]:
    """Name without blanks → slug; only names that are long enough to be looked for in others."""
    return {
        squeezed: slug
        for name, slug in spellings().items()
        if len(squeezed := "".join(words(name))) >= len("hanoi")
    }


def _by_names(names: Iterable[str]) -> Place:
    """Take the office that the best name tells; its province where a later one tells that."""
    places = [place for name in names for place in _in_words(words(name))]
    department = next((place.department for place in places if place.department), None)
    own = [place.province for place in places if place.department == department]
    anywhere = [place.province for place in places]
    return Place(
        province=next((province for province in (*own, *anywhere) if province), None),
        department=department,
    )


def _in_words(said: list[str]) -> list[Place]:
    """Find departments with their provinces behind them, ministries, and a province alone."""
    found: list[Place] = []
    for ministry, called in MINISTRIES.items():
        if _find(said, words(called)) is not None:
            found.append(Place(province=MINISTRY, department=ministry))
    for department in DEPARTMENTS:
        name = words(department.name)
        at = _find(said, name)
        if at is not None:
            after = said[at + len(name) : at + len(name) + _MOST_WORDS_BETWEEN + 4]
            found.append(Place(province=_province_among(after), department=department.id))
    found.append(Place(province=_province_among(said)))
    own = [place for place in found if place.department and place.province != MINISTRY]
    return own or found


def _province_among(said: list[str]) -> str | None:
    places = [
        (at, -len(name), slug)
        for name, slug in _named().items()
        if (at := _find(said, list(name))) is not None
    ]
    return min(places)[2] if places else None


@cache
def _named() -> dict[tuple[str, ...], str]:
    """Words of a name → slug."""
    return {tuple(words(name)): slug for name, slug in spellings().items()}


def _find(said: list[str], wanted: list[str]) -> int | None:
    size = len(wanted)
    starts = range(len(said) - size + 1)
    return next((at for at in starts if said[at : at + size] == wanted), None)
