from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feeds.web.conditional import is_fresh

CHANGED = datetime(2026, 11, 20, 2, 15, 30, 250_000, tzinfo=UTC)
SAME = "Fri, 20 Nov 2026 02:15:30 GMT"
LATER = "Fri, 20 Nov 2026 05:00:00 GMT"
EARLIER = "Fri, 20 Nov 2026 02:15:29 GMT"


@pytest.mark.parametrize(
    ("request_headers", "fresh"),
    [
        ({}, False),
        ({"if-none-match": '"abc"'}, True),
        ({"if-none-match": 'W/"abc"'}, True),
        ({"if-none-match": '"x", W/"abc" , "y"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"abc-gzip"'}, True),
        ({"if-none-match": 'W/"abc-br"'}, True),
        ({"if-none-match": '"abc-x"'}, False),
        ({"if-none-match": '"abcd"'}, False),
        ({"if-none-match": "abc"}, False),
        ({"if-none-match": ""}, False),
        ({"if-none-match": '"x"', "if-modified-since": LATER}, False),
        ({"if-none-match": '"abc"', "if-modified-since": EARLIER}, True),
        ({"if-modified-since": SAME}, True),
        ({"if-modified-since": LATER}, True),
        ({"if-modified-since": EARLIER}, False),
        ({"if-modified-since": "Friday, 20-Nov-26 02:15:30 GMT"}, True),
        ({"if-modified-since": "Fri Nov 20 02:15:30 2026"}, True),
        ({"if-modified-since": "Fri, 20 Nov 2026 09:15:30 +0700"}, True),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-modified-since": ""}, False),
        ({"if-modified-since": "Fri, 99 Nov 2026 02:15:30 GMT"}, False),
    ],
)
def test_a_client_that_has_the_newest_is_told_so(
    request_headers: dict[str, str], fresh: bool
) -> None:
    tags, since = request_headers.get("if-none-match"), request_headers.get("if-modified-since")
    assert is_fresh(tags, since, etag="abc", changed=CHANGED) is fresh


def test_a_date_counts_for_nothing_where_nothing_ever_was() -> None:
    assert not is_fresh(None, LATER, etag="abc", changed=None)
