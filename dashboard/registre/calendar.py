"""The deadlines as a calendar (RFC 5545): one event on each last day, one alarm per threshold before it."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from dashboard import texts
from data.frames import Frames
from data.measures.deadlines import Echeance, months_after
from layers.kit.texts import count, short_date, typeset, upper_first


def calendar(frames: Frames, echeances: Sequence[Echeance]) -> bytes:
    """Write the calendar of some deadlines; an event keeps its identity from one export to the next.

    The stamp is the day of the dataset's line, so that the same register gives the same bytes.
    """
    agenda = Calendar()
    agenda.add("prodid", "-//Atlas Ctg//Échéances des Ctg//FR")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add("x-wr-calname", f"Échéances des Ctg – {frames.jeu.nom}")
    for echeance in echeances:
        agenda.add_component(_event(frames, echeance))
    return bytes(agenda.to_ical())


def uid(frames: Frames, id_ctg: str) -> str:
    """Return the identity of an event: the Caf and the agreement, never the date, which may change."""
    caf = re.sub(r"[^a-z0-9]+", "-", frames.jeu.nom.lower()).strip("-")
    return f"fin-{re.sub(r'[^A-Za-z0-9.-]+', '-', id_ctg)}@{caf}.atlas-ctg"


def _event(frames: Frames, echeance: Echeance) -> Event:
    e, event = echeance.inscription, Event()
    event.add("uid", uid(frames, e.id_ctg))
    event.add("dtstamp", datetime.combine(e.date_maj or echeance.fin, time(), UTC))
    event.add("dtstart", echeance.fin)
    event.add("dtend", echeance.fin + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", ["Ctg"])
    event.add("summary", typeset(f"Fin de la convention : {e.nom}"))
    event.add("description", _description(frames, echeance))
    if frames.jeu.parametres.adresse_publique:
        event.add("url", f"{frames.jeu.parametres.adresse_publique.rstrip('/')}/registre/?ctg={e.id_ctg}")
    for mois in sorted(frames.jeu.parametres.echeances_mois):
        event.add_component(_alarm(echeance, mois))
    return event


def _description(frames: Frames, echeance: Echeance) -> str:
    e = echeance.inscription
    lines = [
        f"Dernier jour de la convention : {short_date(echeance.fin)}{' (date calculée)' if e.fin_calculee else ''}.",
        f"Périmètre : {count(len(e.communes), 'commune')}.",
        f"{e.evaluation.libelle}. {echeance.suite.libelle}.",
        "L'évaluation est un préalable à tout renouvellement.",
        *([texts.FICTIF_AIDE] if frames.jeu.fictif else []),
    ]
    return typeset("\n".join(upper_first(line) for line in lines))


def _alarm(echeance: Echeance, mois: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add(
        "description", typeset(f"{echeance.inscription.nom} : fin dans {mois} mois, le {short_date(echeance.fin)}")
    )
    alarm.add("trigger", months_after(echeance.fin, -mois) - echeance.fin)
    return alarm
