"""ischia: a home exercise coach for people with sciatica, and for their physiotherapists."""

__version__ = "0.1.0"
