"""Where a CMS has its feed, sitemap and posts, and what a site says of its own."""

from __future__ import annotations

import pytest

from crawler.discovery.kinds import KINDS, KindName
from crawler.discovery.offered import feeds_of, sitemaps_of
from crawler.extract.page import Page
from crawler.families import FAMILIES
from crawler.recipe import Discover
from tests.discovery.making import SITE
from tests.pages import page


def test_a_recipe_may_name_every_kind_and_prefers_them_alike() -> None:
    assert tuple(Discover.model_fields) == tuple(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_families_in_the_table_exist(kind: KindName) -> None:
    assert KINDS[kind].known.keys() <= FAMILIES.keys()


@pytest.mark.parametrize(
    ("kind", "family", "listing", "first"),
    [
        ("feed", "nukeviet", "/vi/news/Tin-tuc/", "/vi/news/rss/Tin-tuc/"),
        ("feed", "nukeviet", "/vi/news/", "/vi/news/rss/"),
        ("feed", "nukeviet", "/news/Tin-tuc/", "/news/rss/Tin-tuc/"),
        ("feed", "nukeviet", "/", "/rss/"),
        ("feed", "wordpress", "/category/tin-tuc/", "/category/tin-tuc/feed/"),
        ("feed", "wordpress", "/", "/feed/"),
        ("feed", "joomla", "/tin-tuc.html", "/tin-tuc.html?format=feed&type=rss"),
        ("feed", "joomla", "/index.php?option=com_content&id=3",
         "/index.php?option=com_content&id=3&format=feed&type=rss"),
        ("feed", "drupal", "/taxonomy/term/12", "/taxonomy/term/12/feed"),
        ("feed", "drupal", "/tin-tuc", "/rss.xml"),
        ("sitemap", "nukeviet", "/vi/news/Tin-tuc/", "/sitemap-vi.news.xml"),
        ("sitemap", "nukeviet", "/news/", "/sitemap.xml"),
        ("sitemap", "wordpress", "/", "/wp-sitemap.xml"),
        ("sitemap", "liferay", "/tin-tuc", "/sitemap.xml"),
        ("posts", "wordpress", "/category/tin-tuc/", "/wp-json/wp/v2/posts?per_page=20"),
    ],
)  # fmt: skip
def test_the_likeliest_address_of_a_list_comes_first(
    kind: KindName, family: str, listing: str, first: str
) -> None:
    assert KINDS[kind].addresses(family, SITE + listing)[0] == first


def test_posts_are_wordpresss_alone() -> None:
    assert KINDS["posts"].addresses("nukeviet", f"{SITE}/vi/news/") == ()


def test_a_page_names_its_feeds_but_not_those_of_comments() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/"/>'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/"/>'
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom"/>'
        '<link rel="alternate" type="application/rss+xml" href="/feed/"/>'
        '<link rel="alternate" hreflang="en" href="/en/"/>'
        '<link rel="alternate" type="application/rss+xml" href="javascript:0"/>'
    )
    found = feeds_of(page("", head=head, url=f"{SITE}/tin/"))
    assert found == (f"{SITE}/feed/", f"{SITE}/atom")


def test_a_page_of_noise_names_no_feed() -> None:
    assert feeds_of(Page(url=f"{SITE}/", body=b"\x00\xff" * 500)) == ()


def test_robots_txt_names_sitemaps() -> None:
    robots = b"User-agent: *\r\nDisallow: /admin/\r\nSitemap: /sitemap.xml\r\n sitemap:https://so.example.vn/tin.xml\r\nSitemap:\r\n"
    assert sitemaps_of(robots, f"{SITE}/robots.txt") == (f"{SITE}/sitemap.xml", f"{SITE}/tin.xml")
    assert sitemaps_of(b"<html>\x00", f"{SITE}/robots.txt") == ()
