"""`ischia assets` has everything built, and says in one sentence what cannot be."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from ischia.cli import Fault, assets
from ischia.pose import models


class Named:
    """An entry point that gives ``build``."""

    name = "translations"

    def __init__(self, build: Callable[[], None]) -> None:
        self.build = build

    def load(self) -> Callable[[], None]:
        return self.build


@pytest.fixture
def name_builder(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Have the given function be the only one that packages name."""

    def name(build: Callable[[], None]) -> None:
        monkeypatch.setattr(assets, "entry_points", lambda group: [Named(build)])

    return name


def test_what_packages_name_is_built(name_builder: Callable[[Callable[[], None]], None]) -> None:
    built = []
    name_builder(lambda: built.append(True))
    assets.build_assets()
    assert built == [True]


@pytest.mark.parametrize(
    "reason", [ModuleNotFoundError("no", name="babel"), OSError("full"), ValueError("odd")]
)
def test_what_cannot_be_built_is_named(
    name_builder: Callable[[Callable[[], None]], None], reason: Exception
) -> None:
    def fail() -> None:
        raise reason

    name_builder(fail)
    with pytest.raises(Fault, match=r"^The translations "):
        assets.build_assets()


def test_a_pose_model_that_is_not_to_be_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*names: str) -> None:
        raise models.ModelError("the registry is away.")

    monkeypatch.setattr(models, "fetch_models", fail)
    with pytest.raises(Fault, match=r"lacks its pose models: the registry is away\."):
        assets.get_pose_models("full")


def test_pose_models_that_cannot_be_stored_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*names: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(models, "fetch_models", fail)
    with pytest.raises(Fault, match=r"cannot be stored in .*: No space left on device\."):
        assets.get_pose_models("full")


@pytest.mark.parametrize(("options", "wanted"), [([], ("full",)), (["--lite"], ("full", "lite"))])
def test_the_small_pose_model_comes_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, options: list[str], wanted: tuple[str, ...]
) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(assets, "entry_points", lambda group: [])
    monkeypatch.setattr(models, "fetch_models", lambda *names: fetched.extend(names))
    assert CliRunner().invoke(assets.assets, options).exit_code == 0
    assert tuple(fetched) == wanted
