"""What is looked for on a page: a table of candidates a field, best first."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

Candidates = tuple[str, ...]
"""CSS selectors as parsel reads them (`::text`, `::attr(name)`), the most specific first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Candidates for each field; a family gives them, a source's `[select]` goes before them."""

    # On a list page
    entry: Candidates = ()
    """The element that holds one entry: the first candidate that matches anything is taken."""
    entry_link: Candidates = ()
    """Within the entry: the link to the article."""
    entry_title: Candidates = ()
    """Within the entry: its title; a `title` attribute is taken where the text is cut short."""
    entry_date: Candidates = ()
    """Within the entry: the date shown."""
    entry_summary: Candidates = ()
    """Within the entry: its lead."""
    next: Candidates = ()
    """The link to the next page of the list."""

    # On an article's page
    title: Candidates = ()
    date: Candidates = ()
    summary: Candidates = ()
    body: Candidates = ()
    byline: Candidates = ()
    organisation: Candidates = ()
    source_credit: Candidates = ()
    section: Candidates = ()
    image: Candidates = ()
    """Pictures that belong to the article but stand outside its body."""
    attachments: Candidates = ()
    """Links to files outside the body; files linked in the body are found without a rule."""
    drop: Candidates = ()
    """All of these are taken out of the body before it is read."""

    def before(self, fallback: Rules) -> Rules:
        """Put these candidates before those of `fallback`, field by field."""
        if self == _NONE:
            return fallback
        return replace(
            fallback,
            **{
                field.name: getattr(self, field.name) + getattr(fallback, field.name)
                for field in fields(self)
                if getattr(self, field.name)
            },
        )


_NONE = Rules()
