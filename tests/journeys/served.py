"""The real server in a process of its own: started, killed and started again on the same folder."""

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

START_S = 60
ADDRESS = re.compile(r"https?://127\.0\.0\.1:(\d+)/")


class Served:
    """``ischia serve`` on a data folder. The port stays the same after a restart, as it does at home."""

    def __init__(self, folder: Path, *more: str) -> None:
        """Name the data folder and further options; ``start`` starts the server."""
        self.folder = folder
        self.more = more
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Where it answers, without a slash at the end."""
        scheme = "https" if "--https" in self.more else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        run = "from ischia.cli import main; main()"
        command = [sys.executable, "-c", run, "serve", "--data", str(self.folder), "--port", str(self.port)]
        command += self.more
        home = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
        home |= {"HOME": str(self.folder), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, env=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        said = ""
        output = self.process.stdout
        assert output is not None
        while (found := ADDRESS.search(said)) is None:
            ready, _, _ = select.select([output], [], [], START_S)
            line = output.readline() if ready else ""
            if not line:
                raise AssertionError(f"the server did not start: {said}")
            said += line
        self.port = int(found[1])

    def kill(self) -> None:
        """End it as a power cut would: at once, with nothing tidied up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None
