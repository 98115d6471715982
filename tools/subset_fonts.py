"""Make the handout's fonts: DejaVu Sans cut down to Latin with Vietnamese.

    python tools/subset_fonts.py FOLDER_WITH_DEJAVU_TTF

Needs fonttools. DejaVu is free to change and pass on (Bitstream Vera licence; its additions are in the public
domain).
"""

import argparse
from pathlib import Path

from fontTools import subset

OUT = Path(__file__).parent.parent / "src" / "ischia" / "demonstration" / "data" / "fonts"
RANGES = [
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x1A0, 0x1B0),
    (0x300, 0x323),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2026),
    (0x2610, 0x2610),
]


def main() -> None:
    """Write the two fonts."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    OUT.mkdir(exist_ok=True)
    for source, name in (("DejaVuSans.ttf", "regular.ttf"), ("DejaVuSans-Bold.ttf", "bold.ttf")):
        options = subset.Options(layout_features=["kern"], hinting=False, drop_tables=["FFTM"])
        font = subset.load_font(str(folder / source), options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
        cut.subset(font)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        subset.save_font(font, str(OUT / name), options)
        print(f"{name}: {(OUT / name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
