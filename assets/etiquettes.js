/* Names on the map: the most populous first, none over another, redrawn after each move. */
(function (atlas) {
  "use strict";
  const MAX = 60;

  const DEMI_HAUTEUR = 9, GROS = 5;  // pixels; a smaller disc lets itself be written over

  const demiLargeur = (texte) => texte.length * 3.4 + 6;

  function boite(x, y, texte) {
    const demi = demiLargeur(texte);
    return [x - demi, y - DEMI_HAUTEUR, x + demi, y + DEMI_HAUTEUR];
  }

  /* The large discs of the maille drawn, by code of territory. */
  function disques(courant) {
    const gros = new Map();
    for (const o of atlas.etat.objets || []) if (o.disque && o.rayon > GROS && o.maillage === courant) gros.set(o.code, o.rayon);
    return gros;
  }

  /* What a name must leave free: the discs, the scale bar and the buttons of the map. */
  function obstacles(carte, courant, gros) {
    const cadre = carte.getContainer(), r = cadre.getBoundingClientRect();
    const controles = [...cadre.querySelectorAll(".leaflet-control")].map((c) => c.getBoundingClientRect());
    const pris = controles.map((c) => [c.left - r.left, c.top - r.top, c.right - r.left, c.bottom - r.top]);
    for (const [code, rayon] of gros) {
      const p = carte.latLngToContainerPoint(courant.centres[courant.rang.get(code)]), demi = rayon * 0.8;
      pris.push([p.x - demi, p.y - demi, p.x + demi, p.y + demi]);
    }
    return pris;
  }

  /* Where a name may stand: on its place, or around the disc that holds it. */
  function ecarts(rayon, nom) {
    if (!rayon) return [[0, 0]];
    const bas = rayon + DEMI_HAUTEUR, cote = rayon + demiLargeur(nom);
    return [[0, bas], [0, -bas], [cote, 0], [-cote, 0]];
  }

  const croise = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  atlas.etiqueter = function () {
    const { carte, courant } = atlas.etat;
    if (!carte || !courant || courant.maille === "departement") return vider(carte);
    const pane = carte.getPane("etiquettes") || creer(carte);
    const taille = carte.getSize();
    const ordre = courant.ordre || (courant.ordre = courant.codes.map((_, i) => i).sort((a, b) => courant.poids[b] - courant.poids[a]));
    const limite = courant.maille === "epci" ? MAX : Math.min(MAX, 8 * Math.pow(2, Math.max(0, carte.getZoom() - 8.5)));
    const gros = disques(courant), prises = obstacles(carte, courant, gros), noms = [], vu = carte.getBounds();
    for (const i of ordre) {
      if (noms.length >= limite) break;
      if (!vu.contains(courant.centres[i])) continue;  // sooner known than its place on the screen
      const p = carte.latLngToContainerPoint(courant.centres[i]);
      if (p.x < 0 || p.y < 0 || p.x > taille.x || p.y > taille.y) continue;
      const nom = courant.noms[i], rayon = gros.get(courant.codes[i]);
      const ecart = ecarts(rayon, nom).find(([dx, dy]) => {
        const b = boite(p.x + dx, p.y + dy, nom);
        return b[0] >= 0 && b[2] <= taille.x && !prises.some((q) => croise(b, q));
      });
      if (ecart === undefined) continue;
      prises.push(boite(p.x + ecart[0], p.y + ecart[1], nom));
      noms.push([carte.latLngToLayerPoint(courant.centres[i]).add(ecart), nom]);
    }
    pane.replaceChildren(...noms.map(([p, nom]) => {
      const e = document.createElement("span");
      e.textContent = nom;
      e.style.transform = `translate(${p.x}px, ${p.y}px) translate(-50%, -50%)`;
      return e;
    }));
  };

  function creer(carte) {
    const pane = carte.createPane("etiquettes");
    pane.setAttribute("aria-hidden", "true");
    return pane;
  }

  function vider(carte) {
    const pane = carte && carte.getPane("etiquettes");
    if (pane) pane.replaceChildren();
  }
})(window.atlas);
