import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "src/ischia/catalogue/data"
PINNED = Path(__file__).parent / "pinned"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may spoil.

    One exercise, the phrases and a question are pinned, and files of other rooms stay behind, so that these
    tests do not hang on the wording of the real ones.
    """
    copy = tmp_path / "data"
    copy.mkdir()
    for name in ("exercises", "ladders", "outcome_measures", "conditions"):
        shutil.copytree(DATA / name, copy / name)
    for name in ("home_care.toml", "sources.toml"):
        shutil.copy(DATA / name, copy / name)
    shutil.copytree(PINNED, copy, dirs_exist_ok=True)
    return copy
