"""What is shipped: the compose file, the workflow, the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.compose-spec", "docker-compose.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
    ],
)
def test_the_file_keeps_to_its_published_schema(schema: str, file: str) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", schema, file],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_database_is_not_published_and_has_a_password() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    database = compose[compose.index("\n  mongodb:") : compose.index("\n  web:")]
    assert "ports:" not in database
    assert "MONGO_INITDB_ROOT_PASSWORD: ${TINSO_MONGODB_PASSWORD:?" in database
    assert '"127.0.0.1:8000:8000"' in compose


def test_the_image_runs_as_nobody_special_from_the_hashed_lock() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes requirements-run.lock" in dockerfile
    assert "\nUSER tinso\n" in dockerfile


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    names = ["commands", "store", "crawler", "feeds", "tinso.py"]
    names += ["pyproject.toml", "README.md", "LICENSE"]
    subprocess.run(["mkdir", copy], check=True)
    subprocess.run(["cp", "-r", *(ROOT / name for name in names), copy], check=True)
    subprocess.run(
        [
            Path(sys.executable).parent / "uv",
            "build",
            "--quiet",
            "--wheel",
            "--out-dir",
            folder,
            copy,
        ],
        check=True,
    )
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize(
    "needed",
    [
        "tinso.py",
        "commands/common.py",
        "store/provinces.csv",
        "crawler/sources/dien-bien/tttt.toml",
        "crawler/topics.toml",
        "feeds/web/templates/base.html",
    ],
)
def test_the_wheel_holds_what_runs(wheel: Path, needed: str) -> None:
    assert needed in zipfile.ZipFile(wheel).namelist()


def test_the_wheel_holds_the_demo_portals(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("crawler/demo/articles/") for name in names)
