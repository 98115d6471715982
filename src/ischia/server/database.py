"""The database file: is it whole, is it ours, is it of this version; and the way to this version."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ischia.server.faults import DataFault
from ischia.server.folder import DataFolder

APPLICATION_ID: Final = 0x69736368  # "isch", in the file's header


def check_file(path: Path) -> None:
    """Look at the database file without changing it. A missing or empty file is fine: it will be made.

    Raises:
        DataFault: it is no SQLite database, it is damaged, or it belongs to another program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    mend = "move it away and put your last backup in its place."
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise DataFault(f"{path} is not a database: {mend}")
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            result = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DataFault(f"{path} is damaged ({error}): {mend}") from error
    if result != "ok":
        raise DataFault(f"{path} is damaged ({' '.join(str(result).split())[:120]}): {mend}")
    if tables and owner != APPLICATION_ID:
        raise DataFault(f"{path} belongs to another program: choose another folder with --data.")


def bring_up_to_date(folder: DataFolder) -> None:
    """Create or migrate the tables; copy an existing database into ``backups`` first. Needs Django set up.

    Raises:
        DataFault: a newer ischia wrote the database.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    ours = {app for app, _ in executor.loader.disk_migrations}
    unknown = sorted(name for app, name in applied - set(executor.loader.disk_migrations) if app in ours)
    if unknown:
        raise DataFault(
            f"{folder.database} was written by a newer ischia (it knows '{unknown[0]}'): update ischia first."
        )
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if applied:
        back_up(folder)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    call_command("migrate", verbosity=0, interactive=False)


def back_up(folder: DataFolder) -> Path:
    """Copy the database, whole and consistent, and return the copy's path."""
    folder.backups.mkdir(mode=0o700, exist_ok=True)
    copy = folder.backups / f"ischia-{datetime.now(tz=UTC):%Y%m%dT%H%M%S%f}.sqlite3"
    with closing(sqlite3.connect(folder.database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    copy.chmod(0o600)
    return copy
