import pytest

from data.findings import Gravite

ENTETE_EPCI = "code_epci;nom;nature\n"
ACTIONS = "id_action;id_ctg;champ;libelle\n"


def libelles(lu, table="actions", colonne="libelle"):
    return lu.frames[table][colonne].tolist()


def test_bom_is_no_part_of_the_first_header(atelier):
    lu = atelier.read({"epci.csv": b"\xef\xbb\xbf" + atelier.tables["epci.csv"].encode()})
    assert lu.constats == ()
    assert lu.frames["epci"]["code_epci"].tolist() == ["246200001"]


def test_cp1252_is_read_with_its_accents_and_reported_at_its_first_line(atelier):
    texte = ENTETE_EPCI + "246200001;Sans accent;CC\n246200002;Hénin à l’œuvre;CC\n"
    lu = atelier.read({"epci.csv": texte.encode("cp1252")})
    assert lu.frames["epci"]["nom"].tolist() == ["Sans accent", "Hénin à l’œuvre"]
    constat = lu.one("epci.csv")
    assert (constat.ligne, constat.gravite) == (3, Gravite.AVERTISSEMENT)
    assert "UTF-8" in constat.remede


def test_a_file_pasted_from_two_encodings_keeps_both_right(atelier):
    octets = ENTETE_EPCI.encode() + "246200001;Été;CC\n".encode() + "246200002;Hiver à Bléré;CC\n".encode("cp1252")
    lu = atelier.read({"epci.csv": octets})
    assert lu.frames["epci"]["nom"].tolist() == ["Été", "Hiver à Bléré"]


def test_undefined_cp1252_bytes_do_not_stop_the_reading(atelier):
    lu = atelier.read({"epci.csv": ENTETE_EPCI.encode() + b"246200001;\x81\x8d\xe9;CC\n"})
    assert lu.frames["epci"]["nom"].tolist() == ["\ufffd\ufffdé"]


def test_utf16_of_a_spreadsheet_is_read_and_reported(atelier):
    lu = atelier.read({"epci.csv": atelier.tables["epci.csv"].replace(";", "\t").encode("utf-16")})
    assert lu.frames["epci"]["code_epci"].tolist() == ["246200001"]
    assert any("UTF-16" in c.message for c in lu.at("epci.csv"))


@pytest.mark.parametrize("fin", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_counts_one_line(atelier, fin):
    texte = ACTIONS + "A1;CTG-1;inconnu_a;un\nA2;CTG-1;enfance;deux\nA3;CTG-1;inconnu_b;trois\n"
    lu = atelier.read({"actions.csv": texte.replace("\n", fin)})
    assert [(c.ligne, c.valeur) for c in lu.at("actions.csv")] == [(2, "inconnu_a"), (4, "inconnu_b")]


def test_line_breaks_inside_cells_keep_physical_line_numbers(atelier):
    texte = ACTIONS + 'A1;CTG-1;enfance;"sur\ntrois\nlignes"\nA2;CTG-1;inconnu;"deux\r\nlignes"\nA3;CTG-1;autre;fin\n'
    lu = atelier.read({"actions.csv": texte})
    assert libelles(lu)[0] == "sur\ntrois\nlignes"
    assert [(c.ligne, c.valeur) for c in lu.at("actions.csv", colonne="champ")] == [(5, "inconnu"), (7, "autre")]


def test_separators_of_unicode_are_not_line_ends(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + "A1;CTG-1;enfance;a\u2028b\x0bc\x85d\nA2;CTG-1;inconnu;e\n"})
    assert lu.one("actions.csv").ligne == 3
    assert libelles(lu) == ["a\u2028b\x0bc\x85d", "e"]


def test_empty_lines_are_skipped_and_counted(atelier):
    lu = atelier.read({"actions.csv": "\n\n" + ACTIONS + "\nA1;CTG-1;enfance;un\n;;;\n   \nA2;CTG-1;inconnu;deux\n\n"})
    assert libelles(lu) == ["un", "deux"]
    assert [c.ligne for c in lu.at("actions.csv")] == [8]


def test_unclosed_quote_spoils_only_its_own_line(atelier):
    texte = ACTIONS + 'A1;CTG-1;enfance;"jamais fermé\nA2;CTG-1;enfance;deux\nA3;CTG-1;enfance;trois\n'
    lu = atelier.read({"actions.csv": texte})
    assert libelles(lu) == ["jamais fermé", "deux", "trois"]
    assert [c.ligne for c in lu.at("actions.csv")] == [2]


def test_unclosed_quote_closed_by_a_later_one_is_found_where_it_opens(atelier):
    texte = ACTIONS + 'A1;CTG-1;"enfance;un\nA2;CTG-1;enfance;"deux"\nA3;CTG-1;enfance;trois\n'
    lu = atelier.read({"actions.csv": texte})
    assert libelles(lu) == ["un", "deux", "trois"]
    assert [c.ligne for c in lu.at("actions.csv")] == [2]


def test_quotes_inside_a_cell_that_is_not_quoted_are_plain_text(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + 'A1;CTG-1;enfance;La "Maison" bleue\n'})
    assert libelles(lu) == ['La "Maison" bleue']
    assert lu.constats[0].gravite is Gravite.AVERTISSEMENT if lu.constats else True


def test_badly_doubled_quotes_are_read_and_reported(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + 'A1;CTG-1;enfance;"La "Maison" bleue"\nA2;CTG-1;enfance;deux\n'})
    assert libelles(lu) == ['La "Maison" bleue', "deux"]
    assert lu.one("actions.csv").ligne == 2


def test_extra_separator_sets_the_row_aside_as_an_error(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + "A1;CTG-1;enfance;Lire ; écrire\nA2;CTG-1;enfance;deux\n"})
    assert libelles(lu) == ["deux"]
    constat = lu.one("actions.csv")
    assert (constat.ligne, constat.gravite, constat.valeur) == (2, Gravite.ERREUR, "5 au lieu de 4")
    assert "écrire" not in str(constat)


def test_empty_cells_at_the_end_of_rows_are_no_problem(atelier):
    lu = atelier.read({"actions.csv": ACTIONS.strip() + ";;\nA1;CTG-1;enfance;un;;;;\n"})
    assert libelles(lu) == ["un"]
    assert lu.constats == ()


def test_a_short_row_is_completed_and_reported(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + "A1;CTG-1\n"})
    assert libelles(lu) == [""]
    assert (lu.one("actions.csv").ligne, lu.one("actions.csv").gravite) == (2, Gravite.AVERTISSEMENT)


@pytest.mark.parametrize(("separateur", "nom"), [(",", ","), ("\t", "tabulation")])
def test_another_separator_is_read_and_reported(atelier, separateur, nom):
    lu = atelier.read({"epci.csv": atelier.tables["epci.csv"].replace(";", separateur)})
    assert lu.frames["epci"]["nom"].tolist() == ["CC d'Essai"]
    assert lu.one("epci.csv").valeur == nom


def test_excel_sep_line_is_skipped(atelier):
    lu = atelier.read({"actions.csv": "sep=;\n" + ACTIONS + "A1;CTG-1;inconnu;un\n"})
    assert [c.ligne for c in lu.at("actions.csv")] == [3]
    assert libelles(lu) == ["un"]


@pytest.mark.parametrize("contenu", ["", "\n\n", "\ufeff", "  \r\n"])
def test_an_empty_file_is_an_error(atelier, contenu):
    lu = atelier.read({"services.csv": contenu})
    assert [c.gravite for c in lu.at("services.csv")] == [Gravite.ERREUR]
    assert "vide" in lu.one("services.csv").message


def test_a_header_alone_is_an_empty_table(atelier):
    lu = atelier.read({"actions.csv": ACTIONS})
    assert lu.at("actions.csv") == []
    assert lu.frames["actions"].empty
    assert lu.frames.has("actions")


def test_lfs_pointer_is_named(atelier):
    pointeur = "version https://git-lfs.github.com/spec/v1\noid sha256:e88b\nsize 58507\n"
    lu = atelier.read({"services.csv": pointeur})
    assert lu.one("services.csv").gravite is Gravite.ERREUR
    assert "Git LFS" in lu.one("services.csv").message
    assert not lu.frames.has("services")


@pytest.mark.parametrize(
    "octets", [b"PK\x03\x04\x00\x00\x00", bytes(range(256)) * 20, b"\xff\xfe", b'"', b";", b'";"\n"']
)
def test_bytes_that_are_no_table_never_crash(atelier, octets):
    lu = atelier.read({"services.csv": octets})
    assert lu.frames is not None
    assert lu.at("services.csv")


def test_a_cell_of_a_million_characters_does_not_crash(atelier):
    lu = atelier.read({"actions.csv": ACTIONS + f"A1;CTG-1;enfance;{'x' * 1_000_000}\nA2;CTG-1;enfance;deux\n"})
    assert len(libelles(lu)[0]) == 1_000_000
    assert libelles(lu)[1] == "deux"
