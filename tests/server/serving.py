"""The real `ischia serve` as a process of its own, and a browser without a screen that talks to it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-c", "from ischia.cli import main; main()"]


class Served:
    """A running server; ``kill`` is SIGKILL, ``stop`` is SIGTERM."""

    def __init__(self, data: Path, *more: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--data", str(data), "--port", "0", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", "HOME": str(data.parent)},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"https?://\S+:\d+", line)
        if not found:
            out, err = self.process.communicate(timeout=30)
            raise AssertionError(f"the server did not start: {line}{out}{err}")
        self.address = found.group()
        self.fingerprint = ""
        while line and not line.startswith("Keep this window open"):
            line = self.process.stdout.readline()
            if "fingerprint" in line:
                self.fingerprint = line.split(": ")[-1].strip()

    def kill(self) -> None:
        """End the process at once, as a power cut or the kernel would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=30)

    def stop(self) -> int:
        """Ask the process to end, and return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)
        return self.process.returncode


def start_and_fail(*arguments: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run `ischia` where it is expected to refuse; ``before`` is a command that starts it."""
    return subprocess.run(
        [*before, *COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
    )


class Browser:
    """Cookies, forms and the JSON API, against a server that may move to another port."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        """Return a page."""
        with self.opener.open(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form with its token and return the page it led to."""
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token}).encode()
        with self.opener.open(self.address + path, data, timeout=20) as answer:
            return str(answer.read().decode())

    def put(self, path: str, body: dict[str, Any]) -> int:
        """Send JSON and return the status."""
        request = urllib.request.Request(
            self.address + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "X-CSRFToken": self.token},
            method="PUT",
        )
        try:
            with self.opener.open(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as fault:
            return fault.code

    @property
    def token(self) -> str:
        """The CSRF token of this browser."""
        return next(str(cookie.value) for cookie in self.cookies if cookie.name == "ischia_csrf")


def wait_until_answering(address: str) -> float:
    """Return the seconds until the first page came."""
    begun = time.monotonic()
    urllib.request.urlopen(address + "/help/", timeout=20).read()
    return time.monotonic() - begun
