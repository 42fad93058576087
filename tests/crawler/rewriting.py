"""Changes what a store holds, where the store itself takes nothing older over what is newer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from crawler.config import Config
from store.connect import open_store

Record = Mapping[str, object]


def rewrite(config: Config, changed: Callable[[Record], Record]) -> None:
    """Let each record of an embedded store be what `changed` makes of it."""
    with closing(open_store(config.store)) as store:
        records = [changed(record) for record in store.dump()]
    for file in Path(config.store).parent.glob(f"{Path(config.store).name}*"):
        file.unlink()
    with closing(open_store(config.store)) as store:
        store.load(records)
