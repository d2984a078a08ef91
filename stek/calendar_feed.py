"""The days and activities of a STEK as an iCalendar file, for who subscribes to it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from places.languages import LAST_MINUTE, VisitorLanguage, say_day
from places.models import ChangedDay, Stek
from places.planning import Closed, Hours, Pattern, PlannedDay
from stek.public import AtTable, Said, all_workers, reason_of
from visits.models import Activity

#: Two years: a little of what was, so that a calendar keeps the past weeks, and what comes.
BACK = dt.timedelta(days=90)
AHEAD = dt.timedelta(days=640)
#: An activity without an end takes this long in a calendar.
UNTIL_WHEN = dt.timedelta(hours=2)
#: What the calendar's own program may wait before it asks again.
REFRESH = "PT6H"
PROGRAM = "-//STEK//Stek//NL"

# Spelt out, because the rule holds for every year; what icalendar makes of zoneinfo does not.
_BRUSSELS = """\
BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


class Feed(Enum):
    """What a calendar holds; the value is the name of its file and part of the ids in it."""

    ALL = "agenda"
    SHOP = "winkel"
    TABLE = "koffie-formulieren"
    ACTIVITIES = "activiteiten"

    @property
    def has_days(self) -> bool:
        return self is not Feed.ACTIVITIES

    @property
    def has_activities(self) -> bool:
        return self in {Feed.ALL, Feed.ACTIVITIES}


@dataclass(frozen=True)
class Session:
    """One opening in a calendar. `planned_on` is the date it keeps its id by, wherever it moves."""

    planned_on: dt.date
    #: More than one opening may have been planned on that date: the number of this one.
    place: int
    day: PlannedDay
    hours: Hours
    change: ChangedDay | None

    @property
    def is_cancelled(self) -> bool:
        return not self.day.is_open

    @property
    def is_moved(self) -> bool:
        return self.planned_on != self.day.day


def sessions(pattern: Pattern, days: list[PlannedDay]) -> Iterator[Session]:
    """Those that take place on the date on which they do, and those that don't."""
    arriving = {change.to_day: change for change in pattern.changes if change.is_moved}
    for day in days:
        moved = arriving.get(day.day)
        came = (moved.opens_at, moved.closes_at) if moved else None
        own = [hours for hours in day.hours if hours != came]
        if day.closed is not Closed.MOVED:  # that one stands on the date it moved to
            for place, hours in enumerate(own):
                yield Session(day.day, place, day, hours, day.change)
        if moved and moved.opens_at and moved.closes_at:
            yield Session(moved.day, 0, day, (moved.opens_at, moved.closes_at), moved)


def calendar_of(
    stek: Stek, feed: Feed, language: VisitorLanguage, *, now: dt.datetime, address: str
) -> bytes:
    """The file, in the language that is active; `address` is that of the public page."""
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    first, last = today - BACK, today + AHEAD
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PROGRAM)
    calendar.add("x-wr-calname", f"{stek} · {_title(feed)}")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(Timezone.from_ical(_BRUSSELS))
    maker = _Maker(stek, feed, language, now, address)
    if feed.has_days:
        pattern = Pattern.of(stek, first, last)
        days = [pattern.on(first + dt.timedelta(days=n)) for n in range((last - first).days + 1)]
        workers = all_workers(days)
        for session in sessions(pattern, [day for day in days if day.is_planned]):
            table = AtTable.of(session.day.sitters, workers)
            if feed is not Feed.TABLE or not table.is_empty:
                calendar.add_component(maker.opening(session, table))
    if feed.has_activities:
        for activity in Activity.objects.of_stek(stek).on_public_page().between(first, last):
            calendar.add_component(maker.activity(activity))
    return calendar.to_ical(sorted=False)


def _title(feed: Feed) -> str:
    return {
        Feed.ALL: _("Openingsuren en activiteiten"),
        Feed.SHOP: _("Winkel"),
        Feed.TABLE: "Koffie & Formulieren",
        Feed.ACTIVITIES: _("Activiteiten"),
    }[feed]


@dataclass(frozen=True)
class _Maker:
    """Makes the entries of one file."""

    stek: Stek
    feed: Feed
    language: VisitorLanguage
    now: dt.datetime
    address: str

    def opening(self, session: Session, table: AtTable) -> Event:
        change = session.change
        uid = f"{self.stek.slug}-{self.feed.value}-{session.planned_on:%Y-%m-%d}"
        if session.place:
            uid += f"-{session.place + 1}"
        event = self._event(uid, change.version if change else 0, cancelled=session.is_cancelled)
        title = str(self.stek) if self.feed is Feed.ALL else f"{self.stek} · {_title(self.feed)}"
        lines = self._at_table(table)
        if session.is_cancelled:
            planned = session.day.closed is not Closed.CANCELLED
            title = f"{_('Gesloten') if planned else _('Gaat niet door')}: {title}"
            lines = []
        if session.is_moved:
            was = say_day(session.planned_on, self.language)
            lines.insert(0, _("In de plaats van %(day)s") % {"day": was})
        because = change.reason if change else reason_of(session.day)
        lines.insert(0, Said.of(because, self.language).text)
        event.add("summary", title)
        self._times(event, session.day.day, *session.hours)
        self._describe(event, lines)
        return event

    def activity(self, activity: Activity) -> Event:
        uid = f"{self.stek.slug}-activiteit-{activity.pk}"
        event = self._event(uid, activity.version, cancelled=activity.is_cancelled)
        title = activity.title
        event.add("summary", f"{_('Gaat niet door')}: {title}" if activity.is_cancelled else title)
        self._times(event, activity.day, activity.starts_at, activity.ends_at)
        organiser = activity.organiser.name if activity.organiser else ""
        self._describe(event, [activity.get_kind_display(), organiser])
        return event

    def _event(self, uid: str, sequence: int, *, cancelled: bool) -> Event:
        event = Event()
        event.add("uid", f"{uid}@stek")
        event.add("sequence", sequence)
        event.add("dtstamp", self.now.astimezone(dt.UTC).replace(microsecond=0))
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        # Nobody is busy because the STEK is open.
        event.add("transp", "TRANSPARENT")
        event.add("url", self.address)
        where = ", ".join(
            part
            for part in (self.stek.street, f"{self.stek.postcode} {self.stek.town}".strip())
            if part
        )
        if where:
            event.add("location", where)
        return event

    def _times(self, event: Event, day: dt.date, start: dt.time, end: dt.time | None) -> None:
        zone = ZoneInfo(settings.TIME_ZONE)
        starts = dt.datetime.combine(day, start, zone)
        if end is None:
            ends = starts + UNTIL_WHEN
        elif end == LAST_MINUTE:
            ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
        else:
            ends = dt.datetime.combine(day, end, zone)
        event.add("dtstart", starts)
        event.add("dtend", ends)

    def _at_table(self, table: AtTable) -> list[str]:
        """No volunteer by name; who comes every other week also when they don't."""
        if table.is_empty:
            return []
        names = [*table.partners, *([_("vrijwilligers")] if table.volunteers else [])]
        return [
            *([f"{_('Aan tafel')}: {', '.join(names)}"] if names else []),
            *(_("%(name)s is er") % {"name": name} for name in table.there),
            *(_("%(name)s is er niet") % {"name": name} for name in table.absent),
        ]

    def _describe(self, event: Event, lines: list[str]) -> None:
        if text := "\n".join(line for line in lines if line):
            event.add("description", text)
