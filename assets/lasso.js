/* The lasso: a line drawn on the map by mouse, finger or pen takes the communes whose inner point it goes round. */
(function (atlas) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  let voile = null;

  atlas.lasso = async function (retirer) {
    quitter();
    atlas.etat.occupe = true;
    const carte = atlas.etat.carte, cadre = carte.getContainer();
    voile = document.createElement("div");
    voile.className = "voile lasso";
    const svg = voile.appendChild(document.createElementNS(SVG, "svg"));
    const trait = svg.appendChild(document.createElementNS(SVG, "polygon"));
    const points = [];
    const ici = (e) => { const r = voile.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    for (const geste of ["mousedown", "touchstart", "dblclick", "click"]) voile.addEventListener(geste, (e) => e.stopPropagation(), { passive: true });
    voile.addEventListener("pointerdown", (e) => {
      e.stopPropagation();
      voile.setPointerCapture(e.pointerId);
      points.length = 0;
      points.push(ici(e));
    });
    voile.addEventListener("pointermove", (e) => {
      if (!points.length) return;
      points.push(ici(e));
      trait.setAttribute("points", points.map((p) => p.map(Math.round).join(",")).join(" "));
    });
    voile.addEventListener("pointerup", () => {
      const anneau = points.map((p) => carte.containerPointToLatLng(p));
      quitter();
      prendre(anneau, retirer);
    });
    voile.addEventListener("pointercancel", quitter);
    cadre.append(voile);
    cadre.scrollIntoView({ block: "nearest" });
    atlas.aviserComposer(`Entourer sur la carte les communes à ${retirer ? "retirer" : "ajouter"} ; Échap abandonne.`);
  };

  function quitter() {
    if (!voile) return;
    voile.remove();
    voile = null;
    setTimeout(() => { atlas.etat.occupe = false; }, 0);
  }

  function prendre(anneau, retirer) {
    const m = atlas.etat.maillages.get("commune");
    if (anneau.length < 3 || !m) return atlas.aviserComposer("Le lasso n'entoure aucune commune.");
    const codes = m.codes.filter((_, i) => m.bornes(i).isValid() && dedans(m.centres[i], anneau));
    const change = atlas.composer(codes, retirer);
    const s = change > 1 ? "s" : "";
    atlas.aviserComposer(change ? `${change} commune${s} ${retirer ? "retirée" : "ajoutée"}${s}.` : "Le lasso ne change rien.");
  }

  function dedans([y, x], anneau) {
    let oui = false;
    for (let i = 0, j = anneau.length - 1; i < anneau.length; j = i++) {
      const a = anneau[i], b = anneau[j];
      if (a.lat > y !== b.lat > y && x < ((b.lng - a.lng) * (y - a.lat)) / (b.lat - a.lat) + a.lng) oui = !oui;
    }
    return oui;
  }

  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !voile) return;
    quitter();
    e.preventDefault();
    atlas.aviserComposer("Lasso abandonné.");
  }, true);
  document.addEventListener("atlas:volet", quitter);
})(window.atlas);
