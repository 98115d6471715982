"""Which shipped number, ladder, tier or condition could be changed without a test of the rules that fails?

usage: change_numbers.py [--only PATTERN] [--out RESULTS]

Works on a copy of the checkout. Each change is made alone: a number of the default protocol or of the safety
gate one step up and down (its limits give way, so that the number itself is what is tried), a limit one step
wider and narrower, a ladder's start one rung lower and higher and each of its rungs left out, a red-flag
question's tier, ``standing``, ``lasting`` and ``lift``, a condition's ``hold``. Then the tests of dose,
screening and scenarios run, without the state machine, until one fails. Names every change that none noticed,
and ends with status 1 where there is one.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = Path("src/ischia/catalogue/data")
TESTS = ("tests/scenarios", "tests/unit/dose", "tests/unit/screening")
QUIETLY = ("-x", "-q", "--tb=no", "-p", "no:cacheprovider", "-p", "no:xdist")
STATE_MACHINE = "tests/unit/dose/test_invariants.py"
OF_THE_FILE = ("tests/unit/dose/test_shipped_limits.py", "tests/unit/dose/test_protocol_file.py")
"""Left out where a number is tried: its limits gave way, and the file's text is not what it does."""
LOADED_ONCE = (
    "numpy",
    "hypothesis.stateful",
    "pytest_django.plugin",
    "ischia.dose.explain",
    "ischia.screening",
)
"""Imported before the forks, to save time; importing reads no data."""

OTHER = {
    'tier = "emergency"': ('tier = "same_day"',),
    'tier = "same_day"': ('tier = "emergency"', 'tier = "book_soon"'),
    'tier = "book_soon"': ('tier = "same_day"',),
    'lift = "clinician"': ('lift = "booked"',),
    'lift = "booked"': ('lift = "clinician"',),
    "standing = true": ("standing = false",),
    "standing = false": ("standing = true",),
    "lasting = true": ("lasting = false",),
    "hold = true": ("hold = false",),
    "hold = false": ("hold = true",),
}

Change = tuple[str, Path, str]
"""What is changed in words, the file, and its whole new text."""


def changes() -> Iterator[Change]:
    """Every change, one after the other."""
    yield from _protocol(DATA / "protocols" / "default.toml")
    yield from _gate(DATA / "screening.toml")
    for folder in ("red_flags", "conditions"):
        for path in sorted((ROOT / DATA / folder).glob("*.toml")):
            yield from _other_words(path.relative_to(ROOT))


def _protocol(path: Path) -> Iterator[Change]:
    text = (ROOT / path).read_text(encoding="utf-8")
    number = re.compile(r"\[numbers\.(\w+)\].*?\nvalue = (\S+)\n.*?least = (\S+)\nmost = (\S+)\n", re.DOTALL)
    for found in number.finditer(text):
        name, value, least, most = found[1], float(found[2]), float(found[3]), float(found[4])
        step = 0.05 if name.endswith("_share") else 1
        for kind, was in (("value", value), ("least", least), ("most", most)):
            for now in (was - step, was + step):
                block = _with(found[0], kind, now)
                if kind == "value":
                    block = _with(_with(block, "least", min(least, now)), "most", max(most, now))
                yield f"{name}: {kind} {was:g} -> {now:g}", path, text.replace(found[0], block)
    for found in re.finditer(r'\[ladders\.(\w+)\]\nstart = "(\w+)"\nrungs = \[(.*?)\]', text):
        name, start, rungs = found[1], found[2], re.findall(r"\w+", found[3])
        for other in rungs:
            block = found[0].replace(f'start = "{start}"', f'start = "{other}"')
            if abs(rungs.index(other) - rungs.index(start)) == 1:
                yield f"{name}: start {start} -> {other}", path, text.replace(found[0], block)
            kept = ", ".join(f'"{one}"' for one in rungs if one != other)
            if other != start:
                block = found[0].replace(found[3], kept)
                yield f"{name}: without {other}", path, text.replace(found[0], block)


def _with(block: str, key: str, number: float) -> str:
    return re.sub(rf"\n{key} = .*", f"\n{key} = {number:g}", block)


def _gate(path: Path) -> Iterator[Change]:
    text = (ROOT / path).read_text(encoding="utf-8")
    for found in re.finditer(r"\[(\w+)\]\nvalue = (\d+)\n", text):
        for now in (int(found[2]) - 1, int(found[2]) + 1):
            block = f"[{found[1]}]\nvalue = {now}\n"
            yield f"{found[1]}: {found[2]} -> {now}", path, text.replace(found[0], block)


def _other_words(path: Path) -> Iterator[Change]:
    text = (ROOT / path).read_text(encoding="utf-8")
    for was, others in OTHER.items():
        for now in others if f"{was}\n" in text else ():
            yield f"{path.stem}: {was} -> {now}", path, text.replace(was, now)


def notices(copy: Path, change: Change) -> str | None:
    """Make one change in the copy, run the tests in a process of their own; return what failed, or None."""
    what, path, text = change
    was = (copy / path).read_text(encoding="utf-8")
    (copy / path).write_text(text, encoding="utf-8")
    said = copy / "said.txt"
    child = os.fork()
    if child == 0:
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        left_out = [STATE_MACHINE, *(OF_THE_FILE if ": value " in what else ())]
        os._exit(int(pytest.main([*QUIETLY, *[f"--ignore={one}" for one in left_out], *TESTS])))
    _, status = os.waitpid(child, 0)
    (copy / path).write_text(was, encoding="utf-8")
    if os.waitstatus_to_exitcode(status) == 0:
        return None
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", said.read_text(encoding="utf-8"), re.MULTILINE)
    if not failed:
        sys.exit(f"the tests did not run: {said.read_text(encoding='utf-8')[-2000:]}")
    return str(failed[0])


def main() -> int:
    """Try every change; return 1 where one went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="", help="a pattern: only changes whose description holds it")
    parser.add_argument("--out", type=Path, help="a JSON line for each change goes here")
    told = parser.parse_args()
    unnoticed = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ("src", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        os.chdir(copy)
        sys.path.insert(0, str(copy / "src"))
        for module in LOADED_ONCE:
            import_module(module)
        for change in changes():
            if not re.search(told.only, change[0]):
                continue
            tried += 1
            failed = notices(copy, change)
            unnoticed += failed is None
            print(f"{'UNNOTICED' if failed is None else 'noticed  '} {change[0]}  {failed or ''}", flush=True)
            if told.out is not None:
                with told.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"change": change[0], "failed": failed}) + "\n")
    print(f"{tried} changes, {unnoticed} of them unnoticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
