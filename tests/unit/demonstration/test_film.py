"""Films are drawn by the page's own modules, or one sentence says what is missing."""

import shutil
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ischia.cli.synthesise import synthesise as command
from ischia.demonstration import film as films
from ischia.demonstration import synthesise
from ischia.demonstration.film import BROWSERS, FilmError, film, shown_pictures
from ischia.demonstration.graphics import three_js


def test_without_a_browser_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(FilmError, match="install Chromium"):
        film(synthesise("bridge", repetitions=0), tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_without_three_js_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("av")
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/true")
    monkeypatch.setattr(films, "three_js", lambda: None)

    with pytest.raises(FilmError, match="run 'ischia assets'"):
        film(synthesise("bridge", repetitions=0), tmp_path / "film.mp4")


def test_a_browser_that_ends_early_leaves_no_half_film(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("av")
    if three_js() is None:
        pytest.skip("three.js has not been fetched: 'ischia assets' does it")
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/true")

    with pytest.raises(FilmError, match="stopped drawing"):
        film(synthesise("bridge", repetitions=0), tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_another_format_is_wrong_use(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--exercise", "bridge", "--video", str(tmp_path / "film.gif")])

    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_picture_stands_for_another_only_where_nobody_can_tell_them_apart() -> None:
    made = synthesise("bridge", repetitions=4, hold_s=4.0)
    shown = shown_pictures(made)
    size = (made.width, made.height)

    for number, which in enumerate(shown):
        mine, theirs = (made.frames[n].image for n in (number, which))
        assert which <= number
        assert mine is not None
        assert theirs is not None
        for a, b in zip(mine, theirs, strict=True):
            assert hypot(*((p - q) * s for p, q, s in zip(a[:2], b[:2], size, strict=True))) <= 0.5


def test_a_set_of_ten_is_drawn_with_hardly_more_pictures_than_a_set_of_three() -> None:
    three, ten = (len(set(shown_pictures(synthesise("bridge", repetitions=n, hold_s=5.0)))) for n in (3, 10))

    assert three < 130
    assert ten < 1.5 * three


@pytest.mark.slow
def test_a_film_has_every_picture_and_somebody_in_it(tmp_path: Path) -> None:
    av: Any = pytest.importorskip("av")
    if three_js() is None or not any(shutil.which(name) for name in BROWSERS):
        pytest.skip("needs Chromium and three.js")
    made = synthesise("bridge", repetitions=0, still_s=0.5, rate_hz=4.0)

    film(made, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "film.mp4")) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(pictures) == len(made.frames)
    assert pictures[0].shape == (made.height, made.width, 3)
    assert pictures[0].std() > 20
