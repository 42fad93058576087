"""What the environment may say to the publishing half, and how it is told when it is wrong."""

from __future__ import annotations

import pytest

from feeds.settings import Settings
from store.errors import WrongUse

NAMES = ("HOST", "PORT", "URL", "STORE", "HOME")


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"TINSO_{name}", raising=False)


@pytest.mark.parametrize(
    ("told", "base_url"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"TINSO_PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"TINSO_HOST": "0.0.0.0"}, "http://localhost:8000"),
        ({"TINSO_HOST": "::1"}, "http://[::1]:8000"),
        ({"TINSO_URL": "https://tin.example.vn/"}, "https://tin.example.vn"),
        ({"TINSO_URL": "", "TINSO_PORT": ""}, "http://127.0.0.1:8000"),
    ],
)
def test_the_servers_own_address_follows_the_environment(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], base_url: str
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert Settings().base_url == base_url


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"TINSO_PORT": "abc"}, "TINSO_PORT is 'abc': input should be a valid integer"),
        ({"TINSO_PORT": "70000"}, "TINSO_PORT is '70000': input should be less than"),
        ({"TINSO_URL": "tin.example.vn"}, "TINSO_URL is 'tin.example.vn': write it like"),
        ({"TINSO_URL": "https://example.vn/tin"}, "give it without a path"),
    ],
)
def test_a_wrong_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], said: str
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongUse, match=said):
        Settings()


def test_the_store_is_the_one_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINSO_HOME", "/srv/tinso")
    assert Settings().store == "/srv/tinso/tinso.db"
    monkeypatch.setenv("TINSO_STORE", "mongodb://db/tin")
    assert Settings().store == "mongodb://db/tin"
