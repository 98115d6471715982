import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import ischia.cli
from ischia.catalogue import load_catalogue, packaged_data
from ischia.cli.catalogue import catalogue
from ischia.cli.catalogue_words import WORDS

DATA = Path(__file__).parents[3] / "src/ischia/catalogue/data"
IDS = sorted(load_catalogue().exercises)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(catalogue, arguments)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_fits_eighty_columns_and_names_every_exercise(language: str) -> None:
    result = run("list", "--lang", language)
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    for exercise_id in IDS:
        assert f" {exercise_id} " in result.output


def test_the_list_as_json_holds_the_doses() -> None:
    listed = {entry["id"]: entry for entry in json.loads(run("list", "--json").output)}
    assert sorted(listed) == IDS
    assert listed["bridge"]["title"] == "Bridge"
    assert listed["bridge"]["dose"]["ceiling"]["repetitions"] == 10
    assert listed["superman"]["locked"] is True


def test_the_list_as_json_speaks_vietnamese_when_asked() -> None:
    listed = {entry["id"]: entry for entry in json.loads(run("list", "--json", "--lang", "vi").output)}
    assert listed["bridge"]["title"] == load_catalogue().texts("vi")["bridge"].title


@pytest.mark.parametrize("exercise_id", IDS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_exercise_is_shown_within_eighty_columns(exercise_id: str, language: str) -> None:
    result = run("show", exercise_id, "--lang", language)
    assert result.exit_code == 0
    long = [line for line in result.output.splitlines() if len(line) > 80]
    assert long == []


def test_show_prints_doses_with_their_sources_and_the_ladder() -> None:
    output = " ".join(run("show", "bridge").output.split())
    assert "10 s × 10, 2 sets, rest 30 s" in output
    assert "Mayo Clinic" in output
    assert "half_bridge → bridge → marching_bridge" in output


def test_show_as_json_holds_the_words_of_both_languages() -> None:
    shown = json.loads(run("show", "bridge", "--json").output)
    assert shown["phases"][0]["from"] == "start"
    assert shown["texts"]["en"]["return"]
    assert shown["texts"]["vi"]["return"]
    assert [ladder["id"] for ladder in shown["ladders"]] == ["bridge"]


def test_an_unknown_id_is_wrong_use_with_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        ischia.cli.main(["catalogue", "show", "brigde"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "ischia: There is no exercise 'brigde': did you mean bridge?\n"


def test_a_catalogue_without_faults_is_well(data: Path) -> None:
    result = run("check", "--data", str(data))
    assert (result.exit_code, result.output) == (0, f"{len(IDS)} exercises, all well\n")


def test_the_built_in_catalogue_is_checked_without_data() -> None:
    assert packaged_data().is_dir()
    result = run("check")
    assert (result.exit_code, result.output) == (0, f"{len(IDS)} exercises, all well\n")


def test_each_fault_is_printed_with_file_line_key_and_mend(data: Path) -> None:
    file = data / "ladders/bridge.toml"
    file.write_text(file.read_text("utf-8").replace('"half_bridge"', '"half_brigde"'), encoding="utf-8")
    result = run("check", "--data", str(data))
    assert result.exit_code == 1
    assert "ladders/bridge.toml" in result.output
    assert "line 4, rungs: there is no exercise half_brigde" in result.output
    assert "mend: did you mean half_bridge?" in result.output


def test_faults_as_json_are_for_programs(data: Path) -> None:
    (data / "sources.toml").unlink()
    result = run("check", "--json", "--data", str(data))
    assert result.exit_code == 1
    assert json.loads(result.output)["faults"] == [
        {"file": "sources.toml", "line": None, "key": "", "problem": "the file is missing", "mend": "add it"}
    ]


@pytest.mark.parametrize("command", [["list"], ["show", "bridge"], ["check"]])
def test_a_folder_that_is_not_there_is_unusable(command: list[str], tmp_path: Path) -> None:
    result = run(*command, "--data", str(tmp_path / "none"))
    assert result.exit_code == 3
    assert "There is no folder" in result.output


@pytest.mark.parametrize("command", [["list"], ["show", "bridge"], ["check"]])
def test_a_folder_that_is_no_catalogue_is_unusable(command: list[str], tmp_path: Path) -> None:
    result = run(*command, "--data", str(tmp_path))
    assert result.exit_code == 3
    assert "holds no folder 'exercises'" in result.output


@pytest.mark.parametrize("command", [["list"], ["show", "bridge"]])
def test_a_catalogue_with_faults_is_not_shown_half(command: list[str], data: Path) -> None:
    (data / "exercises/bridge/vi.toml").unlink()
    result = run(*command, "--data", str(data))
    assert result.exit_code == 3
    assert "The catalogue has a fault, nothing was loaded" in result.output


def test_both_languages_have_the_same_words_around() -> None:
    assert set(WORDS["en"]) == set(WORDS["vi"])


def test_without_a_command_the_help_is_shown() -> None:
    result = run()
    assert result.exit_code == 0
    assert "Show one exercise in full." in result.output
