/* Names on the map: the most populous first, none over another, redrawn after each move. */
(function (atlas) {
  "use strict";
  const MAX = 60;

  function boite(point, texte) {
    const demi = texte.length * 3.4 + 6;
    return [point.x - demi, point.y - 9, point.x + demi, point.y + 9];
  }

  const croise = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  atlas.etiqueter = function () {
    const { carte, courant } = atlas.etat;
    if (!carte || !courant || courant.maille === "departement") return vider(carte);
    const pane = carte.getPane("etiquettes") || creer(carte);
    const taille = carte.getSize();
    const ordre = courant.ordre || (courant.ordre = courant.codes.map((_, i) => i).sort((a, b) => courant.poids[b] - courant.poids[a]));
    const limite = courant.maille === "epci" ? MAX : Math.min(MAX, 8 * Math.pow(2, Math.max(0, carte.getZoom() - 8.5)));
    const prises = [], noms = [];
    for (const i of ordre) {
      if (noms.length >= limite) break;
      const p = carte.latLngToContainerPoint(courant.centres[i]);
      if (p.x < 0 || p.y < 0 || p.x > taille.x || p.y > taille.y) continue;
      const b = boite(p, courant.noms[i]);
      if (b[0] < 0 || b[2] > taille.x || prises.some((q) => croise(b, q))) continue;
      prises.push(b);
      noms.push([carte.latLngToLayerPoint(courant.centres[i]), courant.noms[i]]);
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
