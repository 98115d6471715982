"""Bridges counted by physiocore, in an environment of its own; prints "counted <name> <count>" a video."""

import sys
from pathlib import Path


def main() -> None:
    # physiocore reads the command line when a tracker is made.
    names, sys.argv = sys.argv[1:], sys.argv[:1]
    from physiocore.tracker import create_tracker

    for name in names:
        tracker = create_tracker("bridging")
        # Its own default asks for 5 s; the recordings hold for about one.
        tracker.set_hold_secs(0.5)
        count = tracker.process_video(name, display=False)
        print("counted", Path(name).stem, count, flush=True)


if __name__ == "__main__":
    main()
