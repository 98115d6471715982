"""The spoken clips: one for each sentence, none without a sentence."""

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

LANGUAGES = ("en", "vi")


@pytest.fixture
def tool(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_voice", repository / "tools" / "build_voice.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_voice"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_clips_and_sentences_match_one_to_one(tool: ModuleType, language: str) -> None:
    assert tool.faults(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_holds_sound_for_as_long_as_its_manifest_says(tool: ModuleType, language: str) -> None:
    folder = tool.VOICE / language
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sentences"].values()
    bytes_per_s = 24_000 / 8
    for entry in entries:
        assert 0.2 < entry["duration_s"] < 30
        assert (folder / entry["file"]).stat().st_size == pytest.approx(
            entry["duration_s"] * bytes_per_s, rel=0.3
        )


def test_a_missing_clip_and_one_left_over_are_both_named(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tool.VOICE / "en", tmp_path / "en")
    sentence = tool.sentences("en")[0]
    (tmp_path / "en" / tool.file_name("en", sentence)).rename(tmp_path / "en" / "0123456789abcdef.mp3")
    monkeypatch.setattr(tool, "VOICE", tmp_path)
    assert tool.faults("en") == [
        f"en: no clip for {sentence!r}",
        "en: no sentence for clip 0123456789abcdef.mp3",
    ]


def test_another_word_makes_another_clip(tool: ModuleType) -> None:
    assert tool.file_name("en", "Hold.") != tool.file_name("en", "Rest.")
    assert tool.file_name("en", "Hold.") != tool.file_name("vi", "Hold.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_phrases_and_the_same_interface_texts(
    tool: ModuleType, language: str
) -> None:
    for name in ("phrases", "player"):
        keys = [
            tool.tomllib.loads((tool.DATA / name / f"{one}.toml").read_text(encoding="utf-8")).keys()
            for one in ("en", language)
        ]
        assert list(keys[0]) == list(keys[1])
