"""The 63 provinces, the 34 that they became in July 2025, and the six regions.

Facts: the General Statistics Office's codes and names; the mergers of 1 July 2025
(Resolution 202/2025/QH15). A ministry item is told apart by the province in its title.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from store.text import fold

Kind = Literal["province", "city"]

REGIONS = {
    "trung-du-mien-nui-phia-bac": "Trung du và miền núi phía Bắc",
    "dong-bang-song-hong": "Đồng bằng sông Hồng",
    "bac-trung-bo-duyen-hai-mien-trung": "Bắc Trung Bộ và Duyên hải miền Trung",
    "tay-nguyen": "Tây Nguyên",
    "dong-nam-bo": "Đông Nam Bộ",
    "dong-bang-song-cuu-long": "Đồng bằng sông Cửu Long",
}
"""Slug → name, north to south."""

MINISTRY = "trung-uong"
"""First part of the ids of sources that belong to no province."""

_PREFIX = re.compile(r"^\s*([^:]{2,40}?)\s*:")
_KIND = re.compile(
    r"((?:tỉnh|thành\s+phố|t\.?\s*p\.?(?=[\s.]|[A-ZĐ]))[\s.]*|)(.+)", re.IGNORECASE | re.DOTALL
)
_ALSO_WORDS = frozenset({"hoa-binh", "thai-binh", "hai-duong", "binh-dinh"})
"""Peace, peace, ocean, to pacify."""
_PEOPLE = frozenset({"hochiminh"})
_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """One of the 63 provinces as they were until 30 June 2025."""

    slug: str
    name: str
    code: str
    """The General Statistics Office's two digits."""
    kind: Kind
    region: str
    """Slug of `REGIONS`."""
    now: str
    """Slug of the one of the 34 that it belongs to since July 2025."""
    aliases: tuple[str, ...]
    """Other spellings met in titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceNow:
    """One of the 34 provinces since July 2025."""

    slug: str
    name: str
    code: str
    kind: Kind


@cache
def provinces() -> dict[str, Province]:
    """Return the 63 by slug, in the order of their codes."""
    return {
        row["slug"]: Province(
            slug=row["slug"],
            name=row["name"],
            code=row["code"],
            kind="city" if row["kind"] == "city" else "province",
            region=row["region"],
            now=row["now"],
            aliases=tuple(filter(None, row["aliases"].split(";"))),
        )
        for row in _rows("provinces.csv")
    }


@cache
def provinces_now() -> dict[str, ProvinceNow]:
    """Return the 34 by slug, sorted by it."""
    return {
        row["slug"]: ProvinceNow(
            slug=row["slug"],
            name=row["name"],
            code=row["code"],
            kind="city" if row["kind"] == "city" else "province",
        )
        for row in _rows("provinces_now.csv")
    }


def province_name(slug: str) -> str | None:
    """Name a province of the 34 or of the 63; None for an unknown slug."""
    known = provinces_now().get(slug) or provinces().get(slug)
    return known.name if known else None


def province_in_title(title: str) -> str | None:
    """Find the province that a title names before its first colon ("Điện Biên: …").

    Marks, case, blanks and hyphens do not matter, nor "tỉnh" or "TP." before the name. None when
    the prefix is no province's name, names two, or is a word that is also a name: "Hòa bình" is
    peace unless both its syllables are capitals; "Hồ Chí Minh" is the man unless "TP." goes before.
    """
    prefix = _PREFIX.match(title)
    if prefix is None:
        return None
    kind, name = _KIND.fullmatch(prefix[1].strip()).groups()  # type: ignore[union-attr]
    slug = _slugs_by_name().get(_squeeze(name)) or _slugs_by_name().get(_squeeze(prefix[1]))
    if slug in _ALSO_WORDS and not kind and not all(part[0].isupper() for part in name.split()):
        return None
    return None if _squeeze(prefix[1]) in _PEOPLE else slug


@cache
def _slugs_by_name() -> dict[str, str]:
    return {_squeeze(name): slug for name, slug in spellings().items()}


@cache
def spellings() -> Mapping[str, str]:
    """Return every way in which a province's name is written → its slug, of the 63."""
    return {
        name: province.slug
        for province in provinces().values()
        for name in (province.name, *province.aliases)
    }


def _squeeze(name: str) -> str:
    return _NOT_LETTERS.sub("", fold(name))


def _rows(file: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
