"""The locked requirement files are in step with pyproject.toml, and good anywhere."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("app.txt", "test.txt", "node.txt")


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def entries(repository: Path, name: str) -> list[tuple[Requirement, list[str]]]:
    """The locked requirements of a file, each with its hashes."""
    text = (repository / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        found.append((Requirement(requirement), [digest.strip() for digest in hashes]))
    return found


def versions(repository: Path, name: str) -> dict[str, str]:
    """The locked version of each package, by its normal name."""
    pinned = {}
    for requirement, _ in entries(repository, name):
        (pin,) = requirement.specifier
        assert pin.operator == "==", str(requirement)
        pinned[canonicalize_name(requirement.name)] = pin.version
    return pinned


def assert_locked(wanted: list[str], pinned: dict[str, str]) -> None:
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{name} is not locked: run tools/lock.py --keep"
        assert pinned[name] in requirement.specifier, (
            f"{requirement} is locked at {pinned[name]}: run tools/lock.py"
        )


def test_the_app_s_dependencies_are_locked(repository: Path, project: dict[str, Any]) -> None:
    extras = chain.from_iterable(project["project"]["optional-dependencies"].values())
    wanted = [*project["project"]["dependencies"], *extras, *project["build-system"]["requires"]]
    assert_locked(wanted, versions(repository, "app.txt"))


def test_the_test_tools_are_locked(repository: Path, project: dict[str, Any]) -> None:
    assert_locked(project["dependency-groups"]["test"], versions(repository, "test.txt"))


def test_the_tests_see_the_app_s_own_versions(repository: Path) -> None:
    app, test = versions(repository, "app.txt"), versions(repository, "test.txt")
    assert {name: test[name] for name in app.keys() & test.keys()} == {
        name: app[name] for name in app.keys() & test.keys()
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(repository: Path, name: str) -> None:
    for requirement, hashes in entries(repository, name):
        assert requirement.url is None
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in hashes)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_no_path(repository: Path, name: str) -> None:
    text = (repository / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|#|^-|/", text, flags=re.MULTILINE)


def test_the_javascript_lock_is_hashed_and_names_no_host(repository: Path) -> None:
    lock = json.loads((repository / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((repository / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert lock["packages"][""]["devDependencies"] == wanted
    for name, package in lock["packages"].items():
        if name:
            assert "resolved" not in package
            assert package["integrity"].startswith("sha512-")
