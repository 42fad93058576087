"""What every answer carries."""

from __future__ import annotations

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' http: https:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""On every answer: nothing runs, nothing frames us, pictures may come from the sources."""

Raw = list[tuple[bytes, bytes]]


def raw(headers: dict[str, str]) -> Raw:
    """Write headers as ASGI wants them."""
    return [(name.lower().encode(), text.encode("latin-1")) for name, text in headers.items()]


COMMON = raw(HEADERS)
