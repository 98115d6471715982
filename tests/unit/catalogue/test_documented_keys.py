import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from ischia.catalogue import (
    Camera,
    CareTimer,
    Caution,
    DoseBound,
    DoseRange,
    Exercise,
    ExerciseTexts,
    HomeCare,
    Ladder,
    MovementFault,
    OutcomeMeasure,
    Phase,
    Pose,
    PublishedDose,
    Source,
)
from ischia.catalogue.model import OutcomeTexts

PAGE = Path(__file__).parents[3] / "docs/reference/catalogue.md"
SECTIONS: dict[str, type[BaseModel]] = {
    "exercise.toml": Exercise,
    "dose": DoseRange,
    "dose.start and dose.ceiling": DoseBound,
    "dose.published": PublishedDose,
    "cautions": Caution,
    "camera": Camera,
    "poses": Pose,
    "phases": Phase,
    "faults": MovementFault,
    "en.toml and vi.toml": ExerciseTexts,
    "ladders": Ladder,
    "sources.toml": Source,
    "outcome_measures": OutcomeMeasure,
    "texts": OutcomeTexts,
    "home_care.toml": HomeCare,
    "heat and cold": CareTimer,
}


def section(title: str) -> str:
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE.read_text("utf-8"), re.S | re.M)
    assert found is not None, f"docs/reference/catalogue.md has no section {title}"
    return found.group(1)


@pytest.mark.parametrize("title", SECTIONS)
def test_the_reference_names_exactly_the_keys_of_the_model(title: str) -> None:
    documented = re.findall(r"^\| `(\w+)` \|", section(title), re.M)
    fields = SECTIONS[title].model_fields
    assert documented == [field.alias or name for name, field in fields.items()]


@pytest.mark.parametrize("title", SECTIONS)
def test_the_reference_marks_what_may_be_left_out(title: str) -> None:
    optional = set(re.findall(r"^\| `(\w+)` \| (?:\*Optional\.\*|Only with)", section(title), re.M))
    for name, field in SECTIONS[title].model_fields.items():
        key = field.alias or name
        if key in optional:
            assert not field.is_required(), f"{key} is required"


def test_every_folder_of_the_page_is_one_the_loader_reads() -> None:
    data = Path(__file__).parents[3] / "src/ischia/catalogue/data"
    for folder in ("exercises", "ladders", "outcome_measures", "phrases"):
        assert (data / folder).is_dir()
        assert f"{folder}/" in PAGE.read_text("utf-8")
