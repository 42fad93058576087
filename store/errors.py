"""One tree of errors; each says who it is about, what happened and how to mend it."""

from __future__ import annotations


class TinsoError(Exception):
    """An expected failure: `about` names the source, file or store, `repair` says what to do.

    The text is lower case without a full stop, so that it can be joined to a longer line.
    """

    def __init__(self, message: str, *, about: str = "", repair: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.about = about
        self.repair = repair

    def __str__(self) -> str:
        text = f"{self.about}: {self.message}" if self.about else self.message
        return f"{text} ({self.repair})" if self.repair else text


class WrongUse(TinsoError):
    """The caller asked for something that cannot be: an unknown source, a bad option."""


class RecipeError(WrongUse):
    """A source's file is not valid; the message holds every fault of the file, a line each."""


class StoreError(TinsoError):
    """The store could not do what was asked; nothing was half written."""


class StoreAway(StoreError):
    """The store does not answer; what was asked may be tried again later."""


class StoreReadOnly(StoreError):
    """The store can be read, but not written."""


class StoreFull(StoreError):
    """There is no room left on the store's disk."""


class StoreNewer(StoreError):
    """The store was written by a newer version of tinso, whose layout this one does not know."""


class ImportFault(StoreError):
    """A line of an export cannot be read; the message names the line."""
