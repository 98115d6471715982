"""Patients and what they tell. A fact is stored as it was told and never changed."""

import uuid

from django.conf import settings
from django.db import models

from ischia.check_in import Moment
from ischia.server.clock import now


class Patient(models.Model):
    """A person who trains. ``user`` is empty for the one person of a computer used alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="patient"
    )
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5, default="en")
    voice = models.JSONField(default=dict)
    keeps_movement = models.BooleanField(default=False)  # a drawing of the movement, for the clinician
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(user__isnull=True), name="one_person_without_account"
            ),
        )

    def __str__(self) -> str:
        """Return the name, or the id where none was given."""
        return self.name or str(self.id)


class Told(models.Model):
    """Something a patient told at an instant; ``body`` is the clinical side's frozen value as plain data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE)
    at = models.DateTimeField()
    on_date = models.DateField()
    body = models.JSONField()

    class Meta:
        abstract = True
        ordering = ("at",)


class FirstVisit(Told):
    """The first visit: conditions, goals, preferred time, and its check-in. The latest one counts."""

    class Meta(Told.Meta):
        default_related_name = "first_visits"


class CheckIn(Told):
    """A check-in before or after a session."""

    moment = models.CharField(max_length=20)
    session = models.ForeignKey("training.Session", on_delete=models.CASCADE, null=True, blank=True)

    class Meta(Told.Meta):
        default_related_name = "check_ins"
        indexes = (models.Index(fields=["patient", "on_date"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(moment__in=[moment.value for moment in Moment]),
                name="check_in_moment_known",
            ),
        )


class RestDay(Told):
    """A day the patient chose to rest; it counts as done."""

    class Meta(Told.Meta):
        default_related_name = "rest_days"
        constraints = (models.UniqueConstraint(fields=["patient", "on_date"], name="one_rest_a_day"),)


class NerveWatch(Told):
    """A weekly self-test of strength in the leg and foot."""

    class Meta(Told.Meta):
        default_related_name = "nerve_watches"


class Clearance(Told):
    """A doctor's or clinician's word that lets a patient go on after an alarming answer."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    doctor = models.CharField(max_length=120)
    checked_on = models.DateField()

    class Meta(Told.Meta):
        default_related_name = "clearances"


class Draft(models.Model):
    """A first visit or check-in that is being filled in; it becomes a fact when it is complete."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=20)
    begun_at = models.DateTimeField(default=now)
    body = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["patient", "kind"], name="one_draft_of_a_kind"),)
