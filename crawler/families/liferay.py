"""Liferay 6.2 to 7: asset publisher, journal content, the portals built on it: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class Liferay(Family):
    """Liferay 6.2 to 7: asset publisher, journal content, the portals built on it."""

    name: ClassVar[str] = "liferay"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
