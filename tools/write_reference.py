"""Write the pages in `docs/reference` that describe the commands and what stands in the catalogue's data.

    .venv/bin/python tools/write_reference.py

The pages are never edited by hand; a test compares them with the commands and the data.
"""

import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from ischia.cli import commands

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "src" / "ischia" / "catalogue" / "data"
PAGES: Final = ROOT / "docs" / "reference"
MADE: Final = "This page is made from the catalogue's files by `tools/write_reference.py`.\n"
COMMANDS: Final = """# Commands

`./ischia COMMAND` in a checkout, `ischia COMMAND` where the package is installed. `./ischia` alone is
`./ischia serve`. `./ischia test` belongs to the checkout, not to the package: [start and set-up](set-up.md).
This page is made from `ischia COMMAND --help` by `tools/write_reference.py`.

Results go to standard output, everything else to standard error. Exit statuses: 0 done; 1 something went
wrong or a check found faults; 2 the command was called wrongly; 3 a file or folder that was given cannot be
used; 130 stopped by Ctrl-C. What went wrong is told in one sentence.
"""
TIERS: Final = {
    "emergency": "Emergency department, now",
    "same_day": "A doctor, today",
    "book_soon": "Book a visit soon",
}

Table = Mapping[str, Any]


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """The text of each page, by its file name."""
    sources = read(DATA / "sources.toml")
    return {
        "commands.md": command_pages(),
        "exercises.md": exercises(sources),
        "alarm-signs.md": alarm_signs(sources),
        "dose-rules.md": dose_rules(sources),
        "sources.md": source_list(sources),
    }


def command_pages() -> str:
    """Every command with its options."""
    return COMMANDS + "".join(_described("ischia", commands))


def _described(words: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=words)
    if words != "ischia":
        yield f"\n{'#' * (words.count(' ') + 1)} {words}\n"
        yield f"\n{inspect.cleandoc(command.help or '')}\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _described(f"{words} {name}", found)
        return
    yield f"\nUsage: `{words} {' '.join(command.collect_usage_pieces(context))}`\n"
    records = [each.get_help_record(context) for each in command.params if isinstance(each, click.Option)]
    if records:
        yield "\n| Option | |\n|---|---|\n"
    for option, says in filter(None, records):
        # A bar would end the table's cell.
        yield "| `{}` | {} |\n".format(option.replace("|", "\\|"), says)


def exercises(sources: Table) -> str:
    """Every exercise, ladder by ladder."""
    found = {folder.name: folder for folder in sorted((DATA / "exercises").iterdir()) if folder.is_dir()}
    titles = {name: read(folder / "en.toml")["title"] for name, folder in found.items()}
    parts = ["# The exercises\n", MADE]
    parts.append(
        "A dose is written seconds of hold × repetitions × sets; with *each side* it is that of one side.\n"
    )
    parts.append("## Ladders, from easier to harder\n")
    for ladder in folder_of("ladders"):
        parts.append(f"- **{titles[ladder['id']]}**: {', '.join(titles[rung] for rung in ladder['rungs'])}")
    for name, folder in found.items():
        exercise, words = read(folder / "exercise.toml"), read(folder / "en.toml")
        dose = exercise["dose"]
        parts.append(f"\n## {words['title']}\n\n`{name}`. {words['purpose']}\n")
        parts.append(f"- Position: {exercise['position']}. Direction: {exercise['direction']}.")
        sides = ", each side" if exercise["sides"] == "each" else ""
        for part, label in (("start", "Starts at"), ("ceiling", "Never above")):
            parts.append(f"- {label} {written(dose[part])}{sides} ({cited(dose[part]['sources'], sources)}).")
        for published in dose.get("published", ()):
            parts.append(f"- Published: {published['text']} ({cited(published['sources'], sources)})")
        if exercise.get("locked"):
            parts.append("- Nobody does it until a clinician unlocks it.")
        for caution in exercise.get("cautions", ()):
            by = f" by {titles[caution['by']]}" if "by" in caution else ""
            condition = caution["condition"].replace("_", " ")
            parts.append(
                f"- With {condition}: {caution['action']}{by} ({cited(caution['sources'], sources)})."
            )
    return "\n".join(parts) + "\n"


def alarm_signs(sources: Table) -> str:
    """Every question of the safety gate, and every condition that is asked for."""
    parts = ["# Alarm signs and conditions\n", MADE]
    flags = folder_of("red_flags")
    for tier, title in TIERS.items():
        rows = [flag for flag in flags if flag["tier"] == tier]
        parts.append(f"## {title}\n\n| Question | Why | Source |\n|---|---|---|")
        parts += [
            f"| {row['en']['ask']} (`{row['id']}`) | {row['en']['why']} | {cites(row, sources)} |"
            for row in rows
        ]
        parts.append("")
    parts.append("## Conditions asked for at the first visit\n")
    parts.append(
        "*Hold*: no exercise until a clinician has cleared it. The others change single exercises.\n"
    )
    parts.append("| Question | Why | Hold | Source |\n|---|---|---|---|")
    for row in sorted(folder_of("conditions"), key=lambda each: int(each["order"])):
        hold = "yes" if row["hold"] else ""
        words = row["en"]
        parts.append(f"| {words['ask']} (`{row['id']}`) | {words['why']} | {hold} | {cites(row, sources)} |")
    return "\n".join(parts) + "\n"


def dose_rules(sources: Table) -> str:
    """Every rule's sentence, and every number the rules work with."""
    file = DATA / "protocols" / "default.toml"
    protocol = read(file)
    meanings = dict(
        re.findall(r"^\[numbers\.(\w+)\]\s*# (.+)$", file.read_text(encoding="utf-8"), flags=re.M)
    )
    parts = ["# The rules of doses\n", MADE]
    parts.append(f"{protocol['title']}, version {protocol['version']}.\n")
    parts.append("## Rules\n\n| Rule | What it says to the patient |\n|---|---|")
    parts += [
        f"| `{rule}` | {says} |" for rule, says in read(DATA / "rules" / "en.toml")["sentences"].items()
    ]
    parts.append("\n## Numbers\n\nA clinician may change a number within its limits.\n")
    parts.append("| Number | Meaning | Value | Limits | Source |\n|---|---|---|---|---|")
    for name, number in protocol["numbers"].items():
        limits = f"{number['least']} to {number['most']}"
        value = f"{number['value']} {number['unit']}"
        source = cited([number["source"]], sources)
        parts.append(f"| `{name}` | {meanings[name]} | {value} | {limits} | {source} |")
    return "\n".join(parts) + "\n"


def source_list(sources: Table) -> str:
    """Every source, and how far it can be trusted."""
    parts = ["# Sources\n", MADE]
    parts.append(
        "*read* and *measured* may be cited. *weak* was read but is weak itself. *consensus* has no paper"
    )
    parts.append(
        "it is our proposal or general knowledge of the field, and waits for a clinician's signature.\n"
    )
    parts.append("| Id | Title | Year | Trust |\n|---|---|---|---|")
    for name, source in sources.items():
        doi = f", doi {source['doi']}" if "doi" in source else ""
        parts.append(f"| `{name}` | {source['title']}{doi} | {source.get('year', '')} | {source['trust']} |")
    return "\n".join(parts) + "\n"


def read(file: Path) -> dict[str, Any]:
    """One TOML file."""
    return tomllib.loads(file.read_text(encoding="utf-8"))


def folder_of(name: str) -> list[dict[str, Any]]:
    """Every TOML file of one folder of the data."""
    return [read(file) for file in sorted((DATA / name).glob("*.toml"))]


def written(dose: Table) -> str:
    """A dose in short."""
    return f"{dose['hold_s']:g} s × {dose['repetitions']} × {dose['sets']}"


def cites(row: Table, sources: Table) -> str:
    """The sources of a table, its own list or a single one."""
    return cited(row.get("sources", ()), sources)


def cited(ids: Iterable[str], sources: Table) -> str:
    """Titles of sources; what is no citation says so itself."""
    return "; ".join(str(sources[each]["title"]) for each in ids)


if __name__ == "__main__":
    main()
