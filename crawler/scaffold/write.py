"""Writes what was proposed: a recipe and its cases, all of it or nothing, over no existing file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.recipes import BUNDLED
from store.errors import TinsoError, WrongUse

_CHECKOUT_CASES = BUNDLED.parents[1] / "tests" / "cases"
"""There only in a checkout, not in an installed package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a new source's files go."""

    recipes: Path
    cases: Path | None
    """None: nowhere, so that no case is written."""


def target_of(
    to: Path | None, cases: Path | None, roots: tuple[Path, ...], checkout: Path = _CHECKOUT_CASES
) -> Target:
    """Choose the folders: those that somebody named, else the first of `roots` and the checkout's.

    Raises WrongUse for a folder of recipes that is none.
    """
    recipes = to or roots[0]
    if not recipes.is_dir():
        raise WrongUse(f"no folder of recipes at {str(recipes)!r}", repair="make it, or mend --to")
    return Target(recipes=recipes, cases=cases or (checkout if checkout.is_dir() else None))


def files_of(
    target: Target, source_id: str, recipe: str, cases: Mapping[str, Mapping[str, bytes]]
) -> dict[Path, bytes]:
    """Name every file with its content; the recipe last, since it makes the source."""
    files = {
        target.cases / folder / name: content
        for folder, contents in cases.items()
        for name, content in contents.items()
        if target.cases is not None
    }
    return {**files, target.recipes / f"{source_id}.toml": recipe.encode()}


def write_all(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write every file, or none; return them in their order.

    Raises WrongUse where one of them is there already, TinsoError where one cannot be written.
    """
    present = [path for path in files if path.exists() or path.is_symlink()]
    if present:
        raise WrongUse(
            f"{str(present[0])!r} is there already",
            repair="take it away, or give the source another --id",
        )
    made: list[Path] = []
    try:
        for path, content in files.items():
            made += _make_folders(path.parent)
            _create(path, content)
            made.append(path)
    except OSError as fault:
        _undo(made)
        raise TinsoError(
            f"nothing was written: {fault.strerror or fault}",
            about=str(fault.filename or ""),
            repair="look at the folder's permissions and room",
        ) from fault
    except BaseException:
        _undo(made)
        raise
    return tuple(files)


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the new ones, the outer first."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return new[::-1]


def _create(path: Path, content: bytes) -> None:
    """Write a file that appears whole, and only where there is none."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        os.link(name, path)  # unlike a move, this never takes the place of a file
    finally:
        Path(name).unlink()


def _undo(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):  # somebody else wrote into a new folder meanwhile
            path.rmdir() if path.is_dir() else path.unlink()
