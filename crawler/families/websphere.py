"""IBM WebSphere Portal: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class WebSphere(Family):
    """IBM WebSphere Portal."""

    name: ClassVar[str] = "websphere"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
