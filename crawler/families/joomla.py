"""Joomla 1.5 to 5 and its extension K2: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class Joomla(Family):
    """Joomla 1.5 to 5 and its extension K2."""

    name: ClassVar[str] = "joomla"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
