"""Drupal 7 to 11: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class Drupal(Family):
    """Drupal 7 to 11."""

    name: ClassVar[str] = "drupal"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
