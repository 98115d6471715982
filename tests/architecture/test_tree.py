"""What stands in the repository: no machine's paths, no registry's address, no module grown too large."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_MODULE = 450
LARGEST_FILE = 2_000_000
# Joined here, so that this file does not hold what it looks for.
PLACES = {
    "a folder of one machine": r"(?<![\w.])/(?:"
    + "|".join(["work", "farm", "ro" + "ot", "home/\\w+"])
    + ")/",
    "the address of a package registry": "|".join(
        ["py" + r"pi\.(?:python\.)?org", "files.python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian"]
    ),
    "an index setting with its value": r"index-url\s*[=:]\s*\w|registry\s*=\s*\S*http",
}
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X\\b", "NotImplemented" + "Error"]))


def tracked(repository: Path, *patterns: str) -> list[Path]:
    """The files that git knows, of the given patterns."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=repository, capture_output=True, check=False
    )
    if listing.returncode:
        pytest.skip("needs the git repository")
    names = listing.stdout.decode().split("\0")
    return [repository / name for name in names if name and (repository / name).is_file()]


def lines(files: list[Path]) -> Iterator[tuple[str, str]]:
    """Every line of the text files among ``files``, with where it stands."""
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{file}:{number}", line


@pytest.mark.parametrize("what", PLACES)
def test_no_file_holds(repository: Path, what: str) -> None:
    pattern = re.compile(PLACES[what])
    assert [place for place, line in lines(tracked(repository)) if pattern.search(line)] == []


def test_nothing_is_marked_as_unfinished(repository: Path) -> None:
    code = tracked(repository, "src", "tests", "tools", "ischia")
    assert [place for place, line in lines(code) if UNFINISHED.search(line)] == []


def test_every_module_can_be_read_in_one_sitting(repository: Path) -> None:
    modules = [file for file in tracked(repository, "*.py", "*.js") if "migrations" not in file.parts]
    lengths = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_file_is_too_large_for_a_repository(repository: Path) -> None:
    assert [str(file) for file in tracked(repository) if file.stat().st_size > LARGEST_FILE] == []


def test_no_room_is_a_drawer_for_everything(repository: Path) -> None:
    drawers = {"util", "utils", "common", "helper", "helpers", "misc"}
    named = [file for file in tracked(repository, "src") if drawers & {file.stem, *file.parts}]
    assert named == []
