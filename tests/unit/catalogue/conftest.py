import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parents[3] / "src/ischia/catalogue/data"
PINNED = Path(__file__).parent / "pinned"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the catalogue that a test may spoil.

    One exercise and the phrases are pinned, so that these tests do not hang on the wording of the real ones.
    """
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    shutil.copytree(PINNED, copy, dirs_exist_ok=True)
    return copy
