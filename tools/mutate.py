"""Mutation testing of the rules: mutmut's mutants, each tried in a fork that stops at the first failing test.

usage: mutate.py WHERE... --tests PATH... [--leave-out PATH...] [--sample N [--seed S]] [--part K/N]
           [--again RESULTS] --out RESULTS

WHERE is a folder or a module below src/ischia, such as dose or screening/watch.py. Needs `pip install mutmut`
beside the test tools. One process collects the tests and notes which function each of them calls; then, for
every mutant, a fork puts the mutated code in the function's place and runs the tests that call it: those that
killed a mutant of the same function before, then the quickest first. RESULTS gets one JSON line a mutant:
where it is, what became of which text, killed or survived, and the seconds it took. With --sample at most N
mutants of each module are tried, drawn by chance from the seed. With --again only the mutants that survived
in RESULTS are tried.
"""

import argparse
import ast
import json
import os
import random
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import libcst as cst
import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "ischia"
MOST_S = 60


@dataclass(frozen=True)
class Mutant:
    """One mutant of one function."""

    file: str
    function: str
    line: int
    was: str
    now: str
    module: cst.Module
    mutation: Mutation

    @property
    def code(self) -> str:
        """The whole module as mutated."""
        changed = self.module.deep_replace(self.mutation.original_node, self.mutation.mutated_node)
        return str(cst.ensure_type(changed, cst.Module).code)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from the others, also after lines were added above it."""
        return self.file, self.function, self.was, self.now


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a module's functions."""
    module, mutations, _, _ = create_mutations(str(path), path.read_text(encoding="utf-8"))
    names = dict(_functions(module))
    lines = {
        (node.name.value, module.code_for_node(node)): place.start.line
        for node, place in MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider).items()
        if isinstance(node, cst.FunctionDef)
    }
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if function not in names:
            continue
        yield Mutant(
            str(path.relative_to(PACKAGE)),
            names[function],
            lines[function.name.value, module.code_for_node(function)],
            module.code_for_node(mutation.original_node).strip(),
            module.code_for_node(mutation.mutated_node).strip(),
            module,
            mutation,
        )


def _functions(node: cst.Module | cst.ClassDef, inside: str = "") -> Iterator[tuple[cst.FunctionDef, str]]:
    for one in node.body.body if isinstance(node, cst.ClassDef) else node.body:
        if isinstance(one, cst.FunctionDef):
            yield one, f"{inside}{one.name.value}"
        elif isinstance(one, cst.ClassDef):
            yield from _functions(one, f"{one.name.value}.")


class Trial:
    """A pytest plugin: in place of running the tests it tries every mutant with those that concern it."""

    def __init__(self, mutants: list[Mutant], out: Path) -> None:
        """Keep what to try and where to write."""
        self.mutants, self.out = mutants, out

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant."""
        settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
        settings.load_profile("mutants")
        by_function, seconds = _called(session.items)
        everything = sorted(session.items, key=lambda item: seconds[item.nodeid])
        killers: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
        with self.out.open("a", encoding="utf-8") as out:
            for mutant in self.mutants:
                tests = by_function.get((mutant.file, mutant.function), set())
                chosen = [item for item in everything if item.nodeid in tests] or everything
                before = killers[mutant.file, mutant.function]
                begin = time.perf_counter()
                killer = _try(mutant, [*before, *(item for item in chosen if item not in before)])
                if killer is not None:
                    before[:] = [killer, *(item for item in before if item is not killer)]
                told = {name: getattr(mutant, name) for name in ("file", "function", "line", "was", "now")}
                told |= {"result": "survived" if killer is None else "killed"}
                told |= {"tests": len(tests), "seconds": round(time.perf_counter() - begin, 2)}
                out.write(json.dumps(told) + "\n")
                out.flush()
        return True


def _called(items: list[pytest.Item]) -> tuple[dict[tuple[str, str], set[str]], dict[str, float]]:
    """Return which tests call which function, and how long each test takes."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    seconds: dict[str, float] = {}
    start = f"{PACKAGE}/"
    for item in items:
        hit: set[CodeType] = set()

        def watch(frame: Any, event: str, _: Any, hit: set[CodeType] = hit) -> None:
            if event == "call":
                hit.add(frame.f_code)

        begin = time.perf_counter()
        sys.setprofile(watch)
        reports = runtestprotocol(item, log=False, nextitem=None)
        sys.setprofile(None)
        seconds[item.nodeid] = time.perf_counter() - begin
        if any(report.failed for report in reports):
            raise SystemExit(f"{item.nodeid} fails without a mutant")
        for code in hit:
            if code.co_filename.startswith(start):
                name = code.co_qualname.partition(".<locals>")[0]
                found[code.co_filename.removeprefix(start), name].add(item.nodeid)
    return found, seconds


def _try(mutant: Mutant, tests: list[pytest.Item]) -> pytest.Item | None:
    """Return the first test that fails with the mutant in place, or None where it survives.

    Where the mutant cannot even be put in place, or a test never ends, the test on which it was counts.
    """
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(MOST_S)
        status = 1
        try:
            os.write(writing, b".")
            _put_in_place(mutant)
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            for item in tests:
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=None)):
                    break
                os.write(writing, b".")
            else:
                status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as passed:
        place = len(passed.read())
    _, status = os.waitpid(child, 0)
    return None if status == 0 else tests[place - 1]


def _put_in_place(mutant: Mutant) -> None:
    module = import_module("ischia." + mutant.file.removesuffix(".py").replace("/", "."))
    place: Any = module
    for name in mutant.function.split("."):
        place = place.__dict__[name]
    for wrapper in ("fget", "__func__", "__wrapped__", "func"):
        place = getattr(place, wrapper, place)
    if not isinstance(place, FunctionType):
        raise TypeError(f"{mutant.function} is no function")
    tree = ast.parse(mutant.code)
    definition = _definition(tree, mutant.function.split("."))
    place.__code__ = _code(compile(tree, module.__file__ or "", "exec"), mutant.function)
    values = [_value(one, module.__dict__) for one in definition.args.defaults]
    place.__defaults__ = tuple(values) or None
    named = zip(definition.args.kwonlyargs, definition.args.kw_defaults, strict=True)
    place.__kwdefaults__ = {one.arg: _value(value, module.__dict__) for one, value in named if value} or None
    for one in list(module.__dict__.values()):
        if hasattr(one, "cache_clear"):
            one.cache_clear()


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(node), "default", "eval"), names)


def _definition(tree: Any, path: list[str]) -> ast.FunctionDef:
    for name in path:
        tree = next(one for one in tree.body if getattr(one, "name", None) == name)
    return tree  # type: ignore[no-any-return]


def _code(module: CodeType, name: str) -> CodeType:
    for const in module.co_consts:
        if isinstance(const, CodeType):
            if const.co_qualname == name:
                return const
            if name.startswith(f"{const.co_qualname}."):
                return _code(const, name)
    raise LookupError(name)


def main() -> int:
    """Try the mutants and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("where", nargs="+")
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--leave-out", nargs="*", default=[], help="tests to leave out")
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--sample", type=int, help="mutants of each module, at most")
    parser.add_argument("--seed", type=int, default=0, help="seed of the sample")
    parser.add_argument("--again", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args()
    part, parts = map(int, told.part.split("/"))
    named = [PACKAGE / one for one in told.where]
    paths = [path for one in named for path in (sorted(one.rglob("*.py")) if one.is_dir() else [one])]
    by_module = [list(mutants_of(path)) for path in paths]
    if told.sample is not None:
        drawing = random.Random(told.seed)
        by_module = [drawing.sample(each, min(told.sample, len(each))) for each in by_module]
    mutants = [mutant for each in by_module for mutant in each]
    if told.again:
        lines = map(json.loads, told.again.read_text(encoding="utf-8").splitlines())
        parts_of_key = ("file", "function", "was", "now")
        survived = {tuple(one[name] for name in parts_of_key) for one in lines if one["result"] == "survived"}
        mutants = [mutant for mutant in mutants if mutant.key in survived]
    mutants = mutants[part::parts]
    print(f"{len(mutants)} mutants", flush=True)
    options = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        *told.tests,
        *(f"--deselect={one}" for one in told.leave_out),
    ]
    return int(pytest.main(options, plugins=[Trial(mutants, told.out)]))


if __name__ == "__main__":
    sys.exit(main())
