"""What to show and to say while somebody exercises before a camera. Standard library only.

One frame at a time, like the tracker it asks, and like it the same code in the tests and in a browser.
"""

from ischia.coaching.guide import Guide

__all__ = ["Guide"]
