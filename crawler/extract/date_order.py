"""In which order a source writes day and month: decided by what its own dates prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone

from crawler.extract.dates import Order, date_in, dated_line, moment_in, read_epoch
from crawler.extract.draft import Moment
from store.model import VIETNAM

ATTRIBUTE = "::attr("


@dataclass(slots=True)
class OrderEvidence:
    """What the dates of one place prove: of one rule, so that a text and an attribute may differ.

    A proof is a number above 12, a weekday that fits one reading alone, or a day that is known
    from elsewhere.
    """

    usual: Order = "dmy"
    """What is taken while nothing is proved."""
    dmy: int = 0
    mdy: int = 0

    def note(self, proved: Order | None) -> None:
        """Count a proof."""
        if proved == "dmy":
            self.dmy += 1
        elif proved == "mdy":
            self.mdy += 1

    @property
    def order(self) -> Order:
        """Month first only where that is proved and nothing disproves it."""
        if self.dmy or self.mdy:
            return "mdy" if self.mdy and not self.dmy else "dmy"
        return self.usual


@dataclass(slots=True)
class SourceDates:
    """Reads the dates of one source, and learns from each the order of the place it stands in.

    One serves a whole crawl; one made for a page knows what that page proves.
    """

    usual: Mapping[str, Order] = field(default_factory=dict)
    """Orders known beforehand, by how a place's name ends."""
    zone: timezone = VIETNAM
    """Of the clocks that are shown without one."""
    _places: dict[str, OrderEvidence] = field(default_factory=dict)

    def read(
        self,
        text: str,
        place: str,
        *,
        reference: datetime | None = None,
        known: Moment | None = None,
    ) -> Moment | None:
        """Read the date in `text` as `read_moment` does, in the order of its place.

        `place` is the rule that leads to it; where that is an attribute, the text may be
        milliseconds. `known` is the day of the same article from a place that is sure of it.
        """
        line = dated_line(text)
        written = date_in(line)
        if written is not None:
            proved = written.proves
            if proved is None and known is not None and written.dmy != written.mdy:
                proved = _agreeing(written.dmy, written.mdy, known)
            self._of(place).note(proved)
        elif ATTRIBUTE in place and (epoch := read_epoch(text)):
            return epoch
        order = self.order_of(place)
        return moment_in(line, written, order=order, reference=reference, zone=self.zone)

    def expect(self, usual: Mapping[str, Order]) -> None:
        """Take the usual orders of the CMS that a page is recognised as, beside those known."""
        if usual.keys() <= self.usual.keys():
            return
        self.usual = {**usual, **self.usual}
        for place, found in self._places.items():
            found.usual = self._usual(place)

    def order_of(self, place: str) -> Order:
        """Tell the order of a place as far as it is known by now."""
        return self._of(place).order

    def orders(self) -> dict[str, Order]:
        """Tell the order of every place met so far."""
        return {place: found.order for place, found in self._places.items()}

    def overturned(self, before: Mapping[str, Order]) -> bool:
        """Tell whether a place is now read in another order than `before`, or than is usual."""
        return any(
            order != before.get(place, self._usual(place)) for place, order in self.orders().items()
        )

    def is_sure(self, moment: Moment, place: str) -> bool:
        """Tell whether a date that was read at `place` leaves no doubt of its order."""
        written = date_in(dated_line(moment.raw))
        if written is None or written.dmy == written.mdy or written.proves:
            return True
        found = self._of(place)
        return bool(found.dmy or found.mdy)

    def _of(self, place: str) -> OrderEvidence:
        if place not in self._places:
            self._places[place] = OrderEvidence(usual=self._usual(place))
        return self._places[place]

    def _usual(self, place: str) -> Order:
        ends = (order for end, order in self.usual.items() if place.endswith(end))
        return next(ends, "dmy")


def _agreeing(dmy: date | None, mdy: date | None, known: Moment) -> Order | None:
    day = known.at.astimezone(VIETNAM).date()
    return "dmy" if day == dmy else "mdy" if day == mdy else None
