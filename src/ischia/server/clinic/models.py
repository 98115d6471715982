"""Who looks after whom, and what clinicians decided. A decision is never changed; a later one replaces it."""

import uuid

from django.conf import settings
from django.db import models

from ischia.server.clock import now


class Assignment(models.Model):
    """A clinician looks after a patient."""

    clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    patient = models.ForeignKey("patients.Patient", on_delete=models.CASCADE, related_name="assignments")
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clinician", "patient"], name="assigned_once"),)


class Order(models.Model):
    """A clinician's decision: a dose set, bounded or frozen, a rung unlocked. ``body`` is plain data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("patients.Patient", on_delete=models.CASCADE, related_name="orders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=40)
    body = models.JSONField()

    class Meta:
        ordering = ("at",)
