"""The CMS families by name: the only door to them."""

from __future__ import annotations

from crawler.families.base import Family
from crawler.families.generic import Generic
from crawler.families.nukeviet import NukeViet
from crawler.families.wordpress import WordPress

FAMILIES: dict[str, Family] = {
    family.name: family for family in (NukeViet(), WordPress(), Generic())
}
"""By name, those that are recognised by evidence before the generic one, which takes anything."""


def family_named(name: str) -> Family:
    """Return the family of that name; raises KeyError for an unknown one."""
    return FAMILIES[name]


__all__ = ["FAMILIES", "Family", "family_named"]
