"""A process that keeps articles and says so, to be run beside others or killed.

    python -m tests.store.writer ADDRESS NAME FIRST COUNT

Keeps the articles FIRST to FIRST + COUNT, one by one, edited under its NAME; prints each id after
`keep` returned.
"""

from __future__ import annotations

import sys
from contextlib import closing

from store.connect import open_store
from tests.store.making import sighting


def main(address: str, name: str, first: int, count: int) -> None:
    with closing(open_store(address)) as store:
        for number in range(first, first + count):
            seen = sighting(number, title=f"Tin {number} do {name} ghi", topics=(name,))
            store.keep([seen])
            sys.stdout.write(seen.article.id + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
