"""What every crawl imports, imported once: crawls are forked from the process that did.

Twisted's reactor is not among it, as each crawl installs its own; nor is `crawler.settings`, which
reads the environment; and nothing here starts a thread.
"""

from __future__ import annotations

import gc
from importlib import import_module

from scrapy.settings import default_settings

_TABLES = ("EXTENSIONS_BASE", "DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE")
"""Scrapy imports all of its own components, also those that are off."""

_NAMED_IN_SETTINGS = (
    "crawler.pipelines",
    "crawler.politeness",
    "crawler.render",
    "crawler.runlog",
    "crawler.tls",
    "scrapy.dupefilters",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.robotstxt",
    "scrapy.squeues",
    "scrapy.statscollectors",
)
_ASKED_FOR_LATE = ("trafilatura", "readability", "resiliparse.extract.html2text", "encodings.idna")
"""The readers that only a page without rules needs, and what the first name that is looked up."""


def _modules() -> list[str]:
    theirs = sorted(
        {path.rpartition(".")[0] for table in _TABLES for path in getattr(default_settings, table)}
    )
    return ["crawler.pool", "crawler.worker", *theirs, *_NAMED_IN_SETTINGS, *_ASKED_FOR_LATE]


for _module in _modules():
    import_module(_module)
gc.collect()
gc.freeze()  # a child that collects its garbage leaves these pages shared
