"""Calendar entries that Outlook, Google and Apple take as real events.

``invitation`` makes one for one addressee (RFC 5545, RFC 5546): a REQUEST puts the
event there or moves it, a CANCEL takes it away. The same event keeps its ``uid``; each
change has a higher ``sequence``.
"""

import datetime
import zoneinfo
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class CalendarEvent:
    """What happens when and where. ``title`` stands on other people's screens too."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    time_zone: str
    place: str = ""
    url: str = ""


def invitation(
    event: CalendarEvent,
    *,
    method: str,
    to: str,
    name: str,
    at: datetime.datetime,
) -> bytes:
    """The text of an invitation, or of its withdrawal, as mail programs expect it."""
    zone = zoneinfo.ZoneInfo(event.time_zone)
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", at.astimezone(datetime.UTC))
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    if event.url:
        entry.add("url", event.url)
    entry.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    entry["organizer"] = vCalAddress(f"mailto:{sender}")
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["cn"] = vText(name)
    attendee.params["partstat"] = vText("ACCEPTED")
    attendee.params["rsvp"] = vText("FALSE")
    entry.add("attendee", attendee, encode=0)
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical()
