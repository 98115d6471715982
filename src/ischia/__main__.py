"""Run the command: ``python -m ischia``."""

from ischia.cli import main

if __name__ == "__main__":
    main()
