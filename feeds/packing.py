"""Content codings (RFC 9110, 8.4.1): a row each, the one to prefer first."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEAST_BYTES = 1024
"""What is shorter is not worth packing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """How bytes are packed on their way."""

    name: str
    """In Content-Encoding, and at the end of the tag."""
    ending: str
    """Of a file that holds them so."""
    pack: Callable[[bytes], bytes]
    """The same bytes give the same bytes."""


CODINGS: tuple[Coding, ...] = (
    Coding(name="br", ending="br", pack=lambda body: brotli.compress(body, quality=5)),
    Coding(name="zstd", ending="zst", pack=lambda body: zstd.compress(body, 6)),
    Coding(name="gzip", ending="gz", pack=lambda body: gzip.compress(body, 6, mtime=0)),
)


@lru_cache(256)
def coding_for(accepted: str) -> Coding | None:
    """Choose by the header Accept-Encoding (12.5.3); None for the bytes as they are."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = _weight(parameter)
    others = weights.get("*", 0.0)
    best = max(CODINGS, key=lambda coding: weights.get(coding.name, others))
    weight = weights.get(best.name, others)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
