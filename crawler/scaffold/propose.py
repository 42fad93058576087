"""What follows from a survey: which lists to collect, and the recipe that does it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.clean.text import one_line
from crawler.extract.repeated import is_home
from crawler.recipe import Recipe, Source
from crawler.recipes import parse_recipe
from crawler.scaffold.lists import Look, covers
from crawler.scaffold.offers import Offered
from crawler.scaffold.place import Place, department_of, place_of
from crawler.scaffold.samples import Proof
from crawler.scaffold.selectors import Sample
from crawler.scaffold.survey import STAND_IN, Survey
from crawler.scaffold.toml import recipe_text
from store.errors import TinsoError
from store.model import local_time
from store.provinces import provinces

_MOST_NAME_CHARS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One list, and whether to collect it."""

    look: Look
    chosen: bool
    why: str
    """Why it is not chosen, a key of `crawler.scaffold.reasons`; empty where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a site offers."""

    survey: Survey
    place: Place
    offers: tuple[Offer, ...]
    """The best first; pages without an article are none."""

    @property
    def chosen(self) -> tuple[Look, ...]:
        """The lists that are proposed."""
        return tuple(offer.look for offer in self.offers if offer.chosen)


def propose(survey: Survey) -> Proposal:
    """Choose lists: those that somebody named, else what is news and stands in no other."""
    looks = [look for look in survey.looks if look.is_list]
    whys = [_why_not(look, looks, survey.named) for look in looks]
    if all(whys):  # a list that somebody pointed at is better than none
        pointed_at = [look.link.url == survey.start and look.vietnamese for look in looks]
        pairs = zip(whys, pointed_at, strict=True)
        whys = ["" if is_it and not is_home(survey.start) else why for why, is_it in pairs]
    offers = [
        Offer(look=look, chosen=not why, why=why) for look, why in zip(looks, whys, strict=True)
    ]
    return Proposal(survey=survey, place=place_of(survey.site, survey.names), offers=tuple(offers))


def _why_not(look: Look, looks: Sequence[Look], named: Collection[str]) -> str:
    if named:
        return "" if look.link.url in named else "not-named"
    if not look.vietnamese:
        return "foreign"
    if look.kind not in {"news", "notices", "other"}:
        return look.kind
    if look.order in {"oldest", "mixed"}:
        return look.order
    better = looks[: looks.index(look)]
    wider = [other for other in looks if other is not look and other.is_news]
    if any(_same(other, look) for other in better) or any(
        covers(other, look) and not (covers(look, other) and other not in better) for other in wider
    ):
        return "covered"
    return ""


def _same(one: Look, other: Look) -> bool:
    return {entry.url for entry in one.entries} == {entry.url for entry in other.entries}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A recipe, ready to be written."""

    source: Source
    """As its text reads when it is parsed."""
    text: str
    doubts: tuple[str, ...]
    """What a person should look at: keys of `crawler.scaffold.reasons`, or words."""


def draft(
    survey: Survey,
    looks: Sequence[Look],
    proof: Proof,
    offered: Sequence[Offered] = (),
    *,
    source_id: str | None,
    name: str | None,
    known: Collection[str],
    now: datetime,
) -> Drafted:
    """Write the recipe that collects `looks`; says only what differs from the family.

    `source_id` and `name` are those that somebody gave, else the proposal's; `known` are the ids
    of all sources. Raises RecipeError for an id that cannot be one.
    """
    place = _placed(place_of(survey.site, survey.names), source_id)
    samples = proof.samples
    told: dict[str, Any] = {
        "name": one_line(name or place.name or _called(survey))[:_MOST_NAME_CHARS],
        "site": survey.site,
        "family": proof.source.recipe.family,
        "listings": [_from_host_on(look.link.url, survey.site) for look in looks],
        "article": proof.source.recipe.article,
        **_end_of(place, source_id, known),
        "discover": {one.kind: _from_host_on(one.url, survey.site) for one in offered if one.fresh},
        "select": {name: css[0] for name, css in proof.source.recipe.select if css},
    }
    told = {key: value for key, value in told.items() if value and value != "generic"}
    seen = samples[0].page.url if samples else looks[0].page.url
    what = "Seen" if samples else "Seen, no article"
    text = recipe_text(told, head=f"{what}: {seen} ({local_time(now):%Y-%m}); list: seen")
    source = parse_recipe(text, source_id=source_id or place.id or STAND_IN)
    if source.recipe != Recipe.model_validate(told):
        raise TinsoError("the recipe does not read as it was meant", about=source.id)
    return Drafted(source=source, text=text, doubts=_doubts(survey, looks, samples, source))


def _placed(place: Place, source_id: str | None) -> Place:
    """Take the place that an id names; without one, what was found."""
    if source_id is None:
        return place
    province, _, department = source_id.partition("/")
    known = Place(province=province, department=department)
    return known if known.name else place


def _called(survey: Survey) -> str:
    return next(iter(survey.names), urlsplit(survey.site).netloc)


def _end_of(place: Place, source_id: str | None, known: Collection[str]) -> Mapping[str, Any]:
    """Say when an office of that kind ended, and who came after it, if that is a known source."""
    department = department_of(source_id or place.id or "")
    if department is None or department.until is None:
        return {}
    province = provinces().get(place.province or "")
    places = (province.slug, province.now) if province else ()
    heirs = [f"{slug}/{department.successor}" for slug in places]
    heir = next((heir for heir in heirs if heir in known), None)
    return {"until": department.until, **({"successor": heir} if heir else {})}


def _from_host_on(url: str, site: str) -> str:
    return url.removeprefix(site) or "/"


def _doubts(
    survey: Survey, looks: Sequence[Look], samples: Sequence[Sample], source: Source
) -> tuple[str, ...]:
    found = {
        "no-family": survey.family == "generic",
        "no-dates": not any(look.dated for look in looks),
        "not-news": not all(look.is_news for look in looks),
        "list-is-article": any(source.is_article(look.link.url) for look in looks),
        "no-article": not samples,
        "one-article": len(samples) == 1,
        "title": any(sample.title_differs for sample in samples),
        "date": any(sample.date_is_another for sample in samples),
        "no-date": any(sample.dateless for sample in samples),
        "body": any(not sample.has_body for sample in samples),
    }
    return tuple(code for code, holds in found.items() if holds)
