"""The peer: Streamlit and streamlit-folium, a choropleth of the same communes redrawn at each choice."""

import json
import sys
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

dossier = Path(sys.argv[1])
TEINTES = ["#eff3ff", "#bdd7e7", "#6baed6", "#3182bd", "#08519c"]


@st.cache_data
def outlines() -> dict:
    return json.loads((dossier / "communes.geojson").read_text(encoding="utf-8"))


champ = st.radio("champ", list("ABCDEFGH"), horizontal=True)
carte = folium.Map(location=[50.5, 2.3], zoom_start=8, tiles=None, prefer_canvas=False)
folium.GeoJson(
    outlines(),
    style_function=lambda f: {
        "fillColor": TEINTES[(sum(f["properties"]["code"].encode()) + ord(champ)) % 5],
        "fillOpacity": 1,
        "weight": 0.5,
    },
).add_to(carte)
st_folium(carte, width=800, height=600, returned_objects=[])
