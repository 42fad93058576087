"""All demo portals: the only door to them. Their articles are read when first asked for."""

from __future__ import annotations

from crawler.demo.aspnet import AspNetDemo
from crawler.demo.nukeviet import NukeVietDemo
from crawler.demo.portal import Portal
from crawler.demo.wordpress import WordPressDemo

PORTALS: tuple[Portal, ...] = (NukeVietDemo(), WordPressDemo(), AspNetDemo())
