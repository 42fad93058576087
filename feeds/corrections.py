"""The channel of corrections: each edit of a department is an item of its own, with what changed.

Readers seldom show an entry again that they know, whatever became of it: who must not miss that a
date or a sum was corrected follows this channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import islice
from uuid import UUID, uuid5

from store.base import Store, Version
from store.difference import Change, Passage, changes_between, versions_of
from store.model import Article, Revision

_NAMESPACE = UUID("0c7a0f0e-6a35-5c8e-9d3b-2f1b7e4d9a66")
_LOOKED_AT = 4
"""Times as many edits are looked at as are asked for: those of withdrawn articles are left out."""

_PARTS = {
    "title": "Tiêu đề",
    "summary": "Tóm tắt",
    "body": "Nội dung",
    "attachments": "Tệp đính kèm",
}
_MARKS = {"gone": "del", "new": "ins"}


def corrections_version(store: Store) -> Version:
    """Tell what a cache needs to know of the channel."""
    newest = store.edits(limit=1)
    return Version(count=len(newest), changed=newest[0].replaced if newest else None)


def corrections(store: Store, *, limit: int) -> list[Article]:
    """Return the newest edits, each as an article that tells what changed."""
    return list(islice(_told(store, limit * _LOOKED_AT), limit))


def edited(store: Store, *, limit: int) -> list[Article]:
    """Return the articles that were edited last, each once."""
    ids = dict.fromkeys(edit.article_id for edit in store.edits(limit=limit * _LOOKED_AT))
    found = (store.get(article_id) for article_id in ids)
    return list(islice((one for one in found if one and one.state == "live"), limit))


def _told(store: Store, looked_at: int) -> Iterator[Article]:
    for edit in store.edits(limit=looked_at):
        article = store.get(edit.article_id)
        if article is not None and article.state == "live":
            changes = _changes(store, article, edit)
            if changes:
                yield _correction(article, edit, changes)


def _changes(store: Store, article: Article, edit: Revision) -> tuple[Change, ...]:
    versions = versions_of(article, store.revisions(article.id))
    place = next(at for at, one in enumerate(versions) if one.revision == edit.revision)
    return changes_between(versions[place], versions[place + 1])


def _correction(article: Article, edit: Revision, changes: tuple[Change, ...]) -> Article:
    parts = ", ".join(_PARTS[change.part].lower() for change in changes)
    body = "".join(
        f"<h3>{_PARTS[change.part]}</h3>{''.join(map(_paragraph, change.passages))}"
        for change in changes
    )
    return replace(
        article,
        id=str(uuid5(_NAMESPACE, f"{article.id} {edit.revision}")),
        title=f"Đã sửa: {article.title}",
        summary=f"Nơi đăng đã sửa: {parts}.",
        body_html=body,
        body_text="",
        published=edit.replaced,
        published_precision="minute",
        updated=edit.replaced,
        first_seen=edit.replaced,
        attachments=(),
        images=(),
    )


def _paragraph(passage: Passage) -> str:
    pieces = []
    for piece in passage:
        text = escape(piece.text) if piece.kind != "folded" else " […] "
        mark = _MARKS.get(piece.kind)
        pieces.append(f"<{mark}>{text}</{mark}>" if mark else text)
    return f"<p>{''.join(pieces)}</p>"
