"""The command line as a user and a program meet it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from store.connect import open_store
from tests.crawler.sites import article, site_of, write_recipe
from tinso import main

ROOT = Path(__file__).parent.parent
Tinso = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and a folder of recipes."""
    (tmp_path / "sources").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TINSO_")}
    homes = {"TINSO_HOME": str(tmp_path / "home"), "TINSO_SOURCES": str(tmp_path / "sources")}
    return kept | homes | {"COLUMNS": "160", "PYTHONWARNINGS": "error::ResourceWarning"}


@pytest.fixture
def tinso(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Tinso:
    """Run the command line, in this process: its crawls are processes all the same."""

    def run(*args: str, **more: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            for name in os.environ.keys() - environ.keys():
                patch.delenv(name)
            for name, value in (environ | more).items():
                patch.setenv(name, value)
            done = CliRunner().invoke(main, args)
        fault = done.exception
        if fault is not None and not isinstance(fault, SystemExit):
            raise fault
        return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def recipes(tmp_path: Path, environ: dict[str, str]) -> Path:
    return tmp_path / "sources"


def document(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


def test_help_answers_at_once(environ: dict[str, str]) -> None:
    best = 9.0
    for _ in range(5):
        begun = _seconds_of_children()
        subprocess.run(
            [sys.executable, "-m", "tinso", "--help"],
            env=environ,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        best = min(best, _seconds_of_children() - begun)
    assert best < 0.3


def _seconds_of_children() -> float:
    """Say what they worked, which other work on the machine does not change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    "command",
    ["up", "crawl", "schedule", "serve", "try", "sources", "status", "demo", "export", "import"],
)
def test_every_command_explains_itself_and_has_json(tinso: Tinso, command: str) -> None:
    done = tinso(command, "--help")
    assert done.returncode == 0
    assert "--json" in done.stdout


def test_a_crawl_tells_each_run_in_one_document(tinso: Tinso, recipes: Path) -> None:
    with site_of(3).running() as site:
        done = tinso("crawl", write_recipe(recipes, site.url), "--json")
    assert done.returncode == 0, done.stderr
    (run,) = document(done)["runs"]
    assert (run["source"], run["state"], run["counters"]["keep/inserted"]) == (
        "dien-bien/thu",
        "ok",
        3,
    )


def test_a_crawl_that_fails_exits_with_1_and_says_source_cause_and_repair(
    tinso: Tinso, recipes: Path
) -> None:
    with site_of(3).running() as site:
        site.routes["/"] = site.routes["/robots.txt"] = site.routes["/tin/1.html"]
        done = tinso("crawl", write_recipe(recipes, site.url))
    assert done.returncode == 1
    message = " ".join(done.stderr.split())
    assert "dien-bien/thu: " in message
    assert "matched none of the rules for a list" in message
    assert "mend `entry` in [select]" in message


def test_an_unknown_source_exits_with_2_and_names_the_nearest(tinso: Tinso, recipes: Path) -> None:
    write_recipe(recipes, "http://127.0.0.1:9")
    done = tinso("crawl", "dien-bien/tho")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "tinso: unknown source 'dien-bien/tho' (did you mean 'dien-bien/thu'?)"
    )


def test_an_error_is_a_document_too_where_a_program_asks(tinso: Tinso) -> None:
    done = tinso("crawl", "dien-bien/khong-co", "--json")
    assert done.returncode == 2
    assert document(done)["error"]["message"] == "unknown source 'dien-bien/khong-co'"


def test_a_bad_recipe_exits_with_2_and_tells_every_fault(tinso: Tinso, recipes: Path) -> None:
    (recipes / "dien-bien").mkdir()
    (recipes / "dien-bien" / "hong.toml").write_text(
        'name = "Sở"\nsite = "http://127.0.0.1:9"\nlisting = ["/"]\nfamily = "nukevit"\n'
        '[select]\nbody = "div[["\n',
        encoding="utf-8",
    )
    done = tinso("crawl", "dien-bien/hong")
    assert done.returncode == 2
    for said in (
        "hong.toml",
        "unknown key 'listing', did you mean 'listings'?",
        "unknown family 'nukevit': did you mean 'nukeviet'?",
        "does not compile",
    ):
        assert said in done.stderr


def test_a_crawl_of_a_site_elsewhere_asks_for_a_contact(tinso: Tinso, recipes: Path) -> None:
    done = tinso("crawl", write_recipe(recipes, "http://khong-co.invalid"))
    assert done.returncode == 2
    assert "TINSO_CONTACT" in done.stderr


def test_a_wrong_option_exits_with_2(tinso: Tinso) -> None:
    assert tinso("crawl", "--jobs", "many").returncode == 2
    assert tinso("nonsense").returncode == 2


def test_a_wrong_store_exits_with_2_and_shows_the_forms(tinso: Tinso) -> None:
    done = tinso("status", TINSO_STORE="redis://u:secret@h/1")
    assert done.returncode == 2
    assert "mongodb://" in done.stderr
    assert "secret" not in done.stderr


def test_a_saved_page_is_tried_with_the_articles_own_keys(tinso: Tinso, tmp_path: Path) -> None:
    saved = tmp_path / "trang.html"
    body = (
        "<p>Sáng nay, Sở tổ chức hội nghị chuyển đổi số tại xã Mường Thanh, với sự tham gia của "
        "đại diện các phòng, ban và các doanh nghiệp bưu chính, viễn thông trên địa bàn tỉnh.</p>"
        "<p>Hội nghị đã nghe báo cáo kết quả thực hiện kế hoạch và thống nhất các nhiệm vụ trọng "
        "tâm trong quý tới, trong đó có việc phổ cập kỹ năng số cho người dân ở các bản.</p>"
    )
    saved.write_bytes(article(7, title="Điện Biên: Hội nghị chuyển đổi số", body=body).raw)
    done = tinso("try", str(saved), "--url", "https://so.example.gov.vn/tin/7.html", "--json")
    assert done.returncode == 0, done.stderr
    found = document(done)
    assert found["title"] == "Điện Biên: Hội nghị chuyển đổi số"
    assert found["url"] == "https://so.example.gov.vn/tin/7.html"
    assert "title" in found["provenance"]


def test_a_page_is_fetched_and_tried_with_its_hosts_recipe(tinso: Tinso, recipes: Path) -> None:
    with site_of(2).running() as site:
        write_recipe(recipes, site.url)
        done = tinso("try", f"{site.url}/tin/2.html", "--json")
        shown = tinso("try", f"{site.url}/tin/2.html")
        gone = tinso("try", f"{site.url}/tin/9.html")
    assert document(done)["recipe"] == "dien-bien/thu"
    assert document(done)["published"] == "2026-11-03T08:02:00+07:00"
    assert "Hội nghị chuyển đổi số lần thứ 2" in shown.stdout
    assert gone.returncode == 1
    assert "answered 404" in gone.stderr


def test_a_file_that_is_not_there_exits_with_2(tinso: Tinso) -> None:
    done = tinso("try", "khong-co.html")
    assert done.returncode == 2
    assert "khong-co.html" in done.stderr


def test_status_tells_what_the_last_crawl_was_like(tinso: Tinso, recipes: Path) -> None:
    with site_of(2).running() as site:
        source = write_recipe(recipes, site.url)
        tinso("crawl", source)
        site.routes["/"] = article(1)
        tinso("crawl", source)
    (row,) = document(tinso("status", "--json"))["sources"]
    assert (row["id"], row["articles"], row["verdict"]["state"]) == (source, 2, "failing")
    assert [run["state"] for run in row["runs"]] == ["failed", "ok"]
    assert row["due"], "a crawl says when the next one is due"
    with closing(open_store(str(recipes.parent / "home" / "tinso.db"))) as store:
        store.set_dues({source: datetime(2026, 11, 20, 2, 15, tzinfo=UTC)})
    shown = tinso("status", source).stdout
    assert "failing" in shown
    assert "20/11/2026 09:15" in shown
    assert document(tinso("status", "--json"))["sources"][0]["due"] == "2026-11-20T09:15:00+07:00"


def test_what_a_recipe_lets_in_beyond_the_default_is_shown(tinso: Tinso, recipes: Path) -> None:
    with site_of(1).running() as site:
        weak = 'verify = false\ntls = "legacy"\n'
        source = write_recipe(recipes, site.url, source="lai-chau/thu", more=weak)
        usual = write_recipe(recipes, "http://127.0.0.2:9")
        tinso("crawl", source)
    for command in ("status", "sources"):
        rows = {row["id"]: row for row in document(tinso(command, "--json"))["sources"]}
        assert rows[source]["weakened"] == ["unverified-tls", "legacy-tls"]
        shown = " ".join(tinso(command).stdout.split())
        assert shown.count("không kiểm chứng chỉ") == 1
        assert shown.count("TLS cũ") == 1
    assert rows[usual]["weakened"] == []


def test_status_of_a_source_that_never_ran_exits_with_2(tinso: Tinso) -> None:
    assert tinso("status", "dien-bien/tttt").returncode == 2


def test_sources_lists_every_bundled_recipe(tinso: Tinso) -> None:
    listed = {source["id"] for source in document(tinso("sources", "--json"))["sources"]}
    assert {"dien-bien/tttt", "trung-uong/mic"} <= listed


def test_sources_says_when_a_department_ended_and_who_came_after(
    tinso: Tinso, recipes: Path
) -> None:
    write_recipe(recipes, "http://127.0.0.1:9", source="lai-chau/moi")
    end = 'until = 2025-02-28\nsuccessor = "lai-chau/moi"\n'
    write_recipe(recipes, "http://127.0.0.2:9", source="lai-chau/cu", more=end)
    sources = {source["id"]: source for source in document(tinso("sources", "--json"))["sources"]}
    assert sources["lai-chau/cu"]["until"] == "2025-02-28"
    assert sources["lai-chau/cu"]["successor"] == "lai-chau/moi"
    assert "28/02/2025 → lai-chau/moi" in tinso("sources").stdout


def test_everything_moves_to_another_store_and_back_the_same(
    tinso: Tinso, recipes: Path, tmp_path: Path
) -> None:
    with site_of(4).running() as site:
        tinso("crawl", write_recipe(recipes, site.url))
    first, second, other = (str(tmp_path / name) for name in ("1.jsonl", "2.jsonl", "b.db"))
    assert tinso("export", first).returncode == 0
    assert tinso("import", first, TINSO_STORE=other).returncode == 0
    assert tinso("export", second, TINSO_STORE=other).returncode == 0
    assert Path(first).read_bytes() == Path(second).read_bytes()


def test_scrapys_own_commands_know_the_sources(tinso: Tinso, recipes: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "TINSO_HOME": str(tmp_path), "TINSO_SOURCES": str(recipes)}
    with site_of(2).running() as site:
        source = write_recipe(recipes, site.url)

        def scrapy(*args: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "scrapy", *args],
                env=environ,
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )

        assert source in scrapy("list").stdout.split()
        crawled = scrapy("crawl", source)
        assert crawled.returncode == 0, crawled.stderr
        shell = scrapy("shell", f"{site.url}/tin/1.html", "-c", "response.css('h1::text').get()")
    assert "Hội nghị chuyển đổi số lần thứ 1" in shell.stdout
    status = json.loads(
        subprocess.run(
            [sys.executable, "-m", "tinso", "status", source, "--json"],
            env=environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    assert status["sources"][0]["articles"] == 2
