"""How records become plain dicts and come back: one place for both backends and for export.

A plain record holds strings, numbers, booleans, None, lists, dicts, aware datetimes and bytes: what
BSON takes as it is. JSON writes a datetime as `2026-11-20T02:15:00.000Z` and bytes as base64;
reading takes either form. Reading checks every field, so that nothing odd gets in by an import.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from store.errors import ImportFault
from store.model import Article, KeptPage, Note, Revision, Run, SourceCard, to_millisecond

T = TypeVar("T")
Reader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An article with what a store knows beside it."""

    article: Article
    aliases: tuple[str, ...]
    """Sorted."""
    left_labels: tuple[str, ...] = ()
    """Labels (`store.labels`) that it once had and has no more; sorted."""
    left_words: tuple[str, ...] = ()
    """Words that once stood in it and do no more; sorted."""


Moved = SourceCard | Note | Filed | Revision | KeptPage | Run
"""Whatever a store holds, as it moves house."""

KINDS: Mapping[str, type[Moved]] = {
    "source": SourceCard,
    "note": Note,
    "article": Filed,
    "revision": Revision,
    "page": KeptPage,
    "run": Run,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def write(thing: object) -> dict[str, Any]:
    """Turn a record into a plain dict; times become UTC, cut to milliseconds."""
    kind: Any = type(thing)
    return {name: _plain(getattr(thing, name)) for name in _names(kind)}


def read(kind: type[T], record: object) -> T:
    """Turn a plain dict back into a record.

    Raises ValueError, naming the field, for one that is missing, unknown or of a wrong type.
    """
    reader = _reader(cast(Any, kind))
    return cast(T, reader(record))


def normal(thing: T) -> T:
    """Return `thing` as it comes out of a store, so that comparing it with a stored one is fair."""
    return read(type(thing), write(thing))


def note_id(source: str, name: str) -> str:
    """Name a note by one word, as both backends key it."""
    return f"{source} {name}"


def pack(thing: Moved) -> dict[str, Any]:
    """Turn a record of any kind into a plain dict that names its kind."""
    return {"kind": _NAMES[type(thing)], **write(thing)}


def unpack(record: object) -> Moved:
    """Turn what `pack` made back into a record; raises ValueError for what is none."""
    if not isinstance(record, Mapping):
        raise ValueError("not a record")
    kind = record.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}, not one of {', '.join(KINDS)}")
    return read(KINDS[kind], {name: value for name, value in record.items() if name != "kind"})


def numbered(records: Iterable[object], *, size: int) -> Iterator[list[Moved]]:
    """Read packed records in batches of `size`; raises ImportFault naming a bad one's number."""
    batch: list[Moved] = []
    for number, record in enumerate(records, start=1):
        try:
            batch.append(unpack(record))
        except ValueError as wrong:
            raise ImportFault(f"record {number}: {wrong}") from wrong
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def to_json(record: Mapping[str, object]) -> str:
    """Write a plain record as one line of JSON, keys sorted: equal records, equal bytes."""
    return json.dumps(
        record, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_jsonable
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float | bytes):
        return value
    if isinstance(value, datetime):
        return to_millisecond(value)
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return write(value)


def _jsonable(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(f"{type(value).__name__} is no part of a record")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> Reader:
    """Make the function that checks and reads a value of type `kind`."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (_reader(part) for part in parts if part is not NoneType)
        return lambda value: None if value is None else inner(value)
    if origin is Literal:
        return lambda value: _one_of(value, parts)
    if origin is tuple:
        item = _reader(parts[0])
        return lambda value: tuple(item(each) for each in _of(value, list))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        entry = _reader(parts[1])
        return lambda value: {
            _of(name, str): entry(each) for name, each in _of(value, Mapping).items()
        }
    if is_dataclass(kind):
        return _record_reader(kind)
    return _SIMPLE.get(kind) or (lambda value: _of(value, kind))


def _record_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}
    needed = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }

    def read_record(record: Any) -> Any:
        if not isinstance(record, Mapping):
            raise ValueError("not a record")
        for name in sorted(needed - record.keys()):
            raise ValueError(f"field {name!r} is missing")
        for name in sorted(record.keys() - readers.keys()):
            raise ValueError(f"unknown field {name!r}")
        return kind(**{name: _field(readers[name], name, record[name]) for name in record})

    return read_record


def _field(reader: Reader, name: str, value: Any) -> Any:
    try:
        return reader(value)
    except (ValueError, OverflowError) as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong


def _of(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"not a {kind.__name__.lower()}: {value!r:.60}")
    return value


def _one_of(value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"not one of {', '.join(allowed)}: {value!r:.60}")
    return value


def _number(value: Any) -> float:
    return float(value) if type(value) is int else float(_of(value, float))


def _time(value: Any) -> datetime:
    return to_millisecond(
        datetime.fromisoformat(value) if isinstance(value, str) else _of(value, datetime)
    )


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return base64.b64decode(value, validate=True)
    return bytes(_of(value, bytes))


_SIMPLE: Mapping[Any, Reader] = {float: _number, datetime: _time, bytes: _bytes}
