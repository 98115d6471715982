"""What keeps the server from starting, each in one sentence that says what is wrong and what to do."""

from typing import ClassVar

import click


class StartFault(click.ClickException):
    """The server cannot start for a reason outside its data: a port, an address, another server."""

    exit_code: ClassVar[int] = 1


class DataFault(StartFault):
    """The data folder, or the database in it, cannot be used."""

    exit_code: ClassVar[int] = 3
