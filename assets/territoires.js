/* The territories of each maille, decoded once from the immutable file of the dataset. */
(function (atlas) {
  "use strict";
  /* The territories of one maille; `membres` gives, by rank of a commune, the rank of its territory, -1 for none. */
  atlas.Territoires = class {
    constructor(maille, d, geometrie) {
      this.maille = maille;
      this.geometrie = geometrie;
      this.codes = d.codes;
      this.noms = d.noms;
      this.poids = d.poids;
      this.rang = new Map(d.codes.map((c, i) => [c, i]));
      this.centres = d.centres.map(([x, y]) => [y, x]);
      this.membres = Int32Array.from(d.membres || d.codes.map((_, i) => i));
    }

    /* Ranks of the communes of a territory. */
    communes(i) {
      if (this.maille === "commune") return [i];
      if (!this.parTerritoire) {
        this.parTerritoire = this.codes.map(() => []);
        this.membres.forEach((t, c) => t >= 0 && this.parTerritoire[t].push(c));
      }
      return this.parTerritoire[i];
    }

    /* L.LatLngBounds of a territory, not valid when it has no outline. */
    bornes(i) {
      return L.latLngBounds(this.geometrie.bornes(this.communes(i)) || []);
    }

    /* Closed lines around a territory. */
    contour(i) {
      const dedans = new Set(this.communes(i));
      return this.geometrie.union((t) => dedans.has(t));
    }

    /* Borders between the territories of this maille. */
    limites() {
      return this.bords || (this.bords = this.geometrie.limites(this.membres));
    }

    /* Rank of the territory at a place, -1 for none. */
    sous(latlng) {
      const t = this.geometrie.trouver(...atlas.versCarre(latlng.lat, latlng.lng));
      return t < 0 ? -1 : this.membres[t];
    }
  };

  const fonds = new Map();

  /* Every maille of a dataset, from its file; decoded once, as soon as it comes. */
  atlas.lireFond = function (nom) {
    if (!fonds.has(nom)) {
      const attente = atlas.charger(nom).then(lire);
      attente.catch(() => fonds.delete(nom));
      fonds.set(nom, attente);
    }
    return fonds.get(nom);
  };

  function lire(d) {
    const geometrie = new atlas.Geometrie(d.geometrie);
    const maillages = new Map(Object.entries(d.mailles).map(([maille, t]) => [maille, new atlas.Territoires(maille, t, geometrie)]));
    const { commune, epci } = Object.fromEntries(maillages);
    commune.parents = Array.from(epci.membres, (t) => (t < 0 ? "" : epci.codes[t]));
    for (const [maille, polygones] of Object.entries(d.bords)) maillages.get(maille).libres = atlas.anneauxLibres(polygones.flat(), 1e5);
    return maillages;
  }
})(window.atlas = window.atlas || {});
