"""Links of ASP.NET that post a form instead of leading anywhere: `javascript:__doPostBack(…)`.

Source: the scripts that ASP.NET 2.0 to 4.8 writes (`__doPostBack`, and for pages with validators
`WebForm_DoPostBackWithOptions`); SharePoint and DNN pages page their lists so.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.clean.urls import absolute_or_none
from crawler.extract.draft import NextPage
from crawler.extract.page import Page
from crawler.extract.select import Element

_CALL = re.compile(
    r"""(?:__doPostBack|WebForm_PostBackOptions)\s*\(\s*(['"])(?P<target>[^'"]+)\1"""
    r"""\s*,\s*(['"])(?P<argument>[^'"]*)\3"""
)
_LARGEST_CHARS = 2_000_000
"""Of a form's values together: a `__VIEWSTATE` of more is not carried about."""

_NOT_SENT = frozenset({"submit", "button", "image", "reset", "file"})


def posts_back(link: Element) -> bool:
    """Tell whether a link, or a click on it, posts the page's form."""
    return _call(link) is not None


def postback(page: Page, link: Element) -> NextPage | None:
    """Return what a click on the link would send; None where it posts nothing, too much,
    or to another host."""
    call = _call(link)
    form = next((node for node in link.iterancestors("form")), None)
    if form is None:  # the parser may have closed it early
        form = next((f for f in page.root.iter("form") if f.find(".//input") is not None), None)
    if call is None or form is None or (form.get("method") or "get").lower() != "post":
        return None
    fields = {
        name: node.get("value") or ""
        for node in form.iter("input")
        if (name := node.get("name")) and _is_sent(node)
    }
    fields |= {name: _chosen(node) for node in form.iter("select") if (name := node.get("name"))}
    fields |= {"__EVENTTARGET": call["target"], "__EVENTARGUMENT": call["argument"]}
    if sum(map(len, fields.values())) > _LARGEST_CHARS:
        return None
    url = absolute_or_none(form.get("action") or page.url, page.base_url)
    if url is None or urlsplit(url).netloc != urlsplit(page.url).netloc:
        return None
    return NextPage(url, tuple(fields.items()))


def _call(link: Element) -> re.Match[str] | None:
    return _CALL.search(link.get("href") or "") or _CALL.search(link.get("onclick") or "")


def _is_sent(node: Element) -> bool:
    kind = (node.get("type") or "text").lower()
    if kind in {"checkbox", "radio"}:
        return node.get("checked") is not None
    return kind not in _NOT_SENT


def _chosen(node: Element) -> str:
    options = list(node.iter("option"))
    chosen = next((o for o in options if o.get("selected") is not None), None)
    option = chosen if chosen is not None else next(iter(options), None)
    if option is None:
        return ""
    value = option.get("value")
    return value if value is not None else (option.text or "").strip()
