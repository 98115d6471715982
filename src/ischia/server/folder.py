"""The data folder: where it lies, whether it is ours and usable, who uses it now, and its secret key."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from platformdirs import user_data_path

from ischia.server.faults import DataFault

MARK: Final = "ischia-data-folder"
_MARK_TEXT: Final = (
    "This folder holds the records of ischia. Back it up as a whole. Do not edit files in it.\n"
)
_IGNORED: Final = {".DS_Store", "lost+found", "desktop.ini", "Thumbs.db"}


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder that is ours and writable."""

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "ischia.sqlite3"

    @property
    def https(self) -> Path:
        """The authority for https and the server's certificate."""
        return self.path / "https"

    @property
    def backups(self) -> Path:
        """Copies of the database made before it is changed by a newer version."""
        return self.path / "backups"


def default_path() -> Path:
    """Return the platform's usual place for a program's data."""
    return user_data_path("ischia", appauthor=False)


def check_folder(chosen: Path | None) -> Path:
    """Return the folder to use without changing anything on the disk.

    Raises:
        DataFault: it is a file, its parent is missing, it is somebody else's, or it cannot be written.
    """
    path = (chosen or default_path()).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise DataFault(f"{path} is a file, not a folder: give a folder with --data.")
    if not path.exists():
        if chosen is not None and not path.parent.is_dir():
            raise DataFault(
                f"The folder {path.parent} does not exist: make it first or choose another with --data."
            )
        return path
    try:
        names = {entry.name for entry in path.iterdir()} - _IGNORED
    except OSError as error:
        raise DataFault(f"{path} cannot be read ({error.strerror}): change its permissions.") from error
    if names and MARK not in names:
        raise DataFault(f"{path} holds files that are not ischia's: choose an empty folder with --data.")
    if not os.access(path, os.W_OK | os.X_OK):
        raise DataFault(f"{path} is read-only: change its permissions or choose another folder with --data.")
    return path


def open_folder(path: Path) -> DataFolder:
    """Make the folder where it is missing, mark it as ours, and return it.

    Raises:
        DataFault: the disk does not let us write there.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark = path / MARK
        if not mark.exists():
            mark.write_text(_MARK_TEXT, encoding="utf-8")
    except OSError as error:
        raise DataFault(
            f"{path} cannot be written ({error.strerror}): choose another folder with --data."
        ) from error
    return DataFolder(path)


def secret_key(folder: DataFolder) -> str:
    """Return the folder's secret key; the first time, make one that only this user can read."""
    path = folder.path / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if len(key) < 50:
            raise DataFault(f"{path} is damaged: delete it; everybody has to log in again then.") from None
        return key
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


@contextmanager
def hold(folder: DataFolder, note: str) -> Iterator[None]:
    """Keep the folder for this process until the block ends. ``note`` tells others who holds it.

    Raises:
        DataFault: another process holds it.
    """
    path = folder.path / "in-use"
    with path.open("a+", encoding="utf-8") as file:
        try:
            _lock(file)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "another ischia"
            raise DataFault(
                f"{folder.path} is in use by {holder}: stop it or choose another folder with --data."
            ) from None
        file.truncate(0)
        file.write(note)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(1 << 20)  # a byte behind the note, so that others can still read the note
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
