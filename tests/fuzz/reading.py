"""Fuzz the reading of pages, by hand: `python -m tests.fuzz.reading CORPUS -max_total_time=600`.

Needs atheris, which is no dependency of the project: `pip install atheris` beside it. What it finds
becomes a case of `tests/extract/test_hostile.py`.
"""

from __future__ import annotations

import sys
import warnings

import atheris

with atheris.instrument_imports(include=["crawler", "store"]):
    from crawler.extract.page import Page
    from crawler.reading import read, read_list
    from crawler.recipe import Recipe, Source
    from tests.pages import NOW

SITE = "http://so.example.vn"
SOURCES = [
    Source("dien-bien/thu", Recipe(name="Sở", site=SITE, listings=("/",), family=family))
    for family in ("generic", "nukeviet", "wordpress", "sharepoint")
]


def one_page(body: bytes) -> None:
    """Read the bytes as an article and as a list, by the family that their length picks."""
    page = Page(url=f"{SITE}/vi/news/tin/bai-viet-12.html", body=body, fetched=NOW)
    source = SOURCES[len(body) % len(SOURCES)]
    reading = read(page, source, entry=None, now=NOW)
    assert (reading.sighting is None) != (reading.refusal is None)
    read_list(page, source)


def main() -> None:
    """Run until the time is up, or something breaks."""
    warnings.simplefilter("ignore")
    atheris.Setup(sys.argv, one_page)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
