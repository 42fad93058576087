"""A source's file: what it may say, and how its faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.recipes import find_sources, load_source, load_sources, parse_recipe, read_recipe
from store.errors import RecipeError, WrongUse

GOOD = 'name = "Sở"\nsite = "https://so.example.gov.vn"\nlistings = ["/vi/news/"]\n'


def faults(text: str, source_id: str = "dien-bien/tttt") -> list[str]:
    with pytest.raises(RecipeError) as raised:
        parse_recipe(text, source_id=source_id, file="tttt.toml")
    return raised.value.message.splitlines()


def test_a_recipe_needs_only_name_site_and_listings() -> None:
    source = parse_recipe(GOOD, source_id="dien-bien/tttt")
    assert source.province == "dien-bien"
    assert source.listing_urls == ("https://so.example.gov.vn/vi/news/",)
    assert source.family.name == "generic"
    assert source.recipe.verify
    assert not source.recipe.checked


def test_what_a_recipe_selects_goes_before_its_familys_rules() -> None:
    text = GOOD + 'family = "nukeviet"\nselect = { title = ".ten", body = [".a", ".b"] }\n'
    source = parse_recipe(text, source_id="dien-bien/tttt")
    assert source.rules.title[0] == ".ten"
    assert source.rules.body[:2] == (".a", ".b")
    assert source.rules.body[2:] == source.family.rules.body
    assert source.rules.next == source.family.rules.next


def test_what_a_site_offers_is_named_from_the_host_on() -> None:
    text = GOOD + '[discover]\nsitemap = "/sitemap.xml"\nfeed = ["/rss/", "tin/rss/"]\n'
    source = parse_recipe(text, source_id="dien-bien/tttt")
    assert source.offers == (
        ("feed", "https://so.example.gov.vn/rss/"),
        ("feed", "https://so.example.gov.vn/tin/rss/"),
        ("sitemap", "https://so.example.gov.vn/sitemap.xml"),
    )
    assert parse_recipe(GOOD, source_id="dien-bien/tttt").offers == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("listing = []", "unknown key 'listing', did you mean 'listings'?"),
        ('famly = "nukeviet"', "unknown key 'famly', did you mean 'family'?"),
        ("[select]\ntitel = 'h1'", "unknown key 'select.titel', did you mean 'title'?"),
        ("[pace]\ndelay = 2", "unknown key 'pace.delay', did you mean 'delay_seconds'?"),
        ("[discover]\nfeeds = '/rss/'", "unknown key 'discover.feeds', did you mean 'feed'?"),
        (
            "[discover]\nfeed = 'https://feeds.example.com/so'",
            "discover.feed: 'https://feeds.example.com/so' is not on a host of this source",
        ),
        ('family = "nukevit"', "family: unknown family 'nukevit': did you mean 'nukeviet'?"),
        ("[select]\nbody = 'div[['", "the selector 'div[[' does not compile"),
        ("article = '(unclosed'", "the pattern '(unclosed' does not compile"),
        ("[pace]\ndelay_seconds = 0", "pace.delay_seconds: "),
        ('until = "soon"', "until: "),
        ('until = 2025-02-28\nsuccessor = "khcn"', "successor: 'khcn' is no source's id"),
        (
            'until = 2025-02-28\nsuccessor = "dien-bien/tttt"',
            "successor: no source succeeds itself",
        ),
        ('successor = "dien-bien/khcn"', "successor: give `until`"),
    ],
)
def test_a_fault_is_told_with_file_key_and_the_nearest_known(line: str, said: str) -> None:
    (fault,) = faults(GOOD + line + "\n")
    assert fault.startswith("tttt.toml: ")
    assert said in fault


def test_all_faults_of_a_file_are_told_at_once() -> None:
    found = faults('name = ""\nsite = "example.vn"\nlisting = ["/"]\nfamily = "joomlah"\n')
    told = "\n".join(found)
    assert len(found) == 5
    for part in ("name: ", "is no site", "'listings' is missing", "'listing'", "joomlah"):
        assert part in told


@pytest.mark.parametrize("source_id", ["dien-bien", "Dien-Bien/tttt", "dien-bien/", "atlantis/so"])
def test_a_file_in_a_wrong_place_is_told(source_id: str) -> None:
    assert source_id in faults(GOOD, source_id)[0]


def test_what_is_no_toml_is_told() -> None:
    assert "not valid TOML" in faults("name = ")[0]


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "dien-bien" / "tttt.toml"
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match="cannot be read"):
        read_recipe(file, root=tmp_path)


def test_an_own_recipe_goes_before_the_bundled_one_of_the_same_id(tmp_path: Path) -> None:
    own, bundled = tmp_path / "own", tmp_path / "bundled"
    for root, name in ((own, "Của tôi"), (bundled, "Có sẵn")):
        (root / "dien-bien").mkdir(parents=True)
        text = GOOD.replace('"Sở"', f'"{name}"')
        (root / "dien-bien" / "tttt.toml").write_text(text, encoding="utf-8")
    assert load_source("dien-bien/tttt", (own, bundled)).recipe.name == "Của tôi"
    assert list(find_sources((own, bundled))) == ["dien-bien/tttt"]


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "dien-bien").mkdir()
    for name in ("a", "b"):
        (tmp_path / "dien-bien" / f"{name}.toml").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(RecipeError) as raised:
        load_sources((tmp_path,))
    assert "a.toml" in raised.value.message
    assert "b.toml" in raised.value.message


def test_a_successor_that_is_no_source_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "dien-bien").mkdir()
    for name, more in (("tttt", 'until = 2025-02-28\nsuccessor = "dien-bien/khc"\n'), ("khcn", "")):
        (tmp_path / "dien-bien" / f"{name}.toml").write_text(GOOD + more, encoding="utf-8")
    with pytest.raises(RecipeError, match="unknown source 'dien-bien/khc', did you mean 'dien-b"):
        load_sources((tmp_path,))


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="TINSO_SOURCES"):
        find_sources((tmp_path / "none",))


@pytest.mark.parametrize(
    ("url", "ours", "key"),
    [
        ("https://so.example.gov.vn/vi/news/tin/ban-tin-12.html", True, "12"),
        ("https://www.so.example.gov.vn/vi/news/tin/ban-tin-12.html", True, "12"),
        ("https://khac.example.vn/vi/news/tin/ban-tin-12.html", False, "12"),
        ("https://so.example.gov.vn/vi/news/tin/", False, None),
    ],
)
def test_an_articles_address_tells_whose_it_is_and_its_number(
    url: str, ours: bool, key: str | None
) -> None:
    source = parse_recipe(GOOD + 'family = "nukeviet"\n', source_id="dien-bien/tttt")
    assert source.is_article(url) is ours
    assert source.key_of(url) == key


def test_what_a_recipe_lets_in_stands_on_the_card() -> None:
    usual = parse_recipe(GOOD, source_id="dien-bien/tttt")
    weak = parse_recipe(
        GOOD + 'verify = false\ntls = "legacy"\nrender = true\n', source_id="dien-bien/tttt"
    )
    assert usual.card.weakened == ()
    assert weak.card.weakened == ("unverified-tls", "legacy-tls", "rendered")


def test_another_kind_of_tls_is_a_fault() -> None:
    (fault,) = faults(GOOD + 'tls = "old"\n')
    assert "'modern' or 'legacy'" in fault
