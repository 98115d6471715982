"""``ischia assets``: build or fetch what ischia works with and the repository does not hold."""

from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Final

import click

from ischia.cli import Fault

ENTRY_POINT_GROUP: Final = "ischia.assets"
"""What other packages (the server) build: functions without arguments, quick where all is there already."""


@click.command()
@click.option("--lite", is_flag=True, help="Get the small pose model too, for slow machines; needs npm.")
def assets(lite: bool) -> None:
    """Compile the translations, get the pose models, the 3-D view and the camera coach, where missing."""
    builders = [partial(build, entry) for entry in entry_points(group=ENTRY_POINT_GROUP)]
    missing = []
    for builder in [*builders, partial(get_pose_models, "full", *(["lite"] if lite else []))]:
        try:
            builder()
        except Fault as fault:
            missing.append(fault.message)
    if missing:
        raise Fault(" ".join(missing))


def build(entry: EntryPoint) -> None:
    """Build what an installed package names in its entry points.

    Raises:
        Fault: it cannot be built.
    """
    try:
        entry.load()()
    except ModuleNotFoundError as error:
        raise Fault(f"The {entry.name} need {error.name}: install ischia[server].") from error
    except (OSError, ValueError) as error:
        raise Fault(f"The {entry.name} cannot be built: {error}.") from error


def get_pose_models(*names: str) -> None:
    """Fetch the detector and the named pose models, where they are not there yet.

    Raises:
        Fault: they cannot be fetched or stored.
    """
    from ischia.pose.models import ModelError, assets_folder, fetch_models

    try:
        fetch_models(*names)
    except ModelError as error:
        raise Fault(f"The camera analysis lacks its pose models: {error}") from error
    except OSError as error:
        raise Fault(f"The pose models cannot be stored in {assets_folder()}: {error.strerror}.") from error
