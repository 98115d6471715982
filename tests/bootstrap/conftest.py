"""A small project that the real bootstrap sets up without any network."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BACKEND = """
import zipfile
from pathlib import Path

METADATA = "Metadata-Version: 2.1\\nName: ischia\\nVersion: 1.0\\n"

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "ischia-1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder, name), "w") as wheel:
        wheel.writestr("ischia.pth", str(Path("src").resolve()))
        wheel.writestr("ischia-1.0.dist-info/METADATA", METADATA)
        wheel.writestr("ischia-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr("ischia-1.0.dist-info/RECORD", "")
    return name
"""
COMMAND = """
import sys
import greeting

if sys.argv[1:] == ["assets"]:
    sys.exit()
print("ischia", *sys.argv[1:], greeting.WORD)
sys.exit(7 if "fail" in sys.argv else 0)
"""


@dataclass
class Project:
    """A checkout, and how to start it."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "ischia"), *arguments]

    def environment(self, **settings: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))}
        return kept | self.settings | settings

    def start(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run `./ischia` to its end, from another folder, with ``settings`` added to the environment."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(**settings),
            cwd="/",
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def open(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `./ischia` in a process group of its own, and go on."""
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment(),
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def change_lock(self) -> None:
        """Make the locked packages other than those that are installed."""
        lock = self.folder / "requirements" / "app.txt"
        lock.write_text(lock.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def write_project(folder: Path, wheels: Path) -> Project:
    """Lay a checkout into ``folder`` whose only dependency lies in ``wheels``."""
    wheels.mkdir()
    wheel = wheels / "greeting-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("greeting.py", "WORD = 'hello'\n")
        archive.writestr(
            "greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n"
        )
        archive.writestr("greeting-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("greeting-1.0.dist-info/RECORD", "")
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    files = {
        "requirements/app.txt": f"greeting==1.0 --hash=sha256:{sha256}\n",
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        "backend.py": BACKEND,
        "src/ischia/__init__.py": "",
        "src/ischia/__main__.py": COMMAND,
    }
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    shutil.copy2(REPOSITORY / "ischia", folder)
    (folder / "tools").mkdir()
    shutil.copy2(REPOSITORY / "tools" / "bootstrap.py", folder / "tools")
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_CONFIG_FILE": os.devnull}
    return Project(folder, settings)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh checkout, in a folder with a space in its name."""
    return write_project(tmp_path / "a check out", tmp_path / "wheels")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A checkout that is set up. For tests that leave it in order."""
    folder = tmp_path_factory.mktemp("made_once")
    project = write_project(folder / "check out", folder / "wheels")
    done = project.start("--version")
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that any user may enter, other than pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
