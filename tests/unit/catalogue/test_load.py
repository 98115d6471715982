from pathlib import Path

import pytest
from pydantic import ValidationError

from ischia.catalogue import CatalogueError, load_catalogue

ARTICLE = {"knee_to_chest", "standing_extension", "prone_on_elbows", "superman", "curl_up", "bridge"}
LOCKED = {"press_up", "superman", "curl_up"}


def test_the_six_exercises_of_the_programme_are_there() -> None:
    exercises = load_catalogue().exercises.values()
    assert {exercise.id for exercise in exercises if exercise.article} == ARTICLE


def test_exactly_the_rungs_that_need_a_clinician_are_locked() -> None:
    exercises = load_catalogue().exercises.values()
    assert {exercise.id for exercise in exercises if exercise.locked} == LOCKED


def test_every_exercise_has_words_in_both_languages() -> None:
    catalogue = load_catalogue()
    assert set(catalogue.texts("en")) == set(catalogue.texts("vi")) == set(catalogue.exercises)


def test_the_packaged_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_a_folder_given_by_path_gives_the_same_catalogue() -> None:
    data = Path(__file__).parents[3] / "src/ischia/catalogue/data"
    assert load_catalogue(data) == load_catalogue()


def test_what_was_loaded_cannot_be_changed() -> None:
    exercise = load_catalogue().exercises["bridge"]
    with pytest.raises(ValidationError):
        exercise.locked = True  # type: ignore[misc]


def test_lists_arrive_as_tuples() -> None:
    assert load_catalogue().exercises["bridge"].equipment == ("mat",)


def test_the_ladders_of_a_shared_rung_are_both_found() -> None:
    ladders = load_catalogue().ladders_with("abdominal_brace")
    assert {ladder.id for ladder in ladders} == {"superman", "curl_up"}


def test_consensus_and_weak_sources_may_not_be_cited() -> None:
    sources = load_catalogue().sources
    assert not sources["consensus_unverified"].citable
    assert not sources["weak_web_page"].citable
    assert sources["mayo_back_exercises"].citable


def test_no_starting_dose_or_ceiling_claims_a_paper() -> None:
    for exercise in load_catalogue().exercises.values():
        assert exercise.dose.start.sources == exercise.dose.ceiling.sources == ("consensus_to_sign_off",)


def test_a_folder_that_is_not_there_is_one_clear_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no such folder"):
        load_catalogue(tmp_path / "nowhere")


def test_an_empty_folder_names_everything_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    missing = {fault.file for fault in caught.value.faults}
    assert missing == {
        "exercises",
        "home_care.toml",
        "ladders",
        "outcome_measures",
        "phrases/en.toml",
        "phrases/vi.toml",
        "sources.toml",
    }


def test_all_faults_are_told_at_once(data: Path) -> None:
    (data / "exercises/bridge/vi.toml").unlink()
    (data / "sources.toml").write_text("[oops\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(data)
    assert {fault.file for fault in caught.value.faults} == {"exercises/bridge/vi.toml", "sources.toml"}
    assert str(caught.value).startswith("2 faults in the catalogue, nothing was loaded")


def test_files_that_do_not_fit_together_are_not_loaded(data: Path) -> None:
    ladder = data / "ladders/bridge.toml"
    text = ladder.read_text(encoding="utf-8")
    ladder.write_text(text.replace('"half_bridge"', '"half_brigde"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match="there is no exercise half_brigde; did you mean half_bridge"):
        load_catalogue(data)
