"""Our own Python for the browser: the very files that run here, in an archive that Python imports from.

Only rooms that use the standard library alone are in it, and no data: what they need to know of an exercise
comes as JSON.
"""

import hashlib
import io
import zipfile
from functools import cache
from importlib.resources import files
from typing import Final

ROOMS: Final = ("anatomy", "coaching", "kinematics", "movement", "session")
NAME: Final = "ischia.zip"


@cache
def archive() -> bytes:
    """Return the archive, not packed. The same files give the same bytes."""
    package = files("ischia")
    found = {f"ischia/{name}": package / name for name in ("__init__.py", "units.py")}
    for room in ROOMS:
        if (package / room).is_dir():
            found |= {
                f"ischia/{room}/{f.name}": f for f in (package / room).iterdir() if f.name.endswith(".py")
            }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(found):
            bundle.writestr(zipfile.ZipInfo(name), found[name].read_bytes())
    return packed.getvalue()


@cache
def digest() -> str:
    """Return the archive's SHA-256."""
    return hashlib.sha256(archive()).hexdigest()
