"""How ``ischia catalogue`` looks in a terminal."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ischia.catalogue.model import Catalogue, DoseBound, Exercise, Ladder, Language
from ischia.catalogue.toml_file import Fault
from ischia.cli.catalogue_words import WORDS


def print_list(content: Catalogue, language: Language) -> None:
    """Print a table of every ladder, the easiest rung first."""
    words, texts = WORDS[language], content.texts(language)
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in ("exercise", "title", "position", "dose"):
        table.add_column(words[heading], no_wrap=heading in ("exercise", "dose"), header_style="bold")
    for ladder in content.ladders.values():
        for rung in ladder.rungs:
            exercise = content.exercises[rung]
            mark = "* " if rung == ladder.start else "  "
            name = Text(mark + rung, style="bold" if exercise.article else "")
            title = Text(texts[rung].title)
            if exercise.locked:
                title.append(" (!)", style="yellow")
            table.add_row(name, title, words[exercise.position], _range(exercise, language))
        table.add_section()
    console.print(table)
    legend = Text("\n  * ").append(words["new_patients"]).append("   (!) ", style="yellow")
    console.print(legend.append(words["locked"]).append(f"\n  {len(content.exercises)} "), end="")
    console.print(_count(language))


def print_exercise(content: Catalogue, exercise: Exercise, language: Language) -> None:
    """Print everything about one exercise."""
    words, texts = WORDS[language], content.texts(language)[exercise.id]
    console = Console(highlight=False)
    console.print()
    console.print(Text(texts.title, style="bold").append(f"  {exercise.id}", style="dim not bold"))
    equipment = ", ".join(words.get(item, item) for item in exercise.equipment) or words["no_equipment"]
    facts = [words[exercise.position], words[exercise.direction], words[exercise.sides], equipment]
    console.print(Text(" · ".join(facts), style="dim"))
    if exercise.article:
        console.print(Text(words["article"], style="dim"))
    if exercise.locked:
        console.print(Text(words["locked"], style="yellow"))
    console.print(Padding(texts.purpose, (1, 0)))

    said = _grid()
    for key in ("start_position", "movement", "hold", "return_", "breathing"):
        said.add_row(Text(words[key.rstrip("_")], style="bold"), getattr(texts, key))
    console.print(said)

    _heading(console, words["dose"])
    doses = _grid()
    for name, bound in (("start", exercise.dose.start), ("ceiling", exercise.dose.ceiling)):
        doses.add_row(
            Text(words[name], style="bold"), _bound(bound, exercise, language), _cited(content, bound.sources)
        )
    for published in exercise.dose.published:
        doses.add_row(
            Text(words["published"], style="dim"), published.text, _cited(content, published.sources)
        )
    console.print(doses)

    if exercise.cautions:
        _heading(console, words["cautions"])
        cautions = _grid()
        for caution in exercise.cautions:
            action = words[caution.action] + (f" {caution.by}" if caution.by else "")
            text = Text(texts.cautions[caution.condition]).append(f"\n{action}", style="dim")
            cautions.add_row(Text(caution.condition, style="bold"), text)
        console.print(cautions)

    _heading(console, words["phases"])
    phases = _grid()
    for phase in exercise.phases:
        seconds = words["as_dosed"] if phase.seconds is None else f"{phase.seconds:g} s"
        cue = texts.phases[phase.id]
        phases.add_row(Text(phase.id, style="bold"), seconds, Text(words[phase.breathing], style="dim"), cue)
    console.print(phases)

    if exercise.faults:
        _heading(console, words["faults"])
        faults = _grid()
        for fault in exercise.faults:
            faults.add_row(Text(fault.id, style="bold"), texts.faults[fault.id])
        console.print(faults)

    for ladder in content.ladders_with(exercise.id):
        _heading(console, f"{words['ladder']} {ladder.id}")
        console.print(Padding(_rungs(ladder, exercise.id), (0, 0, 0, 2)))
    console.print()


def print_faults(faults: Sequence[Fault]) -> None:
    """Print each fault with file, key and mend, file by file."""
    console = Console(highlight=False, soft_wrap=True)
    file = None
    for fault in faults:
        if fault.file != file:
            console.print(Text(fault.file, style="bold"))
            file = fault.file
        line = f"line {fault.line}, " if fault.line else ""
        text = Text(f"  {line}").append(fault.key or "the file", style="bold").append(f": {fault.problem}")
        console.print(text)
        console.print(Text("    mend: ", style="green").append(fault.mend, style="default"))
    console.print(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}")


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    return table


def _heading(console: Console, text: str) -> None:
    console.print(Padding(Text(text, style="bold cyan"), (1, 0, 0, 0)))


def _range(exercise: Exercise, language: Language) -> str:
    start, ceiling = exercise.dose.start, exercise.dose.ceiling
    side = WORDS[language]["each_short"] if exercise.sides == "each" else ""
    return f"{_short(start)} → {_short(ceiling)}{side}"


def _short(bound: DoseBound) -> str:
    sets = f"×{bound.sets}" if bound.sets > 1 else ""
    return f"{bound.hold_s:g} s×{bound.repetitions}{sets}"


def _bound(bound: DoseBound, exercise: Exercise, language: Language) -> str:
    words = WORDS[language]
    side = words["each_short"] if exercise.sides == "each" else ""
    more = f", {bound.sets} {words['sets']}, {words['rest']} {bound.rest_s:g} s" if bound.sets > 1 else ""
    return f"{bound.hold_s:g} s × {bound.repetitions}{side}{more}"


def _cited(content: Catalogue, sources: Sequence[str]) -> Text:
    return Text("; ".join(content.sources[source].title for source in sources), style="dim")


def _rungs(ladder: Ladder, here: str) -> Text:
    text = Text()
    for index, rung in enumerate(ladder.rungs):
        text.append(" → " if index else "", style="dim")
        text.append(rung, style="bold reverse" if rung == here else "")
    return text


def _count(language: Language) -> str:
    return "exercises" if language == "en" else "bài tập"
