"""Imports point one way, and what is slow to import is imported when it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"

# A module belongs to the entry with the longest name that it starts with, and may import what stands on earlier lines
# only. Entries on one line know nothing of each other.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("_version", "errors"),
    ("storage", "workers"),
    ("text",),
    ("schema", "schema.interview"),
    ("codes",),
    ("collection.facts",),
    ("lexicons",),
    ("names",),
    ("collection", "findings"),
    ("readers", "people"),
    ("stages._base",),
    ("stages.layout",),
    (
        "stages.blocks",
        "stages.turns",
        "stages.metadata",
        "stages.speakers",
        "stages.quotes",
        "stages.echoes",
        "stages.corrections",
    ),
    ("stages.attribution",),
    ("stages",),
    ("pseudonymising",),
    ("sources", "checks"),
    ("pipeline",),
    ("schema.arrow",),
    ("tables",),
    ("batch",),
    ("engines", "publish", "schema._compatible", "schema._dictionary"),
    ("hub",),
    ("schema.contract", "release", "exports", "loading", "linking", "against", "testing"),
    ("checking", "changed", "delivering"),
    ("building", "rebuilding", "restoring", "api", "evaluation"),
    ("looking", "review", "releasing"),
    ("explaining", "scaffolding", "deciding"),
    ("cli",),
    ("__main__", ""),
)
RANK = {name: rank for rank, line in enumerate(LAYERS) for name in line}

# What takes long to import or may be missing, and the only modules that import it when they are imported themselves.
HEAVY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("datasets", "huggingface_hub", "pandas", "polars", "duckdb", "numpy", "ray", "lxml", "docx", "pdfminer"), ()
    ),
    **dict.fromkeys(("pypdf", "pymupdf", "chardet", "charset_normalizer", "html5lib", "bs4", "mlcroissant"), ()),
    "hypothesis": ("testing",),
    "rich": ("cli._terminal", "cli._bar", "cli.explain"),
    "pyarrow": (
        "schema.arrow",
        "schema.contract",
        "tables",
        "batch",
        "engines",
        "publish",
        "release",
        "exports",
        "loading",
        "linking",
        "building",
        "against",
    ),
}


def modules() -> dict[str, Path]:
    """Every module of the package by its name without `onrecord.`; the package itself is the empty name."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE / "onrecord").with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(tree: ast.AST, *, only_at_import: bool = False) -> Iterator[str]:
    """Yield the full names a module imports: what only the type checker sees is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if only_at_import and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name the whole path"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("onrecord.") in MODULES else str(node.module)
        else:
            yield from imports(node, only_at_import=only_at_import)


def own_imports(name: str, *, only_at_import: bool = False) -> set[str]:
    """The modules of this package that a module imports."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    found = {i for i in imports(tree, only_at_import=only_at_import) if i.split(".")[0] == "onrecord"}
    return {i.removeprefix("onrecord").removeprefix(".") for i in found} - {name}


def layer(name: str) -> str:
    """The entry of `LAYERS` a module belongs to."""
    while name and name not in RANK:
        name = name.rpartition(".")[0]
    return name


def is_below(module: str, entries: tuple[str, ...]) -> bool:
    """Whether a module is one of `entries` or inside one."""
    return any(module == entry or module.startswith(f"{entry}.") for entry in entries)


def test_every_module_has_a_layer() -> None:
    """A new module is put into the list of layers before anything imports it."""
    assert sorted(name for name in MODULES if name and not layer(name)) == []


def test_imports_point_down() -> None:
    """A module imports only what stands below it, within its own layer anything that makes no cycle."""
    wrong = [
        f"{name} imports {target}"
        for name in MODULES
        for target in sorted(own_imports(name))
        if layer(name) != layer(target) and RANK[layer(target)] >= RANK[layer(name)]
    ]
    assert wrong == []


def test_there_are_no_cycles() -> None:
    """No module imports itself by way of others, not even inside functions."""
    edges = {name: own_imports(name) & set(MODULES) for name in MODULES}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(edges[name]):
                visit(target, (*path, name))
            done.add(name)

    for name in sorted(MODULES):
        visit(name, ())


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    """What is slow or optional is imported inside the function that needs it."""
    wrong = [
        f"{name} imports {target} at its top"
        for name, path in MODULES.items()
        for target in _packages(path) & set(HEAVY)
        if not is_below(name, HEAVY[target])
    ]
    assert sorted(wrong) == []


def _packages(path: Path) -> set[str]:
    """The packages a module imports when it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name.split(".")[0] for name in imports(tree, only_at_import=True)}


def loaded(program: str, *arguments: str) -> set[str]:
    """Top-level names of the modules in memory after `program` has run in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print('loaded:', *sys.modules, file=sys.stderr)", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    names = run.stderr.rsplit("loaded:", 1)[1].split()
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        ("import onrecord", {*HEAVY, "pydantic", "yaml", "click"}),
        ("import onrecord; onrecord.parse; onrecord.Interview", set(HEAVY)),
        ("import onrecord.pipeline", set(HEAVY) | {"click"}),
        ("import onrecord.cli", {*HEAVY, "pydantic", "yaml"}),
    ],
)
def test_importing_costs_little(program: str, unwanted: set[str]) -> None:
    """Importing the package, the line, or the command line loads nothing that is slow."""
    assert loaded(program) & unwanted == set()


COMMAND = """
import sys
from onrecord.cli import main
try:
    main()
except SystemExit as end:
    assert end.code in (0, 1), end.code
"""


def test_checking_and_help_load_nothing_slow(tmp_path: Path) -> None:
    """`onrecord --help`, `onrecord check FILE` and `onrecord parse FILE` run without datasets, pandas and Arrow."""
    file = tmp_path / "talk.txt"
    file.write_text("Question: Who came?\nAnswer: Nobody did, “not even once,” she said.\n" * 3, encoding="utf-8")
    slow = {"datasets", "pandas", "pyarrow", "numpy", "polars", "duckdb"}
    for arguments in (["--help"], ["check", str(file)], ["parse", str(file)]):
        assert loaded(COMMAND, *arguments) & slow == set(), arguments
