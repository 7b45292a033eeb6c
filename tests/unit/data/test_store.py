import re
from pathlib import Path

import pytest

from data import jeu
from data.errors import JeuIllisibleError, JeuRefuseError, MagasinError, VersionInconnueError
from data.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "magasin")


def name_in_service(store: Store) -> str:
    return jeu.load(store.current()).jeu.nom


def renamed(atelier, nom: str) -> str:
    return atelier.toml.replace("Caf d'essai", nom)


def test_nothing_is_installed_at_first(store):
    assert store.current() is None
    assert store.versions() == ()
    assert not store.racine.exists()


def test_the_place_of_the_store(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_MAGASIN", str(tmp_path / "ici"))
    assert Store.default().racine == tmp_path / "ici"
    monkeypatch.delenv("ATLAS_MAGASIN")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Store.default().racine == tmp_path / ".local" / "share" / "atlas-ctg"


def test_an_install_serves_a_copy_named_by_date_and_content(store, atelier):
    dossier = atelier.write()
    version = store.install(dossier)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}_\d{6}_[0-9a-f]{12}", version.nom)
    assert version.en_service
    assert store.current() == version.chemin
    assert {p.name for p in version.chemin.iterdir()} == {p.name for p in dossier.iterdir()}
    assert version.nom.endswith(jeu.load(dossier).jeu.version)
    for fichier in dossier.iterdir():
        fichier.unlink()
    assert name_in_service(store) == "Caf d'essai"


def test_only_what_is_read_is_copied(store, atelier):
    dossier = atelier.write({"notes.txt": "x", ".cache": "x", "inconnu.csv": "x"})
    (dossier / "photos").mkdir()
    noms = {p.name for p in store.install(dossier).chemin.iterdir()}
    assert not noms & {"notes.txt", ".cache", "inconnu.csv", "photos"}


def test_versions_are_listed_and_gone_back_to(store, atelier):
    premiere = store.install(atelier.write({"jeu.toml": renamed(atelier, "Une")}))
    seconde = store.install(atelier.write({"jeu.toml": renamed(atelier, "Deux")}))
    assert [(v.nom, v.en_service) for v in store.versions()] == sorted(
        [(seconde.nom, True), (premiere.nom, False)], reverse=True
    )
    assert name_in_service(store) == "Deux"
    assert store.revert(premiere.nom).en_service
    assert name_in_service(store) == "Une"
    store.revert(seconde.nom[-12:])
    assert name_in_service(store) == "Deux"


@pytest.mark.parametrize("nom", ["", "absente", "2", "../versions", "courante"])
def test_no_version_or_several_of_that_name(store, atelier, nom):
    store.install(atelier.write({"jeu.toml": renamed(atelier, "Une")}))
    store.install(atelier.write({"jeu.toml": renamed(atelier, "Deux")}))
    with pytest.raises(VersionInconnueError, match="Versions installées"):
        store.revert(nom)
    assert name_in_service(store) == "Deux"


def test_the_same_content_is_not_installed_twice(store, atelier):
    premiere = store.install(atelier.write())
    store.install(atelier.write({"jeu.toml": renamed(atelier, "Autre")}))
    assert store.install(atelier.write({"jeu.toml": (premiere.chemin / "jeu.toml").read_text()})).nom == premiere.nom
    assert len(store.versions()) == 2
    assert store.current() == premiere.chemin


def test_a_refused_dataset_leaves_the_old_one(store, atelier):
    version = store.install(atelier.write())
    with pytest.raises(JeuRefuseError, match="echelon") as faute:
        store.install(atelier.write({"ctg.csv": "id_ctg;echelon;statut\nCTG-1;canton;signee\n"}))
    assert str(atelier.dossier) in str(faute.value)
    assert faute.value.erreurs == 1
    assert faute.value.constats
    assert store.current() == version.chemin
    assert [p.name for p in (store.racine / "versions").iterdir()] == [version.nom]


@pytest.mark.parametrize("contenu", [{"jeu.toml": None}, {"communes.geojson": None}, None])
def test_an_unreadable_dataset_leaves_the_old_one(store, atelier, contenu, tmp_path):
    version = store.install(atelier.write())
    for fichier in atelier.dossier.iterdir():
        fichier.unlink()
    dossier = atelier.write(contenu) if contenu is not None else tmp_path / "absent"
    with pytest.raises(JeuIllisibleError):
        store.install(dossier)
    assert store.current() == version.chemin


def test_warnings_of_the_import_are_given_back(store, atelier):
    version = store.install(atelier.write({"services.csv": "id;code_commune\nS1;59001\n"}))
    assert [c.valeur for c in version.constats] == ["59001"]


def test_leftovers_of_a_killed_import_are_cleaned(store, atelier):
    store.install(atelier.write())
    reste = store.racine / "versions" / ".import-mort"
    reste.mkdir()
    (reste / "jeu.toml").write_text("[jeu")
    (store.racine / ".import-mort").write_text("x")
    assert len(store.versions()) == 1
    store.install(atelier.write({"jeu.toml": renamed(atelier, "Deux")}))
    assert not list(store.racine.rglob(".import-*"))


def test_a_pointer_to_nothing_serves_nothing(store, atelier):
    store.install(atelier.write())
    (store.racine / "courante").write_text("2020-01-01_000000_000000000000\n")
    assert store.current() is None
    assert [v.en_service for v in store.versions()] == [False]


def test_strangers_in_the_store_are_not_versions(store, atelier):
    store.install(atelier.write())
    (store.racine / "versions" / "copie de sauvegarde").mkdir()
    assert len(store.versions()) == 1


def test_a_store_that_cannot_be_written_is_said(atelier, tmp_path):
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(MagasinError, match="magasin"):
        Store(tmp_path / "fichier").install(atelier.write())


PERSONNE = "jean.dupont@exemple.invalid"


def test_no_person_enters_the_store(store, atelier):
    signataires = f'id_ctg;type;nom;Courriel;date_deliberation\nCTG-1;caf;"Caf; la nôtre";{PERSONNE};2022-01-01\n'
    communes = [c | {"properties": c["properties"] | {"mail_mairie": PERSONNE}} for c in atelier.communes]
    dossier = atelier.write(
        {"ctg-signataires.csv": signataires.encode("cp1252"), "communes.geojson": atelier.collection(communes)}
    )
    avant = jeu.read(dossier)[0]
    version = store.install(dossier)
    octets = b"".join(p.read_bytes() for p in store.racine.rglob("*") if p.is_file())
    assert PERSONNE.encode() not in octets
    apres, constats = jeu.read(version.chemin)
    assert [c for c in constats if "source" not in c.message] == []
    assert apres["ctg_signataires"].equals(avant["ctg_signataires"])
    assert apres.communes.geom_equals(avant.communes).all()
    assert any(c.colonne == "Courriel" for c in version.constats)
    assert store.install(dossier).nom == version.nom


def test_no_person_of_a_workbook_enters_the_store(store, atelier):
    openpyxl = pytest.importorskip("openpyxl")
    livre = openpyxl.Workbook()
    feuille = livre.active
    feuille.title = "actions"
    feuille.append(["id_action", "tel_pilote", "libelle", "Prénom"])
    feuille.append(["A1", "01 99 00 00 00", "Lire", PERSONNE])
    dossier = atelier.write()
    livre.save(dossier / "jeu.xlsx")
    version = store.install(dossier)
    lu = openpyxl.load_workbook(version.chemin / "jeu.xlsx")["actions"]
    assert list(lu.values) == [("id_action", "libelle"), ("A1", "Lire")]


def test_outlines_in_cp1252_are_installed(store, atelier):
    texte = atelier.collection(list(atelier.communes)).replace("Commune 62002", "Hénin")
    dossier = atelier.write({"communes.geojson": texte.encode("cp1252")})
    assert "Hénin" in jeu.load(store.install(dossier).chemin).communes["nom"].tolist()
