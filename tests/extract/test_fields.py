"""Who wrote it, by the page's own elements: names, never logins, platforms or photographers."""

from __future__ import annotations

import time

import pytest

from crawler.extract.beside.accounts import is_account
from crawler.extract.fields import read_byline, read_credit
from tests.pages import page


def byline(*texts: str, head: str = "") -> str | None:
    markup = "".join(f"<p class=a>{text}</p>" for text in texts)
    found = read_byline(page(f"<head>{head}</head>{markup}"), (".a",))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tác giả: Minh Đức", "Minh Đức"),
        ("Tác giả bài viết: Nguyễn Như Thủy", "Nguyễn Như Thủy"),
        ("Tin, ảnh: Thanh Phong", "Thanh Phong"),
        ("Tác giả: Theo Báo Lào Cai", "Báo Lào Cai"),
        ("(Bài và ảnh: Thanh Phong)", "Thanh Phong"),
        ("Được đăng bởi K.Dàn", "K.Dàn"),
        ("Biên tập: Đỗ Quyên | 12/03/2021", "Đỗ Quyên"),
        ("Thúy Vân./.", "Thúy Vân"),
        ("THANH SANG", "THANH SANG"),
        ("Ban biên tập", "Ban biên tập"),
        ("PV", "PV"),
        ("Huỳnh Lài và 1 tác giả khác", "Huỳnh Lài"),
        ("Theodore Nguyen", "Theodore Nguyen"),
    ],
)
def test_name_is_read_without_what_stands_around_it(text: str, name: str) -> None:
    assert byline(text) == name


def test_authors_hidden_behind_the_first_are_told_too() -> None:
    assert byline("Huỳnh Lài và 1 tác giả khác", "Huỳnh Lài", "Mai Ca") == "Huỳnh Lài, Mai Ca"
    assert byline("Huỳnh Lài", "Mai Ca") == "Huỳnh Lài"


@pytest.mark.parametrize(
    "text",
    [
        "Tác giả:",
        "admin",
        "Người đăng: admin admin",
        "Super User",
        "SuperUser Account",
        "Administrator",
        "Quản trị viên",
        "Quản trị hệ thống",
        "Admin English",
        "editor1",
        "Test Test",
        "stttt_admin",
        "nguyenvana84",
        "SO\\nguyenvana",
        "i:0#.w|so\\bientap",
        "bbt@so.example.vn",
        "VCCorp.vn",
        "NukeViet",
        "WordPress 6.1",
        "https://www.facebook.com/cong.tin",
        "Ảnh: Đức Huy",
        "Nguồn ảnh: TTXVN",
    ],
)
def test_logins_platforms_and_photographers_are_no_authors(text: str) -> None:
    assert byline(text) is None


def test_name_of_the_site_is_no_author_and_the_next_candidate_is_asked() -> None:
    head = '<meta property="og:site_name" content="Tin vùng cao">'
    assert byline("Tin vùng cao", head=head) is None
    assert byline("admin", "Mai Ca") == "Mai Ca"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguồn: Mic.gov.vn", "Mic.gov.vn"),
        ("Nguồn tin: chinhphu.vn", "chinhphu.vn"),
        ("(Theo TTXVN)", "TTXVN"),
        ("Theo Báo Nhân Dân", "Báo Nhân Dân"),
        ("Nguồn:", None),
        ("Nguồn: VCCorp.vn", None),
    ],
)
def test_source_is_read_without_its_label(text: str, name: str | None) -> None:
    found = read_credit(page(f"<p class=a>{text}</p>"), (".a",))
    assert (found.value if found else None) == name


@pytest.mark.parametrize("name", ["Hà", "Anh", "T.H", "A Sềnh", "Lê Quản Trị", "Mai Tét", "btv"])
def test_people_are_no_accounts(name: str) -> None:
    assert not is_account(name)


@pytest.mark.parametrize("text", ["tin, " * 9_000, "admin" * 9_000, "a" * 90_000, "- : " * 9_000])
def test_hostile_names_are_read_in_time(text: str) -> None:
    started = time.process_time()
    byline(text)
    is_account(text)
    assert time.process_time() - started < 1
