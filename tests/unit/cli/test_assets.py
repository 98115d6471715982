"""`ischia assets` has everything built, and says in one sentence what cannot be."""

from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest
from click.testing import CliRunner

from ischia.cli import Fault, assets
from ischia.pose import models


class Named(EntryPoint):
    """An entry point that gives a function of ours."""

    def load(self) -> Callable[[], None]:
        return BUILDERS[self.value]


BUILDERS: dict[str, Callable[[], None]] = {}


def named(function: Callable[[], None], name: str = "translations") -> EntryPoint:
    BUILDERS[name] = function
    return Named(name=name, value=name, group=assets.ENTRY_POINT_GROUP)


@pytest.mark.parametrize(
    "reason", [ModuleNotFoundError("no", name="babel"), OSError("full"), ValueError("odd")]
)
def test_what_cannot_be_built_is_named(reason: Exception) -> None:
    def fail() -> None:
        raise reason

    with pytest.raises(Fault, match=r"^The translations "):
        assets.build(named(fail))


def test_one_fault_keeps_nothing_else_from_being_built(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ValueError("odd")

    built: list[str] = []
    entries = [named(fail), named(lambda: built.append("body"), "body")]
    monkeypatch.setattr(assets, "entry_points", lambda group: entries)
    monkeypatch.setattr(models, "fetch_models", lambda *names: built.extend(names))
    done = CliRunner().invoke(assets.assets)
    assert built == ["body", "full"]
    assert done.exit_code == 1 and "The translations cannot be built: odd." in done.output


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
