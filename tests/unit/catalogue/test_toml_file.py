import shutil
import tomllib
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ischia.catalogue import CatalogueError, Fault, StrictModel, load_catalogue, read_folder, read_model
from ischia.catalogue.toml_file import line_of, lines_of, nearest

DATA = Path(__file__).parents[3] / "src/ischia/catalogue/data"
TARGETS = [
    "exercises/bridge/exercise.toml",
    "exercises/bridge/en.toml",
    "exercises/bridge/vi.toml",
    "sources.toml",
    "ladders/bridge.toml",
    "outcome_measures/pain_rating.toml",
    "phrases/vi.toml",
]


class Colour(StrictModel):
    id: str
    shade: Literal["light", "dark"]
    parts: tuple[int, ...] = ()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_well_written_file_becomes_a_model(tmp_path: Path) -> None:
    file = write(tmp_path, "red.toml", 'id = "red"\nshade = "dark"\nparts = [1, 2]\n')
    faults: list[Fault] = []
    assert read_model(file, "red.toml", Colour, faults) == Colour(id="red", shade="dark", parts=(1, 2))
    assert faults == []


def test_every_fault_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = write(tmp_path, "red.toml", 'id = 3\nshade = "grey"\nparts = [1, "two"]\n')
    faults: list[Fault] = []
    assert read_model(file, "red.toml", Colour, faults) is None
    assert [(fault.key, fault.line) for fault in faults] == [("id", 1), ("shade", 2), ("parts.1", 3)]


def test_a_folder_is_read_by_file_name(tmp_path: Path) -> None:
    write(tmp_path, "red.toml", 'id = "red"\nshade = "dark"\n')
    write(tmp_path, "blue.toml", 'id = "blue"\nshade = "light"\n')
    write(tmp_path, "notes.txt", "not ours")
    faults: list[Fault] = []
    assert list(read_folder(tmp_path, "colours", Colour, faults)) == ["blue", "red"]
    assert faults == []


def test_a_file_whose_id_is_another_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "red.toml", 'id = "blue"\nshade = "dark"\n')
    faults: list[Fault] = []
    read_folder(tmp_path, "colours", Colour, faults)
    assert [(fault.file, fault.key) for fault in faults] == [("colours/red.toml", "id")]


def test_a_folder_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    faults: list[Fault] = []
    assert read_folder(tmp_path / "none", "colours", Colour, faults) == {}
    assert [fault.problem for fault in faults] == ["the folder is missing"]


def test_a_file_nested_beyond_reason_is_a_fault(tmp_path: Path) -> None:
    file = write(tmp_path, "deep.toml", "a = " + "[" * 100_000 + "]" * 100_000)
    faults: list[Fault] = []
    assert read_model(file, "deep.toml", Colour, faults) is None
    assert len(faults) == 1


def test_lines_are_found_in_tables_and_arrays_of_tables(tmp_path: Path) -> None:
    text = 'a = 1\n[b.c]\nd = 2 # x\n[[e]]\nf = 1\n[[e]]\nf = 2\n[e.g]\n"h" = 3\n'
    lines = lines_of(write(tmp_path, "x.toml", text))
    assert lines == {"a": 1, "b.c": 2, "b.c.d": 3, "e": 4, "e.0": 4, "e.0.f": 5} | {
        "e.1": 6,
        "e.1.f": 7,
        "e.1.g": 8,
        "e.1.g.h": 9,
    }
    assert line_of(lines, "e.1.f.deeper") == 7
    assert line_of(lines, "nowhere") is None


def test_the_nearest_name_is_suggested() -> None:
    assert nearest("brigde", ["bridge", "superman"]) == "did you mean bridge?"
    assert nearest("xyz", ["b", "a"]) == "use one of: a, b"
    assert nearest("xyz", [f"name_{number}" for number in range(20)]) == "correct the name"


def test_faults_are_told_in_the_order_of_files_and_lines() -> None:
    error = CatalogueError(
        [Fault("b", "y", "p", "m", 2), Fault("b", "x", "p", "m", 1), Fault("a", "", "p", "m")]
    )
    assert [(fault.file, fault.line) for fault in error.faults] == [("a", None), ("b", 1), ("b", 2)]
    assert str(error).splitlines()[0] == "3 faults in the catalogue, nothing was loaded"


@pytest.fixture
def small(data: Path) -> Path:
    """The copy with one ladder only, quick to load many times."""
    rungs = load_catalogue(data).ladders["bridge"].rungs
    for folder in (data / "exercises").iterdir():
        if folder.name not in rungs:
            shutil.rmtree(folder)
    for ladder in (data / "ladders").glob("*.toml"):
        if ladder.stem != "bridge":
            ladder.unlink()
    load_catalogue(data)
    return data


SNIPPETS = st.sampled_from(
    [
        "",
        "=",
        '"',
        "[",
        "]]",
        "[[x]]\n",
        "\n",
        "\x00",
        "0",
        "-1",
        "1e999",
        "nan",
        "true",
        "{}",
        "[]",
        "é",
        "\ud7ff",
        "#",
    ]
) | st.text(max_size=8)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    target=st.sampled_from(TARGETS),
    at=st.floats(0, 1),
    cut=st.integers(0, 40),
    snippet=SNIPPETS,
)
@example(target="sources.toml", at=0.0, cut=40, snippet="consensus_unverified = 3\n")
@example(target="exercises/bridge/exercise.toml", at=0.0, cut=0, snippet="poses = []\n")
def test_a_random_edit_loads_or_is_told_in_words(
    small: Path, target: str, at: float, cut: int, snippet: str
) -> None:
    file = small / target
    before = file.read_text(encoding="utf-8")
    place = int(at * len(before))
    file.write_bytes((before[:place] + snippet + before[place + cut :]).encode("utf-8", errors="replace"))
    try:
        load_catalogue(small)
    except CatalogueError as error:
        assert error.faults
        for fault in error.faults:
            assert fault.file
            assert fault.problem
            assert fault.mend
    finally:
        file.write_text(before, encoding="utf-8")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=True)
    | st.text(max_size=5)
    | st.sampled_from(["start", "hold", "bridge", "both"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(picks=st.lists(st.integers(0, 50), min_size=1, max_size=4), value=VALUES)
def test_any_value_in_any_place_is_a_model_or_faults(picks: list[int], value: object) -> None:
    from ischia.catalogue import Exercise
    from ischia.catalogue.toml_file import _tuples, validate

    content = tomllib.loads((DATA / "exercises/bridge/exercise.toml").read_text(encoding="utf-8"))
    place: object = content
    for pick in picks[:-1]:
        inner = list(place.values()) if isinstance(place, dict) else place
        if isinstance(inner, list) and inner and isinstance(inner[pick % len(inner)], dict | list):
            place = inner[pick % len(inner)]
    if isinstance(place, dict) and place:
        place[sorted(place)[picks[-1] % len(place)]] = value
    elif isinstance(place, list) and place:
        place[picks[-1] % len(place)] = value
    faults: list[Fault] = []
    exercise = validate(_tuples(content), "x.toml", Exercise, faults)
    assert (exercise is None) == bool(faults)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_an_empty_file_is_told_by_what_is_missing(tmp_path: Path, text: str) -> None:
    faults: list[Fault] = []
    read_model(write(tmp_path, "red.toml", text), "red.toml", Colour, faults)
    assert {fault.key for fault in faults} == {"id", "shade"}
