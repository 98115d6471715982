"""The texts of the pages, compiled from ``django.po`` where the compiled file is missing or stale."""

from pathlib import Path

from ischia.server.faults import StartFault

_HERE = Path(__file__).parent


def compile_catalogues() -> None:
    """Compile every ``django.po`` that is newer than its ``django.mo``."""
    for source in sorted(_HERE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        unfinished = target.with_suffix(".mo.new")
        try:
            with unfinished.open("wb") as file:
                write_mo(file, catalogue)
            unfinished.replace(target)
        except OSError as error:
            if target.exists():  # installed where this user may not write: what was compiled there is good
                continue
            raise StartFault(
                f"{target.parent} cannot be written ({error.strerror}): run 'ischia assets' as its owner."
            ) from error
