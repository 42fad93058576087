"""Saved pages in place of a site: what is not among them counts as not reachable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crawler.clean.urls import canonical, is_http
from crawler.extract.page import Page
from crawler.failures import Failure
from crawler.scaffold.asker import web_address
from store.errors import WrongUse

INDEX = "addresses.tsv"
"""In a folder of saved pages: a line a page, its file and its address with a tab between."""


class SavedPages:
    """Gives saved pages by their addresses (`crawler.fetching.Fetch`)."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        """Take files by address."""
        self._files = {_key(url): (url, file) for url, file in files.items()}
        self.addresses = tuple(files)
        """The first is where a survey starts."""

    def __call__(self, url: str) -> Page | Failure:
        """Read one page."""
        address, file = self._files.get(_key(url), (url, None))
        if file is None:
            return Failure(cause="not-saved", url=url)
        return Page(url=address, body=_read(file), fetched=datetime.now(UTC))


def saved_pages(named: Sequence[str], urls: Sequence[str]) -> SavedPages:
    """Open files, each with the address of the same place in `urls`, or a folder with an index.

    A file without an address may name its own. Raises WrongUse for what cannot be read.
    """
    paths = [Path(name) for name in named]
    if len(paths) == 1 and paths[0].is_dir():
        return SavedPages(_indexed(paths[0]))
    if len(urls) > len(paths):
        raise WrongUse(
            f"{len(urls)} addresses for {len(paths)} saved pages",
            repair="give --url once for each file, in the same order",
        )
    told = [*urls, *[None] * (len(paths) - len(urls))]
    pairs = zip(paths, told, strict=True)
    return SavedPages(
        {web_address(url or _own_address(path)): _readable(path) for path, url in pairs}
    )


def _indexed(folder: Path) -> Mapping[str, Path]:
    index = folder / INDEX
    if not index.is_file():
        raise WrongUse(
            f"{str(folder)!r} has no {INDEX}",
            repair="write it: a line a page, its file and its address with a tab between",
        )
    found: dict[str, Path] = {}
    for number, line in enumerate(_read(index).decode("utf-8", "replace").splitlines(), 1):
        file, tab, url = line.partition("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if not tab or not is_http(url):
            raise WrongUse(
                f"{str(index)!r}, line {number}: no file and address with a tab between",
                repair="write: page.html<tab>https://so.example.gov.vn/",
            )
        found[web_address(url)] = _readable(folder / file.strip())
    if not found:
        raise WrongUse(f"{str(index)!r} names no page", repair="write a line for each saved page")
    return found


def _own_address(file: Path) -> str:
    page = Page(url="http://saved.invalid/", body=_read(_readable(file)))
    for own in (*page.canonical_hrefs, page.meta.get("og:url", "")):
        if is_http(own):
            return own
    raise WrongUse(f"the address of {str(file)!r} is not known", repair="give it with --url")


def _readable(file: Path) -> Path:
    if file.is_file():
        return file
    raise WrongUse(
        f"{str(file)!r} is neither a file that can be read nor a web address",
        repair="write an address with http:// or https://",
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise WrongUse(
            f"{str(file)!r} cannot be read: {fault.strerror}", repair="look at its permissions"
        ) from fault


def _key(url: str) -> str:
    """Fold what differs between addresses of one page: scheme and closing slash."""
    return canonical(url).partition("://")[2].rstrip("/")
