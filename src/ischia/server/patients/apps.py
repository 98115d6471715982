"""Django's handle on this app."""

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """The app ``patients``."""

    name = "ischia.server.patients"
    label = "patients"
