"""Make the voice clips: one mp3 for every sentence the player may speak, in every language.

Needs ``espeak-ng`` and ``ffmpeg`` on the developer's machine; users need neither, the clips are committed.
Only what is missing is made, and what no sentence needs any more is removed:

    python tools/build_voice.py            # make what is missing
    python tools/build_voice.py --check    # only say what does not match, with exit status 1
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import subprocess
import sys
import tomllib
import wave
from array import array
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ischia"
DATA = PACKAGE / "catalogue" / "data"
VOICE = PACKAGE / "server" / "static" / "ischia" / "voice"


@dataclass(frozen=True, slots=True)
class Speaker:
    """How a language is spoken: espeak-ng voice, words a minute, pitch 0-99, pause between words in 10 ms."""

    voice: str
    words_per_minute: int
    pitch: int
    word_gap: int


SPEAKERS = {"en": Speaker("en-us", 145, 38, 1), "vi": Speaker("vi", 140, 40, 1)}

LOUDNESS_DBFS = -20.0  # root mean square of the spoken part
PEAK_DBFS = -1.5
SILENCE_DBFS = -45.0
MARGIN_S = 0.04  # kept before and after the spoken part
# Takes the hiss and the boom out of the synthetic voice.
TONE = "highpass=f=90,lowpass=f=7500,treble=g=-3:f=4500"
ENCODER = ["-c:a", "libmp3lame", "-b:a", "24k", "-ar", "22050", "-ac", "1"]


def _strings(table: dict[str, object]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _strings(value)


def sentences(language: str) -> list[str]:
    """Every sentence spoken in ``language``, each once, sorted: exercise texts and the player's phrases."""
    files = [*DATA.glob(f"exercises/*/{language}.toml"), DATA / "phrases" / f"{language}.toml"]
    spoken = (text for path in files for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    return sorted({text for text in spoken if text.strip()})


def file_name(language: str, sentence: str) -> str:
    """Name of the clip: it changes with the words, the voice and the encoding."""
    recipe = [astuple(SPEAKERS[language]), LOUDNESS_DBFS, TONE, ENCODER, sentence]
    return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:16] + ".mp3"


def _speak(language: str, sentence: str) -> tuple[array[int], int]:
    speaker = SPEAKERS[language]
    command = ["espeak-ng", "-v", speaker.voice, "-s", str(speaker.words_per_minute)]
    command += ["-p", str(speaker.pitch), "-g", str(speaker.word_gap), "--stdout", "--stdin"]
    made = subprocess.run(command, input=sentence.encode(), capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(made)) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
        return samples, sound.getframerate()


def _trimmed_and_levelled(samples: array[int], rate_hz: int) -> array[int]:
    threshold = 32768 * 10 ** (SILENCE_DBFS / 20)
    loud = [index for index, sample in enumerate(samples) if abs(sample) > threshold]
    if not loud:
        raise ValueError("the voice gave only silence")
    margin = int(MARGIN_S * rate_hz)
    spoken = samples[max(0, loud[0] - margin) : loud[-1] + margin]
    mean_square = sum(sample * sample for sample in spoken) / len(spoken)
    gain = 32768 * 10 ** (LOUDNESS_DBFS / 20) / math.sqrt(mean_square)
    peak = max(abs(sample) for sample in spoken)
    gain = min(gain, 32768 * 10 ** (PEAK_DBFS / 20) / peak)
    return array("h", (round(sample * gain) for sample in spoken))


def make_clip(language: str, sentence: str, path: Path) -> None:
    """Speak ``sentence`` into the mp3 ``path``, trimmed and levelled, the same bytes every time."""
    samples, rate_hz = _speak(language, sentence)
    samples = _trimmed_and_levelled(samples, rate_hz)
    command = ["ffmpeg", "-v", "error", "-y", "-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "-"]
    command += ["-af", TONE, *ENCODER, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    unfinished = path.with_suffix(".part")
    subprocess.run([*command, "-f", "mp3", str(unfinished)], input=samples.tobytes(), check=True)
    unfinished.replace(path)


def duration_s(path: Path) -> float:
    """Seconds of sound in the mp3 ``path``."""
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)]
    return round(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout), 2)


def faults(language: str) -> list[str]:
    """What does not match between sentences, clips and manifest; empty where all is well."""
    folder = VOICE / language
    manifest_path = folder / "manifest.json"
    manifest = json.loads(manifest_path.read_text("utf-8"))["sentences"] if manifest_path.exists() else {}
    wanted = {sentence: file_name(language, sentence) for sentence in sentences(language)}
    found = {path.name for path in folder.glob("*.mp3")}
    listed = {sentence: entry["file"] for sentence, entry in manifest.items()}
    return [
        *(f"{language}: no clip for {text!r}" for text, name in wanted.items() if name not in found),
        *(
            f"{language}: not in the manifest: {text!r}"
            for text, name in wanted.items()
            if listed.get(text) != name
        ),
        *(f"{language}: no sentence for clip {name}" for name in sorted(found - set(wanted.values()))),
        *(f"{language}: no sentence for entry {text!r}" for text in sorted(listed.keys() - wanted.keys())),
    ]


def build(language: str) -> tuple[int, int]:
    """Make the missing clips, remove the needless ones, write the manifest; return both counts."""
    folder = VOICE / language
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {sentence: file_name(language, sentence) for sentence in sentences(language)}
    missing = [sentence for sentence, name in wanted.items() if not (folder / name).exists()]
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda sentence: make_clip(language, sentence, folder / wanted[sentence]), missing))
        needless = [path for path in folder.glob("*.mp3") if path.name not in wanted.values()]
        for path in needless:
            path.unlink()
        lengths = list(pool.map(lambda name: duration_s(folder / name), wanted.values()))
    entries = {
        sentence: {"file": name, "duration_s": length}
        for (sentence, name), length in zip(wanted.items(), lengths, strict=True)
    }
    manifest = {"language": language, "sentences": entries}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return len(missing), len(needless)


def main() -> int:
    """Build or check all languages; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what does not match")
    if parser.parse_args().check:
        wrong = [fault for language in SPEAKERS for fault in faults(language)]
        print("\n".join(wrong) or "Every sentence has its clip.")
        return 1 if wrong else 0
    for language in SPEAKERS:
        made, removed = build(language)
        size = sum(path.stat().st_size for path in (VOICE / language).glob("*.mp3"))
        print(f"{language}: {made} made, {removed} removed, {size / 1e6:.1f} MB in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
