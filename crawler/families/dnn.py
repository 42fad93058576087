"""DNN (DotNetNuke): Ventrian, EasyDNNnews, modules of Vietnamese firms: rules, traces and addresses."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.rules import Rules
from crawler.families.base import Family


class DNN(Family):
    """DNN (DotNetNuke): Ventrian, EasyDNNnews, modules of Vietnamese firms."""

    name: ClassVar[str] = "dnn"
    article_address: ClassVar[re.Pattern[str]] = re.compile(r"(?!)")
    rules: ClassVar[Rules] = Rules()
