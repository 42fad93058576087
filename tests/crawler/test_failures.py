from __future__ import annotations

from typing import get_args

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from twisted.internet.error import DNSLookupError

from crawler.clean.article import Reason
from crawler.failures import CAUSES, Failure, of_answer, of_exception
from crawler.guard import LeftSite, Refused

URL = "https://so.example.gov.vn/tin/"


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (CannotResolveHostError("no such host"), "dns"),
        (DNSLookupError("no such host"), "dns"),
        (Refused("private-address", "x is 10.0.0.1"), "private-address"),
        (DownloadConnectionRefusedError("Connection was refused"), "refused"),
        (DownloadTimeoutError("took longer than 30.0 seconds"), "timeout"),
        (DownloadCancelledError("Received 20971520 bytes"), "too-big"),
        (Refused("old-tls", "dh key too small"), "old-tls"),
        (Refused("certificate", "it has expired"), "certificate"),
        (DownloadFailedError("[<ConnectionLost>]"), "connection"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (LeftSite("https://b.vn/tin/"), "moved-host"),
        (IgnoreRequest("max redirections reached"), "redirect-loop"),
        (ValueError("what"), "other"),
    ],
)
def test_each_error_has_its_cause(error: Exception, cause: str) -> None:
    assert of_exception(error, URL).cause == cause


@pytest.mark.parametrize(
    ("content_type", "body", "cause"),
    [
        ("text/html", b"", "empty"),
        ("text/html", b" \r\n ", "empty"),
        ("application/pdf", b"%PDF-1.7 ...", "not-html"),
        ("text/html", b"%PDF-1.7 ...", "not-html"),
        ("image/png", b"\x89PNG\r\n", "not-html"),
        ("application/json", b'{"a": "<b>"}', "not-html"),
    ],
)
def test_an_answer_that_is_no_page_is_told_by_its_kind(
    content_type: str, body: bytes, cause: str
) -> None:
    failure = of_answer(url=URL, content_type=content_type, body=body)
    assert failure is not None
    assert failure.cause == cause


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "", "application/xhtml+xml"])
def test_a_page_is_no_failure(content_type: str) -> None:
    page = b"\xef\xbb\xbf<!doctype html><p>Tin</p>"
    assert of_answer(url=URL, content_type=content_type, body=page) is None


@pytest.mark.parametrize("cause", [*CAUSES, "http-500", "http-418"])
def test_every_message_names_the_address_and_the_repair(cause: str) -> None:
    message = Failure(cause=cause, url=URL).message
    assert message.startswith(URL)
    assert message.endswith(")")


@pytest.mark.parametrize(
    ("cause", "passing"),
    [("timeout", True), ("http-503", True), ("http-404", False), ("robots", False)],
)
def test_only_what_may_mend_itself_is_passing(cause: str, passing: bool) -> None:
    assert Failure(cause=cause, url=URL).passing is passing


def test_every_reason_to_refuse_an_article_is_a_cause() -> None:
    assert set(get_args(Reason)) <= set(CAUSES)
