"""Registers as they come: old workbooks, merged headings, days in every writing, words of people; nothing is lost."""

import base64
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from data.frames import Frames
from data.measures import register
from data.reprise import cibles, conversion, feuilles, fusion, jours
from data.reprise.conversion import Choix, Ligne
from data.reprise.jours import Jour
from data.reprise.valeurs import LECTEURS

DEMO = Path(__file__).resolve().parents[4] / "data" / "demo" / "jeu"
CONNUE = "CTG-96-E046-2"
CLASSEUR_97 = (  # Suivi: Référence, Échéance; CTG-96-E046-2, 30/06/2028
    "c-rk)O=uHA6#iySnje~E6H}!XN+?*hHpD-Q9@?$ino~-xf?5Pk(}<yxN>D)$TCF(>f+xjGp&q<cz4(J3^rj$G>_HF;iJpQdLBT_t"
    "_07w!q*bATTByvo%r|e}yqS5sGxKI=-%SS#6OWpTScERDLD}@6u1Y5;dF&e<RBoD5v~xElQ(;xX<EDYEbK<%0txJxf9Pc7DJaoJw"
    "20l?bj<e_+&88zOh<)rsQb-><i3RSG#*aq!D#V;(Ud#M|EnhHqv*reKC)pOnAf}DJw%yh&KB~2FnIE#<CtT+vYqp~SujMSha#K`n"
    "o!FbpB+sm}f@ViOCP4!lPiNCPc^|+%c!8dtSRxTSMkpXmgFT7wW(4?Vuj-c(rC(XS0O@}$)Vuzochev)*5A?`z!=Pvyh!r!VZB3^"
    "IC1EF=0au;F^c5iM6r9IbgGm~XH#j4)o)U#OGy%a!2ZMW=$?*f@3vhX(H&lC%3(oY5EgvAT<VF35nwsUi$*8E=I(!epBU;lPOxT-"
    "w}Q%su~GU56IW#os_f?y?H9K(Z)Lv5t!`ksi8)NqL3wL`gC!goXPfI>+DiTGWXu?ws^rZi=f50$+MNGvY$16nUc3~Z`e00;g<iri"
    ")tA>e+C{s#b6et>VdugMF0;&yzXck%rdz(7)~*=9yj)s@AamtTz8zuNi$B;4wwEnl*1YUb2!pd4y0j1;^XuuZ+IqcEP*6}%P*6}%"
    "P*?^C>oZ)Q4;*}KsC?|Ztp7Uml*;Ni$$yIhjM8<E4wb#gQl7)bn&!_sIECGoSYjRff1$(?>OF@M46z?0HP2r<tcmL9S#m{v`Ib<v"
    "{g-R;^B?#B69`_^B>"
)


def read(chemin: Path, frames: Frames) -> tuple[tuple[Ligne, ...], list[str]]:
    feuille = feuilles.read(chemin)[0]
    lignes, constats = conversion.convert(feuille, Choix(cibles.propose(feuille.entetes)), frames)
    return lignes, [f"{c.ligne} {c.colonne} {c.valeur}" for c in constats]


def test_a_workbook_of_1997_is_read(tmp_path: Path, frames_demo: Frames) -> None:
    (tmp_path / "suivi.xls").write_bytes(zlib.decompress(base64.b85decode(CLASSEUR_97)))
    ((ligne,), constats) = read(tmp_path / "suivi.xls", frames_demo)
    assert dict(ligne.faits) == {"id_ctg": CONNUE, "date_fin": "30/06/2028"}
    assert constats == []


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("31.12.2027", Jour(date(2027, 12, 31))),
        ("1/1/25", Jour(date(2025, 1, 1), devine=True)),
        ("1/1/70", Jour(date(1970, 1, 1), devine=True)),
        ("9  décembre 2024", Jour(date(2024, 12, 9))),
        ("1er janv. 2025", Jour(date(2025, 1, 1))),
        ("46934", Jour(date(2028, 6, 30), devine=True)),
        ("46934.5", Jour(date(2028, 6, 30), devine=True)),
        ("2022-07-01 00:00:00", Jour(date(2022, 7, 1))),
        *(
            (t, None)
            for t in ("pas encore", "2027", "12/31/2029", "31/02/2025", "3 jui 2024", "12345", "décembre 2027")
        ),
    ],
)
def test_a_day_is_read_as_people_write_it_or_not_at_all(texte: str, attendu: Jour | None) -> None:
    assert jours.read(texte) == attendu


def test_every_writing_of_a_day_is_that_day() -> None:
    zero = date(1899, 12, 30)
    for serie in range(25_934, 61_727, 7):  # 1971 to 2068
        jour = zero + timedelta(days=serie)
        for texte in (jour.isoformat(), f"{jour:%d/%m/%Y}", f"{jour:%d-%m-%y}", str(serie)):
            lu = jours.read(texte)
            assert lu is not None
            assert lu.jour == jour


def test_durations_and_yes_are_read_as_people_write_them() -> None:
    durees, ouis = ("5", "5 ans", "5,0", "quatre", "0"), ("X", "OUI", "n", "peut-être")
    assert [LECTEURS["duree_annees"](t)[0] for t in durees] == ["5", "5", "5", "", ""]
    assert [LECTEURS["habitants_associes"](t)[0] for t in ouis] == ["oui", "oui", "non", ""]


def messy(chemin: Path) -> Path:
    """Write a workbook of two sheets, its headings merged and on the fourth line, a column hidden."""
    classeur = openpyxl.Workbook()
    classeur.active.append(["Mode d'emploi"])
    suivi = classeur.create_sheet("Ctg 2026")
    for ligne in (
        ["Suivi des Ctg"],
        ["Convention", None, "Calendrier", None, None, "Territoire"],
        ["Réf.", "Nom de la Ctg", "Signée le", "Date d'effet", "Date d'échéance", "Communes", "Nom du référent"],
        [CONNUE, None, "un jour", datetime(2022, 7, 1), 46934, None, "Mme X"],
        ["NOUV-1", "Ctg nouvelle", "9 décembre 2024", "1.1.25", None, 96001, "M. Y"],
        [CONNUE, None, None, None, "31/12/2030", None, None],
        ["NOUV-2", "Ctg à l'envers", "01/01/2026", "01/01/2026", "01/01/2025", "99999", None],
    ):
        suivi.append(ligne)
    suivi.merge_cells("A2:B2")
    suivi.column_dimensions["G"].hidden = True
    classeur.save(chemin)
    return chemin


def test_a_messy_register_loses_nothing_and_tells_what_it_could_not_read(tmp_path: Path, frames_demo: Frames) -> None:
    lignes, constats = read(messy(tmp_path / "suivi.xlsx"), frames_demo)
    assert [ligne.id_ctg for ligne in lignes] == [CONNUE, "NOUV-1", "NOUV-2"]
    assert constats[:4] == [
        "4 Signée le un jour",
        "4 Date d'échéance 46934",
        "6 Date d'échéance 31/12/2030",
        "5 Date d'effet 1.1.25",
    ]
    (tmp_path / "neuf").mkdir()
    ecrit = fusion.candidate(DEMO, frames_demo, lignes[:2], tmp_path / "neuf", entier=False)
    assert ecrit.frames is not None
    avant, apres = (register.entry(f, CONNUE, date(2026, 11, 1)) for f in (frames_demo, ecrit.frames))
    assert avant is not None
    assert apres is not None
    assert apres.date_signature == avant.date_signature, "an unreadable day leaves the installed one"
    assert (apres.date_fin, apres.communes, apres.nom) == (date(2028, 6, 30), avant.communes, avant.nom)
    assert "Mme X" not in "".join(p.read_text("utf-8-sig", "replace") for p in (tmp_path / "neuf").glob("*.csv"))


def test_findings_of_the_dataset_made_name_the_agreement(tmp_path: Path, frames_demo: Frames) -> None:
    lignes, _ = read(messy(tmp_path / "suivi.xlsx"), frames_demo)
    (tmp_path / "neuf").mkdir()
    ecrit = fusion.candidate(DEMO, frames_demo, lignes, tmp_path / "neuf", entier=False)
    dits = fusion.told(tmp_path / "neuf", ecrit.constats, {"NOUV-2"})
    assert {(c.fichier, c.ligne, c.colonne) for c in dits} == {
        ("Ctg «\u00a0Ctg à l'envers\u00a0»", None, "Date de fin"),
        ("Ctg «\u00a0Ctg à l'envers\u00a0»", None, "Identifiant de la Ctg"),
        ("Ctg «\u00a0Ctg à l'envers\u00a0»", None, "Date du diagnostic"),
    }


def test_five_thousand_lines_are_read(tmp_path: Path, frames_demo: Frames) -> None:
    noms = list(frames_demo.communes["nom"])
    corps = [f"N{n};Ctg n{n};{noms[n % len(noms)]};01/02/2025;31/12/2029" for n in range(5_000)]
    texte = "\r\n".join(["Référence;Intitulé;Communes;Signée le;Échéance", *corps])
    (tmp_path / "suivi.csv").write_bytes(texte.encode("cp1252"))
    lignes, constats = read(tmp_path / "suivi.csv", frames_demo)
    assert len(lignes) == 5_000
    assert all(ligne.communes for ligne in lignes)
    assert {c.split(" ", 1)[1].split("  ")[0] for c in constats} <= {
        "Échelon de signature Communal", "État de la démarche Signée"
    }  # fmt: skip
