"""The documents say what the code does."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

import tinso
from crawler.failures import CAUSES
from store.model import Article

ROOT = Path(__file__).parent.parent


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_field_guide_has_every_field_of_the_model_in_its_order() -> None:
    listed = re.findall(r"^\| `(\w+)`", text_of("docs/fields.md"), re.MULTILINE)
    assert listed == [field.name for field in fields(Article)]


def test_every_field_of_the_model_says_what_it_is() -> None:
    source = text_of("store/model.py")
    body = source[source.index("class Article:") : source.index("class Revision:")]
    for field in fields(Article):
        assert re.search(rf'^    {field.name}: [^\n]*\n    """', body, re.MULTILINE), field.name


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/hard-sites.md",
        "docs/publish.md",
        "docs/operations.md",
    ],
)
def test_every_file_that_a_document_names_exists(document: str) -> None:
    folder = (ROOT / document).parent
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(document)):
        assert (folder / link).exists(), link
    for named in re.findall(r"`((?:store|crawler|feeds|tests|docs)/[\w/.-]*)`", text_of(document)):
        assert (ROOT / named).exists(), named


def test_every_cause_that_the_guide_to_hard_sites_names_is_one() -> None:
    named = re.findall(r"[Cc]ause\s`([\w-]+)`", text_of("docs/hard-sites.md"))
    assert len(named) >= 5
    assert set(named) <= set(CAUSES)


def test_the_readme_shows_every_command() -> None:
    readme = text_of("README.md")
    assert isinstance(tinso.main, click.Group)
    for name in tinso.main.commands:
        assert f"tinso {name}" in readme or f"./run {name}" in readme, name


def test_the_images_lock_is_part_of_the_whole_lock() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+(?:\[\w+\])?)==(\S+)", text_of(name), re.MULTILINE))

    whole, run = pins("requirements.lock"), pins("requirements-run.lock")
    assert run
    assert {name: whole.get(name) for name in run} == run


def test_every_dependency_is_locked_with_its_hash() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    lock = text_of("requirements.lock").lower()
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for requirement in wanted:
        name = re.match(r"[\w.-]+", requirement)
        assert name
        assert re.search(rf"^{re.escape(name[0].lower())}==.*\\\n\s+--hash=", lock, re.M), name[0]


def test_the_locks_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-run.lock"):
        assert not re.search(r"https?://|--index-url|--find-links", text_of(name))
