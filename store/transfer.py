"""Moving house: everything a store holds as JSON Lines, from either backend into either.

The first line names format and version; each line after it is one record (`store.records`), keys
sorted, times UTC with milliseconds, bytes as base64. The same articles give the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from store.base import Store
from store.errors import ImportFault, StoreError
from store.records import to_json, unpack

FORMAT = "tinso-export"
VERSION = 1


class Out(Protocol):
    """A file that takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Write all of `data`."""


def export(store: Store, out: Out) -> int:
    """Write everything stored to `out`, UTF-8; return how many records."""
    count = 0
    out.write(_line({"format": FORMAT, "version": VERSION}))
    for record in store.dump():
        out.write(_line(record))
        count += 1
    return count


def write_whole(store: Store, file: Path) -> int:
    """Export to `file`, which is replaced only when everything is written; return how many records.

    Raises StoreError when the file cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(
            dir=file.absolute().parent, prefix=f".{file.name}.", delete=False
        ) as part:
            try:
                count = export(store, part)
                part.flush()
                Path(part.name).replace(file)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
    except OSError as wrong:
        raise StoreError(
            f"cannot be written: {wrong.strerror}",
            about=str(file),
            repair="name a file in a folder that can be written and has room",
        ) from wrong
    return count


def import_(store: Store, lines: Iterable[bytes | str]) -> int:
    """Take in what `export` wrote, in batches; return how many records.

    What has the same key is replaced; what else the store holds stays. Raises ImportFault naming
    the first bad line, before anything of that line, or of one after it, is written: once it is
    mended, the same import can be run again.
    """
    numbered = enumerate(lines, start=1)
    _check_header(next(numbered, (1, b""))[1])
    return store.load(_records(numbered))


def _records(numbered: Iterator[tuple[int, bytes | str]]) -> Iterator[Mapping[str, object]]:
    for number, line in numbered:
        try:
            record = _parsed(line)
            unpack(record)  # the store reads it again; here the fault still has its line
        except ValueError as wrong:
            raise ImportFault(
                f"line {number}: {wrong}", repair="export again, or mend or remove that line"
            ) from wrong
        yield record


def _check_header(line: bytes | str) -> None:
    try:
        header = _parsed(line)
    except ValueError:
        header = {}
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ImportFault(
            "line 1: not the first line of an export", repair="import what tinso export wrote"
        )
    if header.get("version") != VERSION:
        raise ImportFault(
            f"line 1: version {header.get('version')!r}, this version of tinso reads {VERSION}",
            repair="upgrade tinso",
        )


def _parsed(line: bytes | str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as wrong:
        raise ValueError(f"not JSON: {wrong.msg}") from wrong


def _line(record: Mapping[str, object]) -> bytes:
    return (to_json(record) + "\n").encode()
