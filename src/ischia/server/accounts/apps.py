"""Django's handle on this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app ``accounts``."""

    name = "ischia.server.accounts"
    label = "accounts"
