"""The name that somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(
    told: str, known: Iterable[str], *, otherwise: str = "", cutoff: float = 0.6
) -> str:
    """Ask for the known name that is nearest to what was told; `otherwise` where none is near."""
    near = difflib.get_close_matches(told, list(known), 1, cutoff)
    return f"did you mean {near[0]!r}?" if near else otherwise
