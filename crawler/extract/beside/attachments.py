"""Files that belong to an article: what links to them calls them, their type and size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from crawler.clean.text import one_line
from crawler.clean.urls import absolute
from crawler.extract.select import Element, elements, text_of
from store.model import Attachment
from store.text import words

FILE_LINKS = ("a", "iframe", "embed", "object")
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
_SCANS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "tif": "image/tiff"}
"""Pages of a decree as pictures: files only where a list of files names them."""

_SIZE = re.compile(
    r"[(\[]?\s*(?:(?:kích thước|dung lượng|size)\s*:?\s*)?(?<![\d.,/])"
    r"(?P<number>\d{1,4}(?:[.,]\d{1,3}){0,3})\s?(?P<unit>bytes?|[KMG]i?B|[KMG](?=[\s)\]]|$)|B)\b"
    r"\s*[)\]]?",
    re.IGNORECASE,
)
_UNITS = {"b": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
_FILLERS = frozenset(
    {"tai", "xem", "ve", "xuong", "file", "tep", "tap", "tin", "lieu", "van", "ban", "toan", "noi"}
    | {"dung", "chi", "tiet", "truoc", "truc", "tuyen", "online", "day", "du", "pdf", "doc", "may"}
    | {"docx", "xls", "xlsx", "zip", "rar", "o", "bam", "nhan", "click", "vao", "here", "dinh"}
    | {"kem", "theo", "view", "open", "mo", "link", "full", "now", "download", "attachment"}
    | {"preview", "duong", "dan", "nhe", "the", "this", "to", "cac"}
)
"""Words of buttons: a link that says no others ("Tải về tại đây") is no name."""

_BUTTONS = re.compile(
    r"\s*[(\[]?\s*(?:tải (?:về|xuống)|download|xem trước)\s*[)\]]?$", re.IGNORECASE
)
_VIEWER_KEYS = ("url", "src", "file", "sourcedoc", "sourceurl", "pdf", "document")
_VIEWER = re.compile(
    r"viewer|gview|view\.officeapps|wopiframe|docviewer|/op/(?:view|embed)|flipbook|download\.aspx",
    re.IGNORECASE,
)
_SENDS = re.compile(r"download\.\w{2,5}$", re.IGNORECASE)
"""A script that sends the file itself: the name alone in its query is no address."""
_DOWNLOAD = re.compile(
    r"[?&](?:download=(?:1|true)|op=download|task=(?:document\.|doc_)?download|fileticket=)"
    r"|/(?:get|down(?:load)?)file(?:\.\w{2,5})?[/?]|/(?:download|tai-ve)(?:/\d|(?:\.\w{2,5})?\?)"
    r"|/lists/[^?#]{1,200}/attachments/|drive\.google\.com/(?:file/d/|open\?id=|uc\?)",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    rf"\.(?:{'|'.join(_MEDIA_TYPES)})(?![a-z0-9])|{_DOWNLOAD.pattern}", re.IGNORECASE
)
"""Most links of a page lead to pages: told before their addresses are made whole."""
_SCRIPTED = ("data-href", "data-url", "data-file", "data-src", "data-link")
_OPENED = re.compile(
    r"[\"']([^\"'\s]{1,400}\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z)(?:\?[^\"'\s]{0,200})?)[\"']",
    re.IGNORECASE,
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TITLE_MAX_CHARS = 300
_LEVELS = 3
_ROW_CELLS = 20
_HEADINGS = ("h1", "h2", "h3", "h4")
_TOO_FAR = frozenset({"body", "table", "tbody", "ul", "ol", "form", "article"})
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]?\s+|\b\d{1,2}/\d{1,2}/\d{4}\b")
_LABEL = re.compile(r"^\W*(?:tệp|file|tập tin|tài liệu) đính kèm\s*:?", re.IGNORECASE)


def files_linked(
    nodes: Iterable[Element], base_url: str, *, all_links: bool
) -> Iterator[Attachment]:
    """Yield the files that `nodes` link to, or show in a frame.

    With `all_links` each link is a file, as in a list of attachments; else its address tells.
    """
    for node in nodes:
        for link in node.iter(*FILE_LINKS):
            attachment = file_at(link, base_url, any_link=all_links and link.tag == "a")
            if attachment:
                yield attachment


def unique_files(files: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Keep each address once, in order; what a later link tells better is taken over."""
    kept: dict[str, Attachment] = {}
    for file in files:
        known = kept.setdefault(file.url, file)
        if known is file:
            continue
        named = known.title if known.title not in {_file_name(file.url), file.url} else file.title
        kept[file.url] = replace(
            known,
            title=named,
            media_type=known.media_type or file.media_type,
            size_bytes=known.size_bytes if known.size_bytes is not None else file.size_bytes,
        )
    return tuple(kept.values())


def read_size(text: str) -> int | None:
    """Read a size as pages write it: `(1,2 MB)`, `345 KB`, `12.5Mb`. None for no size."""
    found = _SIZE.search(text[:_TITLE_MAX_CHARS])
    if found is None:
        return None
    number, unit = found["number"], _UNITS[found["unit"][0].lower()]
    grouped = re.fullmatch(r"\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)", number)
    if grouped and (unit <= 1024 or number.count(grouped[1]) > 1):  # 1.234 KB: thousands
        number = re.sub(r"[.,]", "", number)
    try:
        return round(float(number.replace(",", ".")) * unit)
    except ValueError:
        return None


def file_at(link: Element, base_url: str, *, any_link: bool) -> Attachment | None:
    """Return the file that a link, one of `FILE_LINKS`, leads to; None where it is no file's.

    With `any_link` it is one; else its address tells.
    """
    target = _target(link)
    if not target or target.startswith("#"):
        return None
    if not any_link and not link.get("type") and not _MAYBE.search(target):
        return None
    try:
        url = absolute(_inside_viewer(target).replace("\\", "/"), base_url)
    except ValueError:
        return None
    name = _file_name(url)
    shown = one_line(text_of(link)) if link.tag == "a" else ""
    told = link.get("type") if link.get("type") in _MEDIA_TYPES.values() else None
    media_type = _media_type(name) or told
    if media_type is None and not any_link and not _DOWNLOAD.search(url):
        return None
    media_type = media_type or _media_type(shown)
    if media_type is None and any_link:
        media_type = _media_type(name, _SCANS)
    around = _around(link) if link.tag == "a" else ""
    title = _title(link, shown) or _named_by(around, shown) or one_line(name) or url
    size = read_size(shown) or read_size(link.get("title") or "")
    return Attachment(
        url=url,
        title=title,
        media_type=media_type,
        size_bytes=size or _size_behind(link, around),
    )


def _target(link: Element) -> str:
    """Return where a link leads, or what a script of its own would open."""
    target = (link.get("href") or link.get("src") or link.get("data") or "").strip()
    if target and not target.startswith("#") and not target.lower().startswith("javascript:"):
        return target
    for name in _SCRIPTED:
        if (told := (link.get(name) or "").strip()) and _media_type(_file_name(told)):
            return told
    opened = _OPENED.search(f"{link.get('onclick') or ''} {target}"[:1000])
    return opened[1] if opened else target


def _title(link: Element, shown: str) -> str:
    for node in elements(link, "strong"):  # NukeViet: "Tập tin 1: <strong>ke-hoach.pdf</strong>"
        if text := one_line(text_of(node)):
            return text
    for text in (shown, link.get("download") or "", link.get("title") or ""):
        name = _without_size(one_line(text))
        if name and not _says_nothing(name):
            return name
    return ""


def _without_size(text: str) -> str:
    found = _SIZE.search(text[:_TITLE_MAX_CHARS])
    if found and not text[found.end() :].strip(" )].-–|"):
        text = text[: found.start()]
    return _BUTTONS.sub("", text).strip(" -–|:")


def _says_nothing(text: str) -> bool:
    said = words(text)
    return len(said) <= 8 and all(word in _FILLERS or len(word) < 3 for word in said)


def _around(link: Element) -> str:
    """Return the text of the row or item that holds this link to a file and no other."""
    node = link
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None or parent.tag in _TOO_FAR or len(parent) > _ROW_CELLS:
            break
        links = list(islice(parent.iter("a"), 4))
        if len(links) > 3 or any(one.get("href") != link.get("href") for one in links):
            break
        if next(parent.iter(*_HEADINGS), None) is not None:
            break
        node = parent
        text = one_line(" ".join(map(str, node.itertext())))
        if len(text) > _TITLE_MAX_CHARS:
            break
        if node.tag in {"tr", "li", "p"} or len(text) > len(one_line(text_of(link))) + 8:
            return text
    return ""


def _named_by(around: str, shown: str) -> str:
    """Take the name out of a row: without the button, its number, its size and any date."""
    name = _SIZE.sub(" ", around.replace(shown, " ", 1) if shown else around)
    name = _LABEL.sub(" ", _NUMBER.sub(" ", one_line(name)))
    name = one_line(name).strip(" -–|:()[].,;")
    return "" if _says_nothing(name) or len(name) > 200 else name


def _size_behind(link: Element, around: str) -> int | None:
    """Read the size that stands after a link, or in its row."""
    behind = one_line((link.tail or "")[:40])
    if size := read_size(behind[:24]):
        return size
    return read_size(around) if len(around) <= _TITLE_MAX_CHARS else None


def _file_name(url: str) -> str:
    """Return the file's name: Liferay has it before a UUID, others in the query."""
    parts = urlsplit(url)
    segments = [unquote(segment).replace("+", " ") for segment in parts.path.split("/") if segment]
    if len(segments) > 1 and _UUID.fullmatch(segments[-1]):
        return segments[-2]
    last = segments[-1] if segments else ""
    if _media_type(last):
        return last
    for values in _query(parts.query).values():
        name = values[0].replace("\\", "/").rpartition("/")[2]
        if _media_type(name):
            return name
    return last


def _query(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query[:4000], max_num_fields=50)
    except ValueError:
        return {}


def _inside_viewer(target: str) -> str:
    """Return the file that an address of a document viewer shows."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if _VIEWER.search(f"{parts.netloc}{parts.path}"):
        query = {key.lower(): values for key, values in _query(parts.query).items()}
        for key in _VIEWER_KEYS:
            if (told := query.get(key, [""])[0]) and ("/" in told or "\\" in told):
                return told
            if told and _media_type(told) and not _SENDS.search(parts.path):
                return urljoin(target, told)
    return target


def _media_type(name: str, types: dict[str, str] = _MEDIA_TYPES) -> str | None:
    ending = name.rpartition(".")[2].lower().strip() if "." in name else ""
    return types.get(ending)
