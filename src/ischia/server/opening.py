"""Opening a data folder for a command: check it, set Django up, bring the database up to date."""

import os
import time
from pathlib import Path

from ischia.server import runtime
from ischia.server.database import bring_up_to_date, check_file
from ischia.server.folder import DataFolder, check_folder, hold, open_folder, secret_key


def set_up_django(settings: runtime.Runtime) -> None:
    """Decide for this process and load Django."""
    import django

    runtime.use(settings)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ischia.server.settings"
    zone = os.environ.get("TZ")
    django.setup()
    # Django moves the whole process to its own zone, UTC; days and hours are those of this computer.
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def open_for_command(data: Path | None) -> DataFolder:
    """Open a folder for a command that runs beside the server or without it.

    The folder is held only where tables have to be made or changed, so a running server is no hindrance.
    """
    from ischia.server.locale import compile_catalogues

    path = check_folder(data)
    check_file(DataFolder(path).database)
    folder = open_folder(path)
    compile_catalogues()
    set_up_django(runtime.Runtime(database=folder.database, secret_key=secret_key(folder)))
    if not folder.database.exists():
        with hold(folder, "another command of ischia"):
            bring_up_to_date(folder)
    else:
        bring_up_to_date(folder)
    return folder
