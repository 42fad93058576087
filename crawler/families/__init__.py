"""The CMS families by name: the only door to them."""

from __future__ import annotations

from crawler.families.base import Family
from crawler.families.dnn import DNN
from crawler.families.drupal import Drupal
from crawler.families.generic import Generic
from crawler.families.joomla import Joomla
from crawler.families.liferay import Liferay
from crawler.families.nukeviet import NukeViet
from crawler.families.sharepoint import SharePoint
from crawler.families.vccorp import VCCorp
from crawler.families.vnpt import VNPT
from crawler.families.websphere import WebSphere
from crawler.families.wordpress import WordPress

FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        NukeViet(),
        WordPress(),
        Joomla(),
        Drupal(),
        Liferay(),
        SharePoint(),
        DNN(),
        WebSphere(),
        VNPT(),
        VCCorp(),
        Generic(),
    )
}
"""By name, those that are recognised by evidence before the generic one, which takes anything."""


def family_named(name: str) -> Family:
    """Return the family of that name; raises KeyError for an unknown one."""
    return FAMILIES[name]


__all__ = ["FAMILIES", "Family", "family_named"]
