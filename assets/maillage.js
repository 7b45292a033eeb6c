/* Geometry of a maille: decoded once from its immutable file, kept as living Leaflet paths. */
(function (atlas) {
  "use strict";
  const DEGRE = 1e5;
  const fichiers = new Map();

  /* Fetch a content-named file once; a failed fetch may be tried again. */
  atlas.charger = function (nom) {
    if (!fichiers.has(nom)) {
      const attente = fetch(`${atlas.racine()}fichiers/${nom}`).then((r) => {
        if (!r.ok) throw new Error(`${nom} : ${r.status}`);
        return r.json();
      });
      attente.catch(() => fichiers.delete(nom));
      fichiers.set(nom, attente);
    }
    return fichiers.get(nom);
  };

  function anneau(pas) {
    const points = new Array(pas.length / 2);
    let x = 0, y = 0;
    for (let i = 0; i < pas.length; i += 2) {
      x += pas[i];
      y += pas[i + 1];
      points[i / 2] = [y / DEGRE, x / DEGRE];
    }
    return points;
  }

  atlas.anneaux = (polygones) => polygones.map((p) => p.map(anneau));

  atlas.Maillage = class {
    constructor(maille, donnees, options) {
      this.maille = maille;
      this.codes = donnees.codes;
      this.noms = donnees.noms;
      this.parents = donnees.parents;
      this.poids = donnees.poids;
      this.rang = new Map(donnees.codes.map((c, i) => [c, i]));
      this.centres = donnees.centres.map(([x, y]) => [y / DEGRE, x / DEGRE]);
      this.chemins = donnees.polygones.map((p, i) => {
        const chemin = L.polygon(atlas.anneaux(p), options);
        chemin.rang = i;
        chemin.maillage = this;
        return chemin;
      });
      this.groupe = L.layerGroup(this.chemins);
      this.lignes = null;
    }

    /* Borders alone, to be drawn over a finer maille. */
    bords(style) {
      if (!this.lignes) this.lignes = L.layerGroup(this.chemins.map((c) => L.polyline(c.getLatLngs().flat(1), { interactive: false, ...style })));
      this.lignes.eachLayer((l) => l.setStyle(style));
      return this.lignes;
    }
  };
})(window.atlas);
