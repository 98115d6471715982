"""Importing ischia does nothing: no socket, no process, no file written, no output."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """
import json, os, pkgutil, sys
sys.dont_write_bytecode = True
done = []

def watch(event, arguments):
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    acts = ("socket.", "subprocess.", "os.mkdir", "os.remove", "os.rename", "os.system", "sqlite3.connect")
    if writes or event.startswith(acts):
        done.append([event, repr(arguments)])

sys.addaudithook(watch)
import ischia
for module in sys.argv[1:]:
    __import__(module)
print(json.dumps([done, sorted(sys.modules)]))
"""
ROOMS = (
    *("units", "anatomy", "catalogue", "session", "recording", "pose", "kinematics", "movement", "check_in"),
    *("screening", "dose", "demonstration", "coaching", "cli"),
)
STANDARD_LIBRARY_ONLY = ("units", "anatomy", "session", "kinematics", "movement", "coaching")


def import_alone(*rooms: str) -> tuple[list[list[str]], set[str]]:
    """Import rooms in a fresh Python; give what it did meanwhile, and the modules that it loaded."""
    command = [sys.executable, "-c", WATCH, *(f"ischia.{room}" for room in rooms)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1 and done.stderr == "", "importing prints nothing"
    actions, modules = json.loads(done.stdout)
    return actions, set(modules)


def test_importing_every_room_touches_nothing() -> None:
    actions, _ = import_alone(*ROOMS)
    assert actions == []


def test_the_command_line_loads_nothing_heavy_before_it_must() -> None:
    _, modules = import_alone("cli")
    assert modules & {"django", "numpy", "pydantic", "rich", "av", "ischia.catalogue"} == set()


@pytest.mark.parametrize("room", STANDARD_LIBRARY_ONLY)
def test_needs_the_standard_library_alone(room: str) -> None:
    _, modules = import_alone(room)
    # An editable install and the coverage of subprocesses may bring modules of their own at start.
    _, at_start = import_alone()
    foreign = {name.partition(".")[0] for name in modules - at_start} - set(sys.stdlib_module_names)
    assert foreign <= {"ischia"}


def test_every_room_is_named_here(repository: Path) -> None:
    rooms = {path.stem for path in (repository / "src" / "ischia").iterdir() if not path.name.startswith("_")}
    elsewhere = {"py", "server", "analysis", "simulation", "cohort", "exchange"}
    assert rooms - elsewhere - set(ROOMS) == set()
