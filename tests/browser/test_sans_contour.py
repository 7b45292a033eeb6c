"""A dataset whose communes have codes and figures, but no outline."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "jeu"
pytestmark = [pytest.mark.browser]


def test_communes_without_any_outline_still_have_figures_and_sheets(chromium: Browser, serve, tmp_path: Path) -> None:
    folder = tmp_path / "jeu"
    shutil.copytree(DEMO, folder)
    communes = json.loads((folder / "communes.geojson").read_text(encoding="utf-8"))
    for feature in communes["features"]:
        feature["geometry"] = None
    (folder / "communes.geojson").write_text(json.dumps(communes), encoding="utf-8")
    code, nom = communes["features"][0]["properties"]["code"], communes["features"][0]["properties"]["nom"]
    with serve(folder) as address:
        page = chromium.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(f"{address}?territoire={code}")
        page.wait_for_selector("#carte[data-peint]")
        page.wait_for_selector("#fiche h2")
        assert nom in page.inner_text("#fiche")
        assert "%" in page.inner_text("#chiffres-cles")
        assert errors == []
        page.close()
