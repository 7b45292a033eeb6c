"""French sentences of the interface."""

NOM = "Atlas Ctg"
FICTIF = "Données fictives"
FICTIF_AIDE = (
    "Tout ou partie de ces données est inventé pour la démonstration : ne rien en conclure sur un territoire réel."
)
PASSER_CARTE = "Passer la carte et aller au tableau"
ALLER_LECTURE = "Aller à la fiche et aux chiffres clés"
ALLER_FILTRES = "Aller aux filtres"
CARTE_ALT = (
    "Carte des communes. Tout ce qu'elle montre se lit aussi dans le tableau qui la suit ; "
    "cliquer un territoire ouvre sa fiche."
)
SANS_SELECTION = "Cliquer un territoire, ici ou sur la carte, ouvre sa fiche."
CHARGEMENT = "Chargement…"
ERREUR_INATTENDUE = (
    "L'atlas n'a pas pu répondre à cette demande. La vue précédente reste affichée ; recharger la page peut suffire."
)
