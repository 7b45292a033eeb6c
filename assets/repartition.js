/* The legend's histogram follows the pointer: the class of the territory under it stands out. */
(function (atlas) {
  "use strict";

  /* `chemin` is the path under the pointer, null when it has left the map. */
  atlas.montrerClasse = function (dessin, chemin) {
    document.querySelectorAll(".histogramme > .survol").forEach((b) => b.classList.remove("survol"));
    if (!dessin || !chemin) return;
    for (const figure of document.querySelectorAll(".repartition")) {
      const couche = dessin.couches.find((c) => c.id === figure.dataset.couche);
      const aplat = couche && couche.marques.find((m) => m.type === "aplat" && m.maille === chemin.maillage.maille);
      const rang = aplat && parseInt(aplat.rangs[chemin.rang], 36);
      const barre = figure.querySelector(`[data-rang="${rang}"]`);
      if (barre) barre.classList.add("survol");
    }
  };
})(window.atlas);
