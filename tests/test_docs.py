"""What a person can use has a page, and the pages lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tools.write_reference import pages as reference_pages

from ischia.cli import commands

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages(repository: Path) -> list[Path]:
    return [*sorted(repository.glob("*.md")), *sorted((repository / "docs").rglob("*.md"))]


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Every command and command of a command, by the words one types."""
    waiting: list[tuple[str, click.Command]] = [("ischia", commands)]
    while waiting:
        words, command = waiting.pop()
        if words != "ischia":
            yield words, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                waiting.append((f"{words} {name}", found))


def section(page: str, heading: str) -> str:
    """The text below a heading of any level, up to the next heading."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", page, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/reference/commands.md has no section '{heading}'"
    return found.group(1)


def test_every_command_and_option_is_described(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for words, command in every_command():
        text = section(page, words)
        options = [max(each.opts, key=len) for each in command.params if isinstance(each, click.Option)]
        missing = [option for option in options if f"`{option}" not in text]
        assert missing == [], f"docs/reference/commands.md says nothing of them under '{words}'"


def test_no_command_is_described_that_is_not_there(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^#+ (ischia .+)$", page, flags=re.MULTILINE))
    assert described - {words for words, _ in every_command()} == set()


def test_every_room_has_its_place_in_the_architecture(repository: Path) -> None:
    page = (repository / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    package = repository / "src" / "ischia"
    rooms = [path.stem for path in package.iterdir() if path.suffix in {"", ".py"} and path.stem[0] != "_"]
    assert [room for room in rooms if f"| `{room}` |" not in page] == []


def test_every_environment_variable_is_described(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "set-up.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (repository / "src").rglob("*.py")]
    variables = set(re.findall(r"\bISCHIA_[A-Z_]+\b", "\n".join(sources)))
    assert [variable for variable in variables if f"`{variable}`" not in page] == []


def test_every_decision_says_why_and_what_follows(repository: Path) -> None:
    folder = repository / "docs" / "decisions"
    index = (folder / "index.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("[0-9]*.md"))
    assert [page.name[:4] for page in decisions] == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]
        title = text.partition("\n")[0].removeprefix("# ")
        assert f"- [{page.name[:4]} {title}]({page.name})" in index


@pytest.mark.parametrize("name", ["exercises.md", "alarm-signs.md", "dose-rules.md", "sources.md"])
def test_every_exercise_rule_and_source_has_its_page(repository: Path, name: str) -> None:
    page = (repository / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == reference_pages()[name], "run tools/write_reference.py"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as readers of Markdown on the web make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere(repository: Path) -> None:
    broken = []
    for page in pages(repository):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            name, _, anchor = link.partition("#")
            target = page if not name else page.parent / name
            if link.startswith(("https://", "mailto:")):
                continue
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.relative_to(repository)}: {link}")
    assert broken == []


def test_every_page_can_be_reached_from_the_index(repository: Path) -> None:
    start = repository / "docs" / "index.md"
    reached, waiting = set(), [start.resolve()]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = LINK.findall(page.read_text(encoding="utf-8"))
        targets = [page.parent / link.partition("#")[0] for link in links if "://" not in link]
        waiting += [target.resolve() for target in targets if target.is_file()]
    assert {page for page in pages(repository) if page.is_relative_to(start.parent)} - reached == set()


@pytest.mark.parametrize("command", ["./ischia", "./ischia test"])
def test_the_readme_names_the_two_commands(repository: Path, command: str) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{re.escape(command)} +#", readme, flags=re.MULTILINE)
