"""What a family of sites shares: the rules of its CMS, how to know it, and two hooks."""

from __future__ import annotations

import re
from typing import ClassVar

from crawler.extract.draft import Draft
from crawler.extract.page import Page
from crawler.extract.rules import Rules


class Family:
    """A CMS: its rules, the form of its article addresses, and two hooks around the reading.

    Stateless. A family that needs neither hook only fills the table.
    """

    name: ClassVar[str]
    rules: ClassVar[Rules]
    article_address: ClassVar[re.Pattern[str]]
    """Found (`search`) in the address of every article; the group `key`, if there is one, is the
    article's number."""
    signs_in_body: ClassVar[bool] = False
    """True where the CMS has no fields of its own for author and source, so that they stand as the
    last lines of the body and the agency opens the lead: they are then lifted out of the text.
    Where it has such fields, the body's first and last words are the body's."""

    def recognise(self, page: Page) -> tuple[str, ...]:
        """Return the evidence that `page` was made by this CMS; empty when there is none."""
        return ()

    def before_reading(self, page: Page) -> Page:
        """Hook: mend the page before any rule sees it."""
        return page

    def after_reading(self, page: Page, draft: Draft) -> Draft:
        """Hook: correct what the rules made of it."""
        return draft
