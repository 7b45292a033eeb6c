"""French sentences of the meeting."""

CHARGEMENT = "Chargement des séances…"
FICTIF = "Données fictives"
INDICE = "Flèches : scènes. B : écran noir. ? : toutes les touches."
NOIR = "Écran noir : appuyer pour revenir à la scène"
THEME = "Fond clair ou sombre"

BASCULES = ("projecteur", "stylo", "garder")
GESTES = (
    ("precedent", "←", "Scène précédente", "flèche gauche"),
    ("suivant", "→", "Scène suivante", "flèche droite"),
    ("retour", "⌂", "Revenir à la scène", "Origine ou R"),
    ("agrandir", "+", "Agrandir la carte", "+"),
    ("reduire", "−", "Réduire la carte", "-"),
    ("projecteur", "☼", "Projecteur sur un territoire", "T"),
    ("stylo", "✎", "Stylo", "D"),
    ("garder", "▣", "Garder les traits avec la scène", "G"),
    ("effacer", "⌫", "Effacer les traits", "Suppr"),
    ("noir", "■", "Écran noir", "B"),
    ("plein", "⤢", "Plein écran", "F"),
    ("aide", "?", "Touches", "?"),
)
TOUCHES = (
    ("→ ↓ Page suivante, Espace", "scène suivante"),
    ("← ↑ Page précédente", "scène précédente"),
    ("un nombre puis Entrée", "aller à cette scène"),
    ("B ou point", "écran noir, et retour"),
    ("Origine ou R", "revenir à la scène telle qu'elle a été préparée"),
    ("clic ou T", "projecteur sur un territoire : le reste s'assombrit"),
    ("D", "stylo ; G : garder les traits ou les laisser s'effacer ; Suppr : effacer"),
    ("+ et −, molette, deux doigts", "agrandir et réduire la carte"),
    ("F", "plein écran"),
    ("glisser le doigt", "scène suivante ou précédente"),
    ("?", "cette aide"),
)
