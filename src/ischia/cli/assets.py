"""``ischia assets``: build what is made from the repository's own files and does not stand in it."""

from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path

import click

from ischia.cli import Fault


@click.command()
def assets() -> None:
    """Compile the translations and get the pose models, where they are not there yet."""
    for made in compile_translations(locale_folder()):
        click.echo(f"compiled {made.parent.parent.name}/{made.name}")
    get_pose_models()


def locale_folder() -> Path:
    """The folder that holds the server's translations, ``<language>/LC_MESSAGES/*.po``."""
    with resources.as_file(resources.files("ischia")) as package:
        return package / "server" / "locale"


def compile_translations(folder: Path) -> Iterator[Path]:
    """Compile every catalogue below ``folder`` that changed since it was last compiled and give it.

    Raises:
        Fault: a catalogue cannot be read or its compiled form cannot be written, or Babel is not installed.
    """
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import PoFileError, read_po
    except ModuleNotFoundError as error:
        raise Fault("The translations need Babel to be compiled: install ischia[server].") from error
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = BytesIO()
        try:
            with source.open("rb") as file:
                write_mo(compiled, read_po(file, locale=source.parent.parent.name, abort_invalid=True))
            target = source.with_suffix(".mo")
            if target.exists() and target.read_bytes() == compiled.getvalue():
                continue
            fresh = target.with_suffix(".mo.new")
            fresh.write_bytes(compiled.getvalue())
            fresh.replace(target)
        except (PoFileError, ValueError) as error:
            raise Fault(f"The translation {source} cannot be read: {error}.") from error
        except OSError as error:
            raise Fault(f"The translation {source} cannot be compiled: {error.strerror}.") from error
        yield target


def get_pose_models() -> None:
    """Fetch the pose models that are not there yet.

    Raises:
        Fault: they cannot be fetched or stored.
    """
    from ischia.pose.models import ModelError, assets_folder, fetch_models

    try:
        fetch_models()
    except ModelError as error:
        raise Fault(f"The camera analysis lacks its pose models: {error}") from error
    except OSError as error:
        raise Fault(f"The pose models cannot be stored in {assets_folder()}: {error.strerror}.") from error
