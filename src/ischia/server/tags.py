"""Small things templates need."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ischia.demonstration import figure_svg
from ischia.server.offline import listing

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, or None."""
    return mapping.get(key)


@register.simple_tag
def kept_files() -> str:
    """Return the version of the files that a browser keeps."""
    return str(listing()["version"])


@register.inclusion_tag("field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a form's field with its label, hint and faults tied to it for screen readers."""
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label}-hint")
    faults = bound.errors if bound.form.is_bound and getattr(bound.form, "show_faults", True) else []
    if faults:
        described.append(f"{bound.id_for_label}-fault")
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if faults:
        attributes["aria-invalid"] = "true"
    return {"field": bound, "widget": bound.as_widget(attrs=attributes), "faults": faults}


@register.simple_tag
def still(exercise_id: str, pose: str, alt: str = "", loading: str = "lazy") -> SafeString:
    """Show an exercise's figure in a pose; ``loading`` is ``eager`` for what is seen at first."""
    return format_html(
        '<img src="{}" alt="{}" width="320" height="200" loading="{}" decoding="async">',
        reverse("figure-still", args=[exercise_id, pose]),
        alt,
        loading,
    )


@register.simple_tag
def drawing(exercise_id: str, pose: str, alt: str) -> SafeString:
    """Draw an exercise's figure into the page itself, so that it is there as soon as the text is."""
    rest = figure_svg(exercise_id, pose).removeprefix("<svg ")
    return format_html('<svg aria-label="{}" {}', alt, mark_safe(rest))  # noqa: S308 - a drawing of our own


@register.filter
def instant(text: str) -> str:
    """Show an ISO 8601 instant as date and time of the page's language."""
    value = datetime.fromisoformat(text)
    return date_format(value, "j F Y, H:i" if get_language() == "en" else "H:i, j/n/Y")


@register.filter
def day(value: date | str) -> str:
    """Show a date with its weekday in the page's language."""
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return date_format(value, "l, j F" if get_language() == "en" else "l, j/n")
