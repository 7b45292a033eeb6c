import pandas as pd


def test_a_sound_dataset_has_no_finding(atelier):
    lu = atelier.read()
    assert lu.constats == ()
    assert lu.frames.jeu.nom == "Caf d'essai"


def test_frames_follow_their_contract(atelier):
    frames = atelier.read().frames
    assert list(frames.communes.columns) == ["code", "nom", "code_epci", "code_departement", "population", "geometry"]
    assert frames.communes["code"].tolist() == ["62001", "62002", "62003"]
    assert frames.communes.crs == "EPSG:4326"
    assert frames.communes["population"].tolist() == [100.0, 100.0, 100.0]
    services = frames["services"]
    assert services["capacite"].isna().tolist() == [False, True]
    assert services["date_ouverture"].dtype == "datetime64[us]"
    assert services["adresse"].tolist() == ["", ""]
    assert services.index.tolist() == [0, 1]
    assert frames.has("services")
    assert not frames.has("conventions")
    assert frames["conventions"].empty
    assert "montant_eur" in frames["conventions"].columns
    assert frames["ctg"].loc[0, "date_debut"] == pd.Timestamp("2023-01-01")
