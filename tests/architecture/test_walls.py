"""The walls of the house; each must turn red on a planted violation."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
DRAWING = {"matplotlib", "folium", "plotly", "branca", "dash", "dash_leaflet", "flask"}
FILES = {"pathlib", "io", "os", "shutil", "tempfile", "urllib", "requests", "pooch"}
TOP_LEVEL_CALLS = {"open", "Dash", "read_csv", "read_file", "urlopen", "today", "now"}


def layer_files(racine: Path) -> list[Path]:
    return sorted(p for p in (racine / "layers").glob("*.py") if p.stem not in {"__init__", "registry"})


def imported(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return names


def layer_faults(path: Path, layer_names: set[str]) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    faults = []
    for name in imported(tree):
        top = name.split(".")[0]
        if top in DRAWING or top in FILES or name.startswith("layers.renderers"):
            faults.append(f"{path.name} imports {name}")
        if name.startswith("layers.") and name.split(".")[1] in layer_names:
            faults.append(f"{path.name} imports the layer {name}")
    faults += [f"{path.name} opens a file" for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "open"]
    return faults


def import_time_faults(path: Path) -> list[str]:
    """Calls to files, clock, network or Dash() outside any function, and caught bare exceptions anywhere."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    faults = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If):
            continue
        for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in TOP_LEVEL_CALLS:
                faults.append(f"{path.relative_to(path.parents[1])}:{call.lineno} calls {name} at import")
    for handler in (n for n in ast.walk(tree) if isinstance(n, ast.ExceptHandler)):
        broad = handler.type is None or getattr(handler.type, "id", "") in {"Exception", "BaseException"}
        if broad and not any(isinstance(n, ast.Raise) for n in ast.walk(handler)):
            faults.append(f"{path.name}:{handler.lineno} swallows every exception")
    return faults


def modules(racine: Path) -> list[Path]:
    return [p for room in ("data", "layers", "dashboard") for p in sorted((racine / room).rglob("*.py"))]


def test_layer_files_import_no_layer_no_renderer_no_drawing_library_and_open_no_file() -> None:
    paths = layer_files(RACINE)
    assert len(paths) >= 4
    names = {p.stem for p in paths}
    assert [f for p in paths for f in layer_faults(p, names)] == []


def test_nothing_at_import_but_definitions_and_no_swallowed_bug() -> None:
    assert [f for p in modules(RACINE) for f in import_time_faults(p)] == []


def test_modules_keep_to_their_size() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in modules(RACINE)}
    assert {str(p): n for p, n in sizes.items() if n > 300} == {}
    assert {str(p): n for p in layer_files(RACINE) if (n := sizes[p]) > 120} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "import matplotlib",
        "from layers.renderers import leaflet",
        "import layers.densite_services",
        "from pathlib import Path",
        "x = open('f')",
    ],
)
def test_the_layer_wall_turns_red(tmp_path: Path, planted: str) -> None:
    path = tmp_path / "couche.py"
    path.write_text(planted, encoding="utf-8")
    assert layer_faults(path, {"densite_services"})


@pytest.mark.parametrize(
    "planted",
    [
        "import pandas as pd\nT = pd.read_csv('f')",
        "from datetime import date\nJ = date.today()",
        "from dash import Dash\napp = Dash()",
        "try:\n    pass\nexcept Exception:\n    pass",
    ],
)
def test_the_import_wall_turns_red(tmp_path: Path, planted: str) -> None:
    path = tmp_path / "room" / "module.py"
    path.parent.mkdir()
    path.write_text(planted, encoding="utf-8")
    assert import_time_faults(path)


VIOLATIONS = [
    ("data/model.py", "import dash", "No web and no drawing in data"),
    ("data/model.py", "import layers.kit.marks", "One direction"),
    ("data/measures/coverage.py", "import plotly", "No web and no drawing in data"),
    ("layers/kit/marks.py", "import flask", "No web in layers"),
    ("layers/kit/marks.py", "import layers.registry", "registry and renderers over layer files"),
    ("layers/registry.py", "import dashboard.ids", "One direction"),
    ("dashboard/app.py", "import data.schemas", "The dashboard never reads dataset files itself"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("module", "planted", "contract"), VIOLATIONS)
def test_import_linter_turns_red(tmp_path: Path, module: str, planted: str, contract: str) -> None:
    for room in ("data", "layers", "dashboard"):
        shutil.copytree(RACINE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "jeu"))
    shutil.copy(RACINE / ".importlinter", tmp_path)
    target = tmp_path / module
    target.write_text(target.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(linter), "--no-cache"], cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(tmp_path)}
    )
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert done.returncode != 0, done.stdout + done.stderr
    assert any(contract in line for line in broken), done.stdout
