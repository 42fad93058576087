"""The script `run`: what a newcomer starts with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", ROOT / "run", *args], capture_output=True, text=True, check=False, timeout=120
    )


def test_alone_it_lists_what_it_can_do() -> None:
    done = run()
    assert done.returncode == 0
    for task in ("demo", "test", "crawl", "serve", "lint", "lock"):
        assert f"./run {task}" in done.stdout


def test_an_unknown_task_exits_with_2() -> None:
    assert run("nonsense").returncode == 2


def test_files_are_named_from_where_it_is_called(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<h1>Khai mạc hội sách ở Điện Biên</h1><p>Hội sách mở cửa đến hết tuần.</p>")
    done = subprocess.run(
        ["bash", ROOT / "run", "try", "page.html", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=120,
    )
    assert "neither a file" not in done.stdout + done.stderr


def test_the_demo_crawls_everything_and_sums_it_up() -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TINSO_")}
    done = subprocess.run(
        [sys.executable, "-m", "tinso", "demo", "--once", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environ,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert {run["state"] for run in summary["runs"]} == {"ok"}
    assert summary["articles"] >= 120
    assert summary["feeds"] >= 7, "all, three sources, three provinces"
