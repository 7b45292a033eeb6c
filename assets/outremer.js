/* A dataset of France as a whole opens on the mainland; a button leads to each of the territories overseas it holds. */
(function (atlas) {
  "use strict";
  const OUTREMER = [["971", "Guadeloupe"], ["972", "Martinique"], ["973", "Guyane"], ["974", "La Réunion"], ["976", "Mayotte"]];
  const lointain = (code) => /^9[78]/.test(code);

  function cadre(m, retenus) {
    const bornes = L.latLngBounds([]);
    retenus.forEach((i) => { const b = m.bornes(i); if (b.isValid()) bornes.extend(b); });
    return bornes;
  }

  /* What a dataset shows at first: its mainland, all of it when it has none. */
  atlas.etendue = function (maillages) {
    const m = maillages.get("departement"), tous = m.codes.map((_, i) => i);
    const ici = tous.filter((i) => !lointain(m.codes[i]));
    return cadre(m, ici.length ? ici : tous);
  };

  /* Lead from one territory to another, where the dataset has both the mainland and some overseas. */
  atlas.offrirOutremer = function (carte, maillages) {
    const m = maillages.get("departement"), loin = OUTREMER.filter(([code]) => m.rang.has(code));
    if (atlas.etat.outremer) atlas.etat.outremer.remove();
    atlas.etat.outremer = null;
    if (!loin.length || m.codes.every(lointain)) return;
    const barre = L.control({ position: "bottomright" });
    barre.onAdd = function () {
      const boite = L.DomUtil.create("div", "outremer leaflet-bar");
      boite.setAttribute("role", "group");
      boite.setAttribute("aria-label", "Aller à un territoire de la carte");
      for (const [code, nom] of [["", "Métropole"], ...loin]) {
        const bouton = L.DomUtil.create("button", "", boite);
        bouton.type = "button";
        bouton.textContent = nom;
        bouton.addEventListener("click", () => {
          atlas.etat.libre = true;
          carte.fitBounds(code ? m.bornes(m.rang.get(code)) : atlas.etendue(maillages), { padding: [14, 14], animate: false });
        });
      }
      L.DomEvent.disableClickPropagation(boite);
      return boite;
    };
    atlas.etat.outremer = barre.addTo(carte);
  };
})(window.atlas = window.atlas || {});
