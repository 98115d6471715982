"""Django's handle on this app."""

from django.apps import AppConfig


class ClinicConfig(AppConfig):
    """The app ``clinic``."""

    name = "ischia.server.clinic"
    label = "clinic"
