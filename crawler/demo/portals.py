"""All demo portals: the only door to them. Their articles are read when first asked for."""

from __future__ import annotations

from crawler.demo.nukeviet import NukeVietDemo
from crawler.demo.portal import Portal

PORTALS: tuple[Portal, ...] = (NukeVietDemo(),)
