"""The one place that reads the clock. Everything else gets the time as an argument."""

from datetime import date, datetime, time, timedelta

from ischia.server import runtime


def now() -> datetime:
    """Return this instant, with the offset of the zone whose days count."""
    return datetime.now(tz=runtime.current().zone).astimezone(runtime.current().zone)


def today() -> date:
    """Return today's date in the zone whose days count."""
    return now().date()


def stamp() -> str:
    """Return this instant as ISO 8601 text with offset, as the records keep it."""
    return now().isoformat(timespec="milliseconds")


def left_of(day: date) -> timedelta:
    """Return how long a day lasts yet; negative where it is over."""
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    zone = runtime.current().zone
    end = midnight.replace(tzinfo=zone) if zone else midnight.astimezone()
    return end - now()
