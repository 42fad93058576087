"""Pictures with their captions, and files that belong to an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import absolute
from crawler.extract.blocks import Block
from crawler.extract.select import Element, elements, text_of
from store.model import Attachment, Image

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-url", "data-image")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:^data:|/(?:blank|spacer|placeholder|lazy|loading|transparent)[^/]*$)", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"tải (?:về|xuống)|download|tại đây|ở đây|xem(?: (?:chi tiết|tại đây|trước))?"
    r"|(?:file |tệp )?đính kèm|click here|here",
    re.IGNORECASE,
)
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}


def source_of(image: Element, base_url: str) -> str | None:
    """Return the absolute address of a picture, wherever a script would take it from.

    None for pictures written into the page (`data:`), for those of one pixel, and for what is no
    address.
    """
    if any(image.get(side) in {"0", "1"} for side in ("width", "height")):
        return None
    candidates = [image.get(name) for name in _LAZY]
    candidates.append(image.get("src"))
    candidates += [_largest(image.get(name) or "") for name in _LAZY_SETS]
    for url in candidates:
        if url and not _PLACEHOLDER.search(url.strip()):
            try:
                return absolute(url, base_url)
            except ValueError:
                continue
    return None


def images_of(blocks: list[Block], base_url: str) -> Iterator[Image]:
    """Yield the pictures of a body, each with the caption that stands under it."""
    for pictures, captions in _runs(blocks):
        addresses = [source_of(picture, base_url) for picture in pictures]
        under: list[str | None] = [None] * len(pictures)
        if len(captions) == len(pictures):
            under = list(captions)
        elif captions:
            under[-1] = " ".join(captions)
        for url, caption in zip(addresses, under, strict=True):
            if url:
                yield Image(url=url, caption=caption)


def outer_images(found: Iterable[Element | str], base_url: str) -> Iterator[Image]:
    """Yield the pictures outside the body, with the caption of the figure around each."""
    for node in found:
        if isinstance(node, str):
            try:
                yield Image(url=absolute(node, base_url))
            except ValueError:
                continue
        elif url := source_of(node, base_url):
            yield Image(url=url, caption=_figure_caption(node))


def unique_images(outside: Iterable[Image], inside: Iterable[Image]) -> tuple[Image, ...]:
    """Keep each address once, in order; of its captions the first one in the body counts."""
    within = list(inside)
    captions = {image.url: image.caption for image in reversed(within) if image.caption}
    kept: dict[str, Image] = {}
    for image in (*outside, *within):
        kept.setdefault(image.url, replace(image, caption=captions.get(image.url, image.caption)))
    return tuple(kept.values())


def files_linked(
    nodes: Iterable[Element], base_url: str, *, all_links: bool
) -> Iterator[Attachment]:
    """Yield the files that `nodes` link to, or show in a frame.

    With `all_links` each link is a file, as in a list of attachments; else its ending tells.
    """
    for node in nodes:
        for link in node.iter("a", "iframe", "embed", "object"):
            attachment = _attachment(link, base_url, any_link=all_links and link.tag == "a")
            if attachment:
                yield attachment


def unique_files(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Keep each address once, in order."""
    kept: dict[str, Attachment] = {}
    for file in files:
        kept.setdefault(file.url, file)
    return tuple(kept.values())


def _attachment(link: Element, base_url: str, *, any_link: bool) -> Attachment | None:
    target = (link.get("href") or link.get("src") or link.get("data") or "").strip()
    if not target or target.startswith("#"):
        return None
    try:
        url = absolute(_inside_viewer(target), base_url)
    except ValueError:
        return None
    name = unquote(urlsplit(url).path.rpartition("/")[2])
    title = _title(link) if link.tag == "a" else ""
    media_type = _media_type(name) or _media_type(title)
    if not any_link and _media_type(name) is None:
        return None
    return Attachment(url=url, title=title or one_line(name) or url, media_type=media_type)


def _title(link: Element) -> str:
    for node in elements(link, "strong"):  # NukeViet: "Tập tin 1: <strong>ke-hoach.pdf</strong>"
        if text := one_line(text_of(node)):
            return text
    text = one_line(text_of(link))
    return "" if _SAYS_NOTHING.fullmatch(text.strip("[]().:» ")) else text


def _inside_viewer(target: str) -> str:
    """Return the file that an address of a document viewer shows."""
    parts = urlsplit(target)
    if "viewer" in parts.path or "gview" in parts.path or "view.officeapps" in parts.netloc:
        query = parse_qs(parts.query)
        for key in ("url", "src", "file"):
            if query.get(key):
                return query[key][0]
    return target


def _media_type(name: str) -> str | None:
    return _MEDIA_TYPES.get(name.rpartition(".")[2].lower()) if "." in name else None


def _largest(srcset: str) -> str:
    best, width = "", -1.0
    for candidate in srcset.split(", "):
        parts = candidate.split()
        size = re.fullmatch(r"([\d.]+)[wx]", parts[1]) if len(parts) > 1 else None
        wide = float(size[1]) if size and size[1].count(".") < 2 and size[1] != "." else 0.0
        if parts and wide > width:
            best, width = parts[0].rstrip(","), wide
    return best


def _figure_caption(image: Element) -> str | None:
    node = image.getparent()
    for _ in range(4):
        if node is None:
            return None
        for caption in elements(node, "figcaption"):
            return one_line(text_of(caption)) or None
        node = node.getparent() if node.tag != "figure" else None
    return None


def _runs(blocks: list[Block]) -> Iterator[tuple[list[Element], list[str]]]:
    """Group pictures that stand together with the captions that follow them."""
    pictures: list[Element] = []
    captions: list[str] = []
    for block in blocks:
        if block.kind == "image" and block.image is not None:
            if captions:
                yield pictures, captions
                pictures, captions = [], []
            pictures.append(block.image)
        elif block.kind == "caption" and pictures:
            captions.append(block.text)
        elif pictures:
            yield pictures, captions
            pictures, captions = [], []
    if pictures:
        yield pictures, captions
