"""SharePoint as Vietnamese state sites run it: portals of a local vendor, ministries, plain publishing: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class SharePoint(Family):
    """SharePoint as Vietnamese state sites run it: portals of a local vendor, ministries, plain publishing."""

    name: ClassVar[str] = "sharepoint"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
