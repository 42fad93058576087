"""The platform of VCCorp: the Government's portal and its papers: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class VCCorp(Family):
    """The platform of VCCorp: the Government's portal and its papers."""

    name: ClassVar[str] = "vccorp"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
