"""The date of a page that no rule knows: what is written for programs, then what is shown."""

from __future__ import annotations

from collections.abc import Collection

from crawler.extract.date_order import SourceDates
from crawler.extract.draft import Moment
from crawler.extract.moments.machine import machine_dates
from crawler.extract.moments.shown import labelled_date, scene_of, shown_date
from crawler.extract.page import Page
from crawler.extract.published import Dated, finer, read_published, same_day
from crawler.extract.rules import Candidates
from crawler.extract.text.frame import Frame

_SHOWN = ("css:time", "css:abbr")


def general_published(
    page: Page,
    *,
    title: str | None = None,
    names: Candidates = (),
    dates: SourceDates | None = None,
    false: Collection[str] = (),
    known: Moment | None = None,
) -> Dated | None:
    """Read the date from JSON-LD, meta, microdata or `time`, else from a line near the title.

    `names` are selectors of dates on other sites. A day alone is refined by what knows its time.
    `false` names what lies on this CMS (`crawler.families.base.Family.false_dates`).
    """
    dates = dates or SourceDates()
    scene = scene_of(page, title)
    frame = Frame(scene.title)
    best: Dated | None = None
    for dated in machine_dates(page, dates, frame, title=title, false=false):
        best = finer(best, dated)
        if best[0].value.precision == "minute":
            break
    if best and best[0].rule.startswith(_SHOWN):
        labelled = labelled_date(scene, frame, dates, title=title, known=known)
        if labelled and not same_day(labelled.value, best[0].value):
            return labelled, "page"  # the page's `time` is another's
    if best and best[0].value.precision == "minute":
        return best
    if "microdata" in false:
        names = tuple(css for css in names if "itemprop=datePublished" not in css)
    named = read_published(page, names, dates, known=known, frame=frame)
    if named:
        best = finer(best, named)
    shown = shown_date(scene, frame, dates, title=title, known=known, fetched=page.fetched)
    return finer(best, (shown, "page")) if shown else best
