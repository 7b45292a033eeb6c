"""What the server starts with: nothing of what draws on paper, which would make everybody wait for it."""

import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parents[3]
LATER = ("matplotlib", "folium", "typst", "pptx", "openpyxl", "pikepdf", "alembic", "segno")
PROGRAM = f"""
import sys
from pathlib import Path
from dashboard.app import create_app
from dashboard.datasets import DatasetInService
app = create_app(DatasetInService(lambda: Path("data/demo/jeu")))
assert app.server.test_client().get("/lecture").status_code == 200
print(*(name for name in {LATER} if name in sys.modules))
"""


def test_the_page_is_served_without_what_draws_on_paper() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=RACINE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr[-2000:]
