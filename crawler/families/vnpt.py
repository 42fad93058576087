"""The portals of VNPT that are not plain Liferay: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class VNPT(Family):
    """The portals of VNPT that are not plain Liferay."""

    name: ClassVar[str] = "vnpt"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
