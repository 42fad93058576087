"""Pages that stand in for the one that was asked for: with status 200, and yet no news in them.

A bare page that says so: the site is being worked on, a gate that wants a browser, a name that is
for sale, a page that only sends its readers on. Pages with a site's menu around them are none,
whatever an article of theirs says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from crawler.clean.missing import says_missing
from crawler.clean.text import one_line
from crawler.clean.urls import absolute_or_none
from crawler.extract.page import Page
from crawler.extract.select import text_of
from store.text import words

Cause = Literal["maintenance", "challenge", "parked"]

_MOST_LINKS = 12
_MOST_CHARS = 1200
"""Of text; the longest notice seen has 700."""
_MOST_SENT_ON_CHARS = 300
_LONGEST_WAIT_SECONDS = 30

_SAYS: tuple[tuple[Cause, re.Pattern[str]], ...] = (
    (
        "challenge",
        re.compile(
            r"just a moment|attention required|checking your browser|verify you are human"
            r"|ddos protection by|xac (?:minh|thuc) (?:ban|rang ban)(?: \w+){0,3} (?:nguoi|robot)"
            r"|enable javascript and cookies to continue|dang kiem tra trinh duyet"
        ),
    ),
    (
        "parked",
        re.compile(
            r"domain (?:name )?(?:is|may be) for sale|buy this domain|domain (?:name )?has expired"
            r"|parked (?:free|domain)|account (?:has been )?suspended|ten mien(?: \w+){0,6}"
            r" (?:het han|rao ban|chua duoc (?:cau hinh|kich hoat)|tam ngung)|welcome to nginx"
            r"|apache2? (?:\w+ )?(?:default|test) page|iis windows server|default web site page"
            r"|(?:website|trang web|tai khoan|hosting)(?: \w+){0,4} bi (?:tam )?(?:ngung|khoa)"
        ),
    ),
    (
        "maintenance",
        re.compile(
            r"(?:under|for|scheduled|in) maintenance|maintenance mode|be (?:right )?back soon"
            r"|dang (?:duoc |trong qua trinh |tien hanh |tam )*"
            r"(?:bao tri|bao duong|nang cap|sua chua)"
            r"|tam (?:ngung|dung|thoi ngung) (?:hoat dong|phuc vu|truy cap|dich vu)(?: \w+){0,4}"
            r" (?:bao tri|bao duong|nang cap)"
            r"|(?:bao tri|bao duong|nang cap) (?:he thong|may chu|website|trang|cong thong tin)"
            r"|(?:he thong|website|trang|cong thong tin)(?: \w+){0,6} (?:bao tri|bao duong)"
            r"|temporarily unavailable|xin loi vi su bat tien"
        ),
    ),
)
"""What is said, as folded words → cause; the first that matches."""

_WORKED_ON = re.compile(
    r"\bdang (?:duoc |trong qua trinh |tien hanh |tam )*(?:bao tri|bao duong|nang cap)\b"
    r"|\b(?:under|site|system) maintenance\b"
)
_PICTURED = re.compile(
    r"bao-?_?tri|maint[ae]nance|nang-?_?cap|under-?_?construction", re.IGNORECASE
)
_CALLS = re.compile(r"hotline|duong day nong|lien he|dien thoai|contact")
_REFRESH = re.compile(r"\s*(?P<wait>\d+)[^;,]*[;,]\s*(?:url\s*=\s*)?['\"]?(?P<url>[^'\"]+)", re.I)
_SCRIPT = re.compile(
    r"(?:window\.|document\.|top\.|self\.)*location(?:\.href)?\s*(?:=\s*|\.(?:replace|assign)\(\s*)"
    r"(['\"])(?P<url>[^'\"]+)\1"
)
_SETS_COOKIE = re.compile(r"document\.cookie\s*=")
_RELOADS = re.compile(r"location\.(?:reload|href|replace)|window\.location")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """What a page is instead."""

    cause: Cause | None
    """A key of `crawler.failures.CAUSES`; None for a page that sends its readers on."""
    leads_to: str | None = None
    """Absolute address; None but for a page that sends its readers on."""


def standing_in(page: Page, title: str | None = None) -> StandIn | None:
    """Tell what a bare page is instead of the one asked for; None for any other page.

    `title` is what the page should be called: one that says it is what was asked for.
    """
    if page.body.count(b"<a ") + page.body.count(b"<A ") > _MOST_LINKS:
        return None
    text = one_line(text_of(page.root))
    if len(text) > _MOST_CHARS:
        return None
    scripts = " ".join(node.text or "" for node in page.root.iter("script"))
    short = len(text) <= _MOST_SENT_ON_CHARS
    if short and _SETS_COOKIE.search(scripts) and _RELOADS.search(scripts):
        return StandIn(cause="challenge")
    called = one_line(" ".join(map(text_of, page.root.iter("title"))))
    wanted = " ".join(words(title or ""))
    said = " ".join(words(f"{called} {text}"))
    if wanted and wanted in said:
        return None
    told = next((cause for cause, pattern in _SAYS if pattern.search(said)), None)
    sent = _sent_on(page, scripts) if short and told is None else None
    if sent:
        return StandIn(cause=None, leads_to=sent)
    if told is None and short and _is_picture_of_work(page, said):
        told = "maintenance"
    return StandIn(cause=told) if told else None


def says_maintenance(page: Page, title: str | None = None) -> bool:
    """Tell whether a page with the site's menu around it is headed as a notice of maintenance.

    `title` as in `standing_in`; a page of news is headed by its title.
    """
    headings = [node for tag in ("title", "h1", "h2") for node in page.root.iter(tag)]
    said = [" ".join(words(one_line(text_of(node))[:_MOST_SENT_ON_CHARS])) for node in headings]
    wanted = " ".join(words(title or ""))
    if wanted and any(wanted in each for each in said):
        return False
    return any(_WORKED_ON.search(each) for each in said)


def says_gone(page: Page) -> bool:
    """Tell whether a page is called the notice that there is none."""
    titles = (*page.root.iter("title"), *page.root.iter("h1"))
    return any(says_missing(one_line(text_of(node)), "") for node in titles)


def _sent_on(page: Page, scripts: str) -> str | None:
    for node in page.root.iter("meta"):
        found = _REFRESH.match(node.get("content") or "")
        is_refresh = (node.get("http-equiv") or "").lower() == "refresh"
        if is_refresh and found and int(found["wait"]) <= _LONGEST_WAIT_SECONDS:
            return absolute_or_none(found["url"].strip(), page.base_url)
    script = _SCRIPT.search(scripts)
    return absolute_or_none(script["url"], page.base_url) if script else None


def _is_picture_of_work(page: Page, said: str) -> bool:
    """Tell a page of a picture and a telephone number: what the picture is called may tell."""
    pictures = list(page.root.iter("img"))
    if not pictures or len(pictures) > 3 or page.body.lower().count(b"<a ") > 3:
        return False
    names = " ".join(f"{node.get('src') or ''} {node.get('alt') or ''}"[:400] for node in pictures)
    return bool(_PICTURED.search(names)) or bool(_CALLS.search(said) and len(said.split()) <= 40)
