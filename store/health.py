"""How a source is doing, judged from its runs: a pure decision, made by a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from store.model import Run, SourceCard

State = Literal["ok", "quiet", "failing", "unverified", "dead", "degraded", "off"]

SILENCE = timedelta(minutes=2)
"""A running crawl that gave no sign of life for longer than this was killed."""

_KILLED = "the crawl ended without a word (the next one picks up where it was)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What to think of a source."""

    state: State
    reason_vi: str
    reason_en: str
    repair: str
    """What to do next; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the table looks at."""

    card: SourceCard
    last: Run | None
    """The newest run that has ended."""
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One row of the table; `{message}` and `{source}` are filled in."""

    applies: Callable[[_Case], bool]
    state: State
    vi: str
    en: str
    repair: str = ""


def settle(run: Run, now: datetime) -> Run:
    """Return the run as it is, or as `killed` if it claims to run but fell silent."""
    if run.state != "running" or now - (run.heartbeat or run.started) <= SILENCE:
        return run
    return replace(run, state="killed", cause="killed", message=_KILLED)


def verdict(card: SourceCard, runs: Sequence[Run], now: datetime) -> Verdict:
    """Judge a source by its runs, in any order."""
    settled = sorted((settle(run, now) for run in runs), key=lambda run: run.started)
    ended = [run for run in settled if run.state != "running"]
    case = _Case(card=card, last=ended[-1] if ended else None, running=len(ended) < len(settled))
    row = next(row for row in _TABLE if row.applies(case))
    words = {"source": card.id, "message": _message(case.last)}
    return Verdict(
        state=row.state,
        reason_vi=row.vi.format(**words),
        reason_en=row.en.format(**words),
        repair=row.repair.format(**words),
    )


def _message(run: Run | None) -> str:
    return (run.message or run.cause or "no reason was recorded") if run else ""


def _ended(state: str) -> Callable[[_Case], bool]:
    return lambda case: case.last is not None and case.last.state == state


def _brought_nothing(case: _Case) -> bool:
    if case.last is None:
        return False
    counters = case.last.counters
    return not (counters.get("keep/inserted", 0) or counters.get("keep/updated", 0))


_TABLE: tuple[_Row, ...] = (
    _Row(
        applies=lambda case: case.last is None and case.running,
        state="unverified",
        vi="Đang thu thập lần đầu",
        en="the first crawl is under way",
    ),
    _Row(
        applies=lambda case: case.last is None,
        state="unverified",
        vi="Chưa thu thập lần nào",
        en="it was never crawled",
        repair="tinso crawl {source}",
    ),
    _Row(
        applies=_ended("killed"),
        state="failing",
        vi="Lần thu thập gần nhất bị ngắt giữa chừng: {message}",
        en="the last crawl was killed: {message}",
        repair="tinso crawl {source}",
    ),
    _Row(
        applies=_ended("failed"),
        state="failing",
        vi="Lần thu thập gần nhất thất bại: {message}",
        en="the last crawl failed: {message}",
        repair="tinso crawl --verbose {source}",
    ),
    _Row(
        applies=_ended("partial"),
        state="degraded",
        vi="Lần thu thập gần nhất không đọc được một số trang: {message}",
        en="the last crawl could not read some pages: {message}",
        repair="tinso crawl --verbose {source}",
    ),
    _Row(
        applies=lambda case: not case.card.checked,
        state="unverified",
        vi="Chạy được, nhưng chưa ai kiểm tra trên trang thật",
        en="it runs, but nobody has checked it on the live site",
        repair="tinso try URL --source {source}, then set checked = true in its recipe",
    ),
    _Row(
        applies=_brought_nothing,
        state="quiet",
        vi="Hoạt động tốt, không có tin mới",
        en="it works, and had nothing new",
    ),
    _Row(
        applies=_ended("ok"),
        state="ok",
        vi="Hoạt động tốt",
        en="it works",
    ),
)
"""The first row that applies is the verdict."""
