/* The legend follows the pointer: the class, the place and the sentence of the territory under it. */
(function (atlas) {
  "use strict";

  const aplatDe = (dessin, couche, maille) => {
    const c = dessin.couches.find((x) => x.id === couche);
    const aplats = c ? c.marques.filter((m) => m.type === "aplat" && m.maille === maille) : [];
    return aplats.find((m) => !m.fond) || aplats[0];
  };

  /* Where a value stands along the bars, in hundredths: as `place` of dashboard/layout/histogram.py. */
  function placer(e, valeur) {
    if (valeur === 0 && e.zero) return 50 / e.pleines;
    const rang = e.bornes.filter((b) => b <= valeur).length;
    const bas = rang ? e.bornes[rang - 1] : e.min, haut = rang < e.bornes.length ? e.bornes[rang] : e.max;
    const part = haut > bas ? (valeur - bas) / (haut - bas) : 0.5;
    return (100 * (e.zero + rang + Math.min(1, Math.max(0, part)))) / e.pleines;
  }

  /* Every word comes from the server: the name, the detail, and the pieces of the sentence. */
  function dire(p, aplat, chemin, rang) {
    const pieces = JSON.parse(p.dataset.pieces);
    const valeur = aplat.valeurs && aplat.valeurs.length ? aplat.valeurs[chemin.rang] : null;
    const connue = valeur !== null && valeur !== undefined;
    const comparaison = connue ? pieces.comparaisons.map((c) => (valeur > c.repere ? c.au_dessus : valeur < c.repere ? c.au_dessous : c.egal)).join("") : "";
    const detail = (aplat.details && atlas.detail(aplat.details, chemin.rang)) || aplat.classes[rang].libelle;
    p.textContent = `${chemin.maillage.noms[chemin.rang]}\u202f: ${detail}${pieces.classes[rang]}${comparaison}.`.replace(/\.\.$/, ".");
  }

  function effacer() {
    document.querySelectorAll(".histogramme > .survol, .matrice .survol").forEach((b) => b.classList.remove("survol"));
    document.querySelectorAll(".repere-3").forEach((r) => { r.hidden = true; });
    document.querySelectorAll(".legende-phrase").forEach((p) => { if (p.textContent !== p.dataset.repos) p.textContent = p.dataset.repos; });
  }

  /* `chemin` is the path under the pointer, null when it has left the map. */
  atlas.montrerClasse = function (dessin, chemin) {
    effacer();
    if (!dessin || !chemin) return;
    for (const p of document.querySelectorAll(".legende-phrase")) {
      const aplat = aplatDe(dessin, p.dataset.couche, chemin.maillage.maille);
      const rang = aplat ? parseInt(aplat.rangs[chemin.rang], 36) : NaN;
      if (Number.isNaN(rang)) continue;
      dire(p, aplat, chemin, rang);
      const bloc = p.closest(".legende-bloc");
      bloc.querySelectorAll(`.histogramme > [data-rang="${rang}"], .matrice [data-rang="${rang}"]`).forEach((b) => b.classList.add("survol"));
      const figure = bloc.querySelector(".repartition"), valeur = aplat.valeurs && aplat.valeurs[chemin.rang];
      if (!figure || valeur === null || valeur === undefined) continue;
      const repere = figure.querySelector(".repere-3");
      repere.style.left = `${placer(JSON.parse(figure.dataset.echelle), valeur).toFixed(1)}%`;
      repere.hidden = false;
    }
  };
})(window.atlas);
