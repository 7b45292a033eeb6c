"""Which texts of a séance, a scene, a decision may be changed, and how each is checked before it is kept."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Table

from dashboard.seances.errors import SaisieError
from dashboard.seances.model import CHIFFRES_MAX
from dashboard.seances.pen import read_strokes
from dashboard.seances.tables import DECISION, SCENE, SEANCE

TITRE_MAX, LECTURE_MAX, QUESTION_MAX, NOTES_MAX, TRAITS_MAX, ADRESSE_MAX = 200, 600, 400, 20_000, 400_000, 8_000
_PERSONNE = re.compile(r"\b(M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame)(?!\w)|@|(?:\d[ .-]?){9}")
_FONCTION = "Indiquer une fonction (« direction », « pôle petite enfance »…), pas une personne."

Check = Callable[[str], Any]


def clean(text: str) -> str:
    """Drop what no database keeps: half characters, and control characters other than line ends and tabs."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in whole if c in "\n\t" or c >= " ")


def _text(champ: str, limit: int, required: str = "") -> Check:
    def check(text: str) -> str:
        if len(text) > limit:
            raise SaisieError(f"Ce texte a {len(text)} caractères : {limit} au plus.", champ)
        if required and not text.strip():
            raise SaisieError(required, champ)
        return text

    return check


def _day(champ: str) -> Check:
    def check(text: str) -> date | None:
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise SaisieError(f"« {text} » n'est pas une date.", champ) from None

    return check


def _function(text: str) -> str:
    if _PERSONNE.search(text):
        raise SaisieError(_FONCTION, "charge")
    _text("charge", TITRE_MAX)(text)
    return text


def _figures(text: str) -> str:
    if len([c for c in text.split(",") if c]) > CHIFFRES_MAX:
        raise SaisieError(f"Une scène montre {CHIFFRES_MAX} chiffres au plus.", "chiffres")
    _text("chiffres", ADRESSE_MAX)(text)
    return text


def _strokes(text: str) -> str:
    if len(text) > TRAITS_MAX:
        raise SaisieError("Ces traits de stylo sont trop nombreux pour être gardés.", "traits")
    if text and text != "[]" and not read_strokes(text):
        raise SaisieError("Ces traits de stylo ne sont pas lisibles.", "traits")
    return text


FIELDS: Mapping[Table, Mapping[str, Check]] = {
    SEANCE: {
        "titre": _text("titre", TITRE_MAX, "Une séance a un titre."),
        "instance": _text("instance", TITRE_MAX),
        "jour": _day("jour"),
    },
    SCENE: {
        "adresse": _text("adresse", ADRESSE_MAX),
        "titre": _text("titre", LECTURE_MAX),
        "lecture": _text("lecture", LECTURE_MAX),
        "question": _text("question", QUESTION_MAX),
        "chiffres": _figures,
        "notes": _text("notes", NOTES_MAX),
        "traits": _strokes,
    },
    DECISION: {
        "texte": _text("texte", NOTES_MAX, "Une décision a un texte."),
        "charge": _function,
        "echeance": _day("echeance"),
    },
}


def checked(table: Table, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the values to keep; names that are not texts of this table are left out.

    Raises: SaisieError naming the first text that cannot be kept.
    """
    return {name: check(clean(texts[name])) for name, check in FIELDS[table].items() if name in texts}


def as_text(value: object) -> str:
    """Write a kept value as the text that people change."""
    return "" if value is None else str(value)
