"""What a person can use has a page, and the pages lead somewhere."""

import re
from pathlib import Path

import pytest
from tools.write_reference import pages as reference_pages

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def pages(repository: Path) -> list[Path]:
    return [*sorted(repository.glob("*.md")), *sorted((repository / "docs").rglob("*.md"))]


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


@pytest.mark.parametrize(
    "name", ["commands.md", "exercises.md", "alarm-signs.md", "dose-rules.md", "sources.md"]
)
def test_every_command_exercise_rule_and_source_has_its_place(repository: Path, name: str) -> None:
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
