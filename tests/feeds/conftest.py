from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feeds.settings import Settings
from feeds.web.app import create_app
from store.base import Store
from store.connect import open_store
from store.model import Attachment, SourceCard
from tests.store.making import sighting

CARD = SourceCard(
    id="dien-bien/tttt",
    name="Sở Thông tin và Truyền thông tỉnh Điện Biên",
    site="http://dic.gov.vn",
    province="dien-bien",
    family="nukeviet",
    checked=False,
)

BASE = "https://tin.example.vn"


def app_over(store: Any) -> Starlette:
    """Make the application with a clock that goes a minute at each look, so that it asks anew."""
    minutes = count(step=60.0)
    return create_app(store, Settings(url=BASE, store="-"), clock=lambda: next(minutes))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(str(tmp_path / "tinso.db"))
    opened.save_source(CARD)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with an article that has everything, and two that have little, on one day."""
    full = sighting(
        3,
        title="Hội nghị “Chuyển đổi số” & an toàn thông tin",
        summary="Sở tổ chức hội nghị ở Đà Nẵng.",
        body_html="<p>Sáng nay, Sở <b>tổ chức</b> hội nghị.</p>",
        body_text="Sáng nay, Sở tổ chức hội nghị.",
        byline="Minh Đức",
        section="Tin tức",
        topics=("chuyen-doi-so",),
        attachments=(
            Attachment(
                url="http://dic.gov.vn/a.pdf",
                title="Kế hoạch",
                media_type="application/pdf",
                size_bytes=1200,
            ),
            Attachment(url="http://dic.gov.vn/b.xyz", title="Phụ lục"),
        ),
    )
    store.keep([full, sighting(1), sighting(2)])
    return store


@pytest.fixture
def client(filled: Store) -> Iterator[TestClient]:
    with TestClient(app_over(filled)) as opened:
        yield opened
