"""The folders of recipes: finds the files, reads them and checks each against the others.

A recipe is `sources/<province>/<department>.toml`; its place is its id. Every fault of a file is
told at once, each with the file, the key and, for a key that nobody knows, the nearest one that is
known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from crawler.clean.urls import bare_netloc, site_of
from crawler.recipe import Discover, Pace, Recipe, Select, Source, is_source_id
from store.errors import RecipeError, WrongUse
from store.nearest import did_you_mean
from store.provinces import provinces

BUNDLED = Path(__file__).parent / "sources"


def parse_recipe(text: str, *, source_id: str, file: str | None = None) -> Source:
    """Check the text of a recipe.

    Raises RecipeError with every fault of the file, a line each.
    """
    where = file or source_id
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise RecipeError(f"{where}: not valid TOML: {fault}") from fault
    faults = [] if is_source_id(source_id) else [_bad_id(source_id)]
    recipe = None
    try:
        recipe = Recipe.model_validate(data)
    except ValidationError as found:
        faults += [_fault(error) for error in found.errors()]
    if recipe is not None:
        source = Source(source_id, recipe)
        faults += _foreign_addresses(source) + _odd_succession(source)
    if recipe is None or faults:
        raise RecipeError("\n".join(f"{where}: {fault}" for fault in faults))
    return Source(source_id, recipe)


def read_recipe(path: Path, *, root: Path) -> Source:
    """Read the recipe at `path` below `root`; raises RecipeError."""
    source_id = path.relative_to(root).with_suffix("").as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RecipeError(f"{path}: cannot be read: {fault}") from fault
    return parse_recipe(text, source_id=source_id, file=str(path))


def find_sources(roots: tuple[Path, ...]) -> dict[str, Path]:
    """List the recipes below `roots` by id, sorted; of two with one id the earlier root's counts.

    Raises WrongUse for a root that is no folder. No file is read.
    """
    found: dict[str, Path] = {}
    for root in roots:
        if not root.is_dir():
            raise WrongUse(f"no folder of recipes at {str(root)!r}", repair="set TINSO_SOURCES")
        for path in sorted(root.glob("*/*.toml")):
            found.setdefault(path.relative_to(root).with_suffix("").as_posix(), path)
    return dict(sorted(found.items()))


def load_source(source_id: str, roots: tuple[Path, ...]) -> Source:
    """Read one source; raises WrongUse for an id nobody knows, RecipeError for a bad file."""
    if is_source_id(source_id):  # else it might name a file elsewhere
        for root in roots:
            if (path := root / f"{source_id}.toml").is_file():
                return read_recipe(path, root=root)
    found = find_sources(roots)
    if source_id in found:
        path = found[source_id]
        return read_recipe(path, root=path.parent.parent)
    repair = did_you_mean(source_id, found, otherwise="`tinso sources` lists them")
    raise WrongUse(f"unknown source {source_id!r}", repair=repair)


def load_sources(roots: tuple[Path, ...]) -> list[Source]:
    """Read all sources, by id; raises one RecipeError with the faults of all files."""
    sources, faults = read_all(roots)
    if faults:
        raise RecipeError("\n".join(faults))
    return sources


def read_all(roots: tuple[Path, ...]) -> tuple[list[Source], list[str]]:
    """Read all sources, by id; return those that are good, and what is wrong with the others.

    Raises WrongUse for a root that is no folder.
    """
    sources, faults = [], []
    found = find_sources(roots)
    for path in found.values():
        try:
            source = read_recipe(path, root=path.parent.parent)
        except RecipeError as fault:
            faults.append(str(fault))
            continue
        lost = [f"{path}: {fault}" for fault in _lost_successor(source, found)]
        faults += lost
        if not lost:
            sources.append(source)
    return sources, faults


def _foreign_addresses(source: Source) -> list[str]:
    ours = {*map(bare_netloc, source.hosts)}
    listings = [("listings", url) for url in source.listing_urls]
    offers = [(f"discover.{kind}", url) for kind, url in source.offers]
    return [
        f"{key}: {url!r} is not on a host of this source: set `site`, or write it from '/' on"
        for key, url in listings + offers
        if site_of(url) not in ours
    ]


def _odd_succession(source: Source) -> list[str]:
    successor, until = source.recipe.successor, source.recipe.until
    if successor is None:
        return []
    faults = [] if successor != source.id else ["successor: no source succeeds itself"]
    return faults if until else [*faults, "successor: give `until`, the department's last day, too"]


def _lost_successor(source: Source, known: Collection[str]) -> list[str]:
    successor = source.recipe.successor
    if successor is None or successor in known:
        return []
    hint = did_you_mean(successor, known)
    return [", ".join(filter(None, (f"successor: unknown source {successor!r}", hint)))]


def _bad_id(source_id: str) -> str:
    first = source_id.split("/")[0]
    hint = "" if first in provinces() else did_you_mean(first, provinces())
    fault = (
        f"the place gives the id {source_id!r}, which is no "
        "'<province>/<department>' in lower-case ASCII"
    )
    return ", ".join(filter(None, (fault, hint)))


def _fault(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(error["loc"])
        case "missing":
            return f"the key {key!r} is missing"
        case "value_error":
            return f"{key}: {error['ctx']['error']}"
        case _:
            return f"{key}: {error['msg'].lower()}, but it is {error['input']!r}"


def _unknown_key(loc: tuple[str | int, ...]) -> str:
    tables: dict[str, type[BaseModel]] = {"select": Select, "discover": Discover, "pace": Pace}
    table = tables.get(str(loc[0]), Recipe) if len(loc) > 1 else Recipe
    known = f"known are {', '.join(table.model_fields)}"
    hint = did_you_mean(str(loc[-1]), table.model_fields, otherwise=known, cutoff=0.4)
    return f"unknown key {'.'.join(map(str, loc))!r}, {hint}"
