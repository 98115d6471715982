"""Plans, sessions and events. A plan never changes, an event is only added; neither overwrites the other."""

import uuid

from django.db import models

from ischia.server.clock import now

EVENT_KINDS = ("set", "skip", "feedback", "stop", "finish")


class Plan(models.Model):
    """What the clinical side planned for one day, as plain data: a session, or why there is none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", on_delete=models.CASCADE, related_name="plans")
    for_date = models.DateField()
    made_at = models.DateTimeField(default=now)
    body = models.JSONField()
    has_session = models.BooleanField()

    class Meta:
        ordering = ("made_at",)
        indexes = (models.Index(fields=["patient", "for_date"]),)


class Session(models.Model):
    """A session that was begun from a plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="session")
    patient = models.ForeignKey("patients.Patient", on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(default=now)
    started_at_text = models.CharField(max_length=40)  # with the patient's own offset, as records keep it
    on_date = models.DateField()
    is_over = models.BooleanField(default=False)

    class Meta:
        ordering = ("started_at",)


class Event(models.Model):
    """Something that happened in a session, under the id that the browser gave it."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10)
    slot = models.CharField(max_length=120, null=True)  # what can be there only once: a set, the finish
    body = models.JSONField()
    received_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(condition=models.Q(kind__in=EVENT_KINDS), name="event_kind_known"),
            models.UniqueConstraint(fields=["session", "slot"], name="a_set_stands_once"),
        )


class MovementTrack(models.Model):
    """The drawing of one set's movement, as the browser sent it: only where the patient chose so.

    Unlike everything else here it can be erased by itself: see ``movement_track``.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="track")
    frames = models.PositiveIntegerField()
    seconds = models.FloatField()
    body = models.BinaryField()
    received_at = models.DateTimeField(default=now)
