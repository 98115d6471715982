"""The accessibility checker, run on a page as it stands: nothing serious, nothing critical."""

from pathlib import Path

from playwright.sync_api import Page

WORST = ("serious", "critical")
RUN = """async () => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"]});
  return violations.map(({id, impact, help, nodes}) =>
    ({id, impact, help, where: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary}`)}));
}"""


def axe_source(repository: Path) -> str | None:
    """The checker's script, or None where its package is not installed."""
    path = repository / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def faults_of(page: Page, source: str, name: str) -> list[str]:
    """Serious and critical faults of the page, in the light and in the dark scheme."""
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(source)
        for fault in page.evaluate(RUN):
            if fault["impact"] in WORST:
                found.append(f"{name} ({scheme}): {fault['id']}, {fault['help']}: {fault['where'][:3]}")
    return found
