"""The usual way: one callback that returns a px.choropleth_map figure; the yardstick of bench_interaction.py."""

import json
import sys
from pathlib import Path

import dash
import pandas as pd
import plotly.express as px
from dash import Input, Output, dcc, html

dossier, port = Path(sys.argv[1]), int(sys.argv[2])
geojson = json.loads((dossier / "communes.geojson").read_text(encoding="utf-8"))
codes = [f["properties"]["code"] for f in geojson["features"]]
names = [f["properties"]["nom"] for f in geojson["features"]]
app = dash.Dash(__name__)
app.layout = html.Div([dcc.RadioItems(list("ABCDEFGH"), "A", id="champ"), dcc.Graph(id="carte")])


@app.callback(Output("carte", "figure"), Input("champ", "value"))
def draw(champ: str) -> object:
    frame = pd.DataFrame({"code": codes, "nom": names, "v": [(hash(c + champ) % 5) for c in codes]})
    lon, lat = (
        geojson["features"][0]["geometry"]["coordinates"][0][0][:2]
        if geojson["features"][0]["geometry"]["type"] == "Polygon"
        else (2, 50)
    )
    return px.choropleth_map(
        frame,
        geojson=geojson,
        locations="code",
        featureidkey="properties.code",
        color="v",
        hover_name="nom",
        map_style="white-bg",
        center={"lat": lat, "lon": lon},
        zoom=8,
    )


if __name__ == "__main__":
    app.run(port=port, debug=False)
