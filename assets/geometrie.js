/* Outlines as shared arcs: decoded once, thinned to what a zoom can show, run as rings, borders or unions.

   Coordinates are those of the Mercator square, 0 to 1 eastwards and southwards: × 256 × 2^zoom gives Leaflet's pixels. */
(function (atlas) {
  "use strict";
  const ECART = 0.6;  // pixels that a thinned line may stand off
  const ZOOM_ENTIER = 15;

  atlas.versCarre = (lat, lng) => [lng / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)];
  const latitude = (y) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;
  const longitude = (x) => (x - 0.5) * 360;

  /* Keep the points of one line that stand out by more than `ecart` (Douglas and Peucker). */
  function amincir(p, debut, fin, ecart, garde) {
    const limite = ecart * ecart;
    garde[debut] = garde[fin] = 1;
    if (fin - debut < 2) return;
    const pile = [debut, fin];
    while (pile.length) {
      const b = pile.pop(), a = pile.pop();
      const ax = p[2 * a], ay = p[2 * a + 1], dx = p[2 * b] - ax, dy = p[2 * b + 1] - ay, l = dx * dx + dy * dy;
      let pire = limite, ou = -1;
      for (let i = a + 1; i < b; i++) {
        let x = p[2 * i] - ax, y = p[2 * i + 1] - ay;
        const t = l && Math.max(0, Math.min(1, (x * dx + y * dy) / l));
        x -= t * dx;
        y -= t * dy;
        const d = x * x + y * y;
        if (d > pire) { pire = d; ou = i; }
      }
      if (ou > 0) { garde[ou] = 1; pile.push(a, ou, ou, b); }
    }
  }

  function cumuler(nombres) {
    const debut = new Uint32Array(nombres.length + 1);
    for (let i = 0; i < nombres.length; i++) debut[i + 1] = debut[i] + nombres[i];
    return debut;
  }

  atlas.Geometrie = class {
    constructor(d) {
      this.arcs = d.tailles.length;
      this.debut = cumuler(d.tailles);          // first point of each arc
      this.refs = this.nommer(d.anneaux);       // arcs of the rings, from 1, negative when run backwards
      this.anneaux = cumuler(d.nombres);        // first reference of each ring
      this.territoires = cumuler(d.territoires); // first ring of each territory
      this.points = this.decoder(d.arcs, d.pas);
      this.cotes();
      this.boites = this.encadrer();
      this.niveaux = new Map();
    }

    /* Arcs are told by how far back they came first: 0 for the next new one, -1 - n when run backwards. */
    nommer(dits) {
      let connus = 0;
      return Int32Array.from(dits, (dit) => {
        const recul = dit < 0 ? -1 - dit : dit, rang = recul ? connus - recul + 1 : ++connus;
        return dit < 0 ? -rang : rang;
      });
    }

    decoder(pas, echelle) {
      const points = new Float64Array(pas.length);
      for (let a = 0; a < this.arcs; a++) {
        let x = 0, y = 0;
        for (let i = this.debut[a]; i < this.debut[a + 1]; i++) {
          x += pas[2 * i];
          y += pas[2 * i + 1];
          points[2 * i] = x / (360 * echelle) + 0.5;
          points[2 * i + 1] = 0.5 - Math.log(Math.tan(Math.PI / 4 + (y * Math.PI) / (360 * echelle))) / (2 * Math.PI);
        }
      }
      return points;
    }

    /* Which territory stands on the left and on the right of each arc, -1 for none; where outlines overlap along an arc,
       those that come before on a side are kept apart, as [territory, reference]. */
    cotes() {
      this.doubles = [];
      this.gauche = new Int32Array(this.arcs).fill(-1);
      this.droite = new Int32Array(this.arcs).fill(-1);
      for (let t = 0; t + 1 < this.territoires.length; t++) {
        for (let k = this.anneaux[this.territoires[t]]; k < this.anneaux[this.territoires[t + 1]]; k++) {
          const r = this.refs[k];
          const cote = r > 0 ? this.gauche : this.droite, a = Math.abs(r) - 1;
          if (cote[a] >= 0) this.doubles.push([cote[a], r]);
          cote[a] = t;
        }
      }
    }

    /* Boxes [west, north, east, south] of the territories; those of the arcs are kept beside. */
    encadrer() {
      const n = this.territoires.length - 1, boites = new Float64Array(4 * n), p = this.points;
      const arcs = (this.boitesArcs = new Float64Array(4 * this.arcs));
      for (let a = 0; a < this.arcs; a++) {
        let o = Infinity, h = Infinity, e = -Infinity, b = -Infinity;
        for (let i = 2 * this.debut[a]; i < 2 * this.debut[a + 1]; i += 2) {
          if (p[i] < o) o = p[i];
          if (p[i] > e) e = p[i];
          if (p[i + 1] < h) h = p[i + 1];
          if (p[i + 1] > b) b = p[i + 1];
        }
        arcs[4 * a] = o;
        arcs[4 * a + 1] = h;
        arcs[4 * a + 2] = e;
        arcs[4 * a + 3] = b;
      }
      for (let t = 0; t < n; t++) {
        let o = Infinity, h = Infinity, e = -Infinity, b = -Infinity;
        for (let k = this.anneaux[this.territoires[t]]; k < this.anneaux[this.territoires[t + 1]]; k++) {
          const a = 4 * (Math.abs(this.refs[k]) - 1);
          if (arcs[a] < o) o = arcs[a];
          if (arcs[a + 1] < h) h = arcs[a + 1];
          if (arcs[a + 2] > e) e = arcs[a + 2];
          if (arcs[a + 3] > b) b = arcs[a + 3];
        }
        boites[4 * t] = o;
        boites[4 * t + 1] = h;
        boites[4 * t + 2] = e;
        boites[4 * t + 3] = b;
      }
      return boites;
    }

    /* The arcs thinned for a zoom; made once for each whole zoom. */
    niveau(zoom) {
      const z = Math.ceil(zoom);
      if (z >= ZOOM_ENTIER) return this;
      if (!this.niveaux.has(z)) this.niveaux.set(z, this.alleger(ECART / (256 * 2 ** z)));
      return this.niveaux.get(z);
    }

    alleger(ecart) {
      const garde = new Uint8Array(this.points.length / 2), debut = new Uint32Array(this.arcs + 1);
      for (let a = 0; a < this.arcs; a++) amincir(this.points, this.debut[a], this.debut[a + 1] - 1, ecart, garde);
      const points = new Float64Array(2 * garde.reduce((n, g) => n + g, 0));
      let j = 0;
      for (let a = 0; a < this.arcs; a++) {
        debut[a] = j;
        for (let i = this.debut[a]; i < this.debut[a + 1]; i++) {
          if (!garde[i]) continue;
          points[2 * j] = this.points[2 * i];
          points[2 * j + 1] = this.points[2 * i + 1];
          j++;
        }
      }
      debut[this.arcs] = j;
      return { debut, points };
    }

    /* Add one arc to a path; `v` puts the square in pixels: x × v.s - v.ox. */
    arc(ctx, r, n, v, commence) {
      const a = (r < 0 ? -r : r) - 1, debut = n.debut[a], fin = n.debut[a + 1] - 1, p = n.points, s = v.s, ox = v.ox, oy = v.oy;
      if (commence) {
        const i = 2 * (r > 0 ? debut : fin);
        ctx.moveTo(p[i] * s - ox, p[i + 1] * s - oy);
      }
      if (r > 0) for (let i = debut + 1; i <= fin; i++) ctx.lineTo(p[2 * i] * s - ox, p[2 * i + 1] * s - oy);
      else for (let i = fin - 1; i >= debut; i--) ctx.lineTo(p[2 * i] * s - ox, p[2 * i + 1] * s - oy);
    }

    /* Add the rings of a territory to a path. They end where they start: closePath() would measure the path each time. */
    territoire(ctx, t, n, v) {
      for (let k = this.territoires[t]; k < this.territoires[t + 1]; k++) {
        for (let r = this.anneaux[k]; r < this.anneaux[k + 1]; r++) this.arc(ctx, this.refs[r], n, v, r === this.anneaux[k]);
      }
    }

    /* Add closed lines, given as lists of arcs, to a path. */
    lignes(ctx, lignes, n, v) {
      for (const ligne of lignes) ligne.forEach((r, i) => this.arc(ctx, r, n, v, i === 0));
    }

    /* The ends of the arcs as ranks of nodes: {de, vers, combien}; found once. */
    noeuds() {
      if (this.bouts) return this.bouts;
      const bits = Math.ceil(Math.log2(4 * this.arcs + 2)), table = new Int32Array(2 ** bits).fill(-1), lieux = new Float64Array(2 * this.arcs);
      const de = new Int32Array(this.arcs), vers = new Int32Array(this.arcs);
      let combien = 0;
      const rang = (r) => {
        const lieu = this.noeud(r);
        let i = (Math.imul(lieu % 0x7fffffff, 0x9e3779b1) >>> (32 - bits)) % table.length;
        while (table[i] >= 0 && lieux[table[i]] !== lieu) i = (i + 1) % table.length;
        if (table[i] < 0) lieux[(table[i] = combien++)] = lieu;
        return table[i];
      };
      for (let a = 0; a < this.arcs; a++) {
        de[a] = rang(a + 1);
        vers[a] = rang(-a - 1);
      }
      return (this.bouts = { de, vers, combien });
    }

    /* References of the arcs around each group of territories, those of group k from places[k] to places[k + 1];
       `groupe[t]` is the rank of a territory's group, -1 for none. An arc between two of one group, run once each way,
       is left out: the lines still close, and fill the same. */
    frontieres(groupe, combien) {
      const { gauche, droite, arcs, doubles } = this, places = new Uint32Array(combien + 2);
      for (let a = 0; a < arcs; a++) {
        const g = gauche[a] < 0 ? -1 : groupe[gauche[a]], d = droite[a] < 0 ? -1 : groupe[droite[a]];
        if (g === d) continue;
        places[g + 1]++;
        places[d + 1]++;
      }
      for (const [t] of doubles) places[groupe[t] + 1]++;
      places[0] = 0;
      for (let k = 0; k < combien; k++) places[k + 1] += places[k];
      const refs = new Int32Array(places[combien]), libre = places.slice();
      for (let a = 0; a < arcs; a++) {
        const g = gauche[a] < 0 ? -1 : groupe[gauche[a]], d = droite[a] < 0 ? -1 : groupe[droite[a]];
        if (g === d) continue;
        if (g >= 0) refs[libre[g]++] = a + 1;
        if (d >= 0) refs[libre[d]++] = -a - 1;
      }
      for (const [t, r] of doubles) if (groupe[t] >= 0) refs[libre[groupe[t]]++] = r;
      return { refs, places };
    }

    /* Draw the closed lines around each group of territories; `finir(k)` after each. */
    groupes(ctx, groupe, combien, n, v, finir) {
      const { refs, places } = this.frontieres(groupe, combien), { de, vers, combien: noeuds } = this.noeuds();
      const suivant = new Int32Array(refs.length), tete = new Int32Array(noeuds).fill(-1), pris = new Uint8Array(refs.length);
      const depart = (r) => (r > 0 ? de[r - 1] : vers[-r - 1]);
      for (let k = 0; k < combien; k++) {
        const debut = places[k], fin = places[k + 1];
        if (debut === fin) continue;
        for (let i = fin - 1; i >= debut; i--) {
          const x = depart(refs[i]);
          suivant[i] = tete[x];
          tete[x] = i;
        }
        ctx.beginPath();
        for (let i = debut; i < fin; i++) {
          for (let j = i; j >= 0 && !pris[j]; ) {
            pris[j] = 1;
            this.arc(ctx, refs[j], n, v, j === i);
            const x = depart(-refs[j]);
            for (j = tete[x]; j >= 0 && pris[j]; j = suivant[j]);
            tete[x] = j < 0 ? -1 : suivant[j];
          }
        }
        finir(k);
        for (let i = debut; i < fin; i++) tete[depart(refs[i])] = -1;
      }
    }

    /* The lines around a set of territories, told by `dedans(t)`: closed lists of arcs, the inside on their left. */
    union(dedans) {
      const suites = new Map(), bord = [];
      for (let a = 0; a < this.arcs; a++) {
        const g = this.gauche[a] >= 0 && dedans(this.gauche[a]), d = this.droite[a] >= 0 && dedans(this.droite[a]);
        if (g === d) continue;
        const r = g ? a + 1 : -a - 1, n = this.noeud(r);
        bord.push(r);
        if (suites.has(n)) suites.get(n).push(r); else suites.set(n, [r]);
      }
      const pris = new Set(), lignes = [];
      for (const premier of bord) {
        if (pris.has(premier)) continue;
        const ligne = [];
        for (let r = premier; r !== undefined && !pris.has(r); r = (suites.get(this.noeud(-r)) || []).find((x) => !pris.has(x))) {
          pris.add(r);
          ligne.push(r);
        }
        lignes.push(ligne);
      }
      return lignes;
    }

    /* Where an arc starts, as one number. */
    noeud(r) {
      const a = Math.abs(r) - 1, i = 2 * (r > 0 ? this.debut[a] : this.debut[a + 1] - 1);
      return Math.round(this.points[i] * 2 ** 25) * 2 ** 26 + Math.round(this.points[i + 1] * 2 ** 25);
    }

    /* Arcs between territories that `groupe` tells apart, the outer ones with them. */
    limites(groupe) {
      const trouvees = [];
      for (let a = 0; a < this.arcs; a++) {
        const g = this.gauche[a] < 0 ? -1 : groupe[this.gauche[a]], d = this.droite[a] < 0 ? -1 : groupe[this.droite[a]];
        if (g !== d) trouvees.push(a + 1);
      }
      return trouvees;
    }

    /* The territory at a point of the square, -1 for none. */
    trouver(x, y) {
      const b = this.boites;
      for (let t = 0, i = 0; i < b.length; t++, i += 4) {
        if (x >= b[i] && x <= b[i + 2] && y >= b[i + 1] && y <= b[i + 3] && this.contient(t, x, y)) return t;
      }
      return -1;
    }

    contient(t, x, y) {
      const p = this.points;
      let dedans = false;
      for (let k = this.anneaux[this.territoires[t]]; k < this.anneaux[this.territoires[t + 1]]; k++) {
        const a = Math.abs(this.refs[k]) - 1;
        for (let i = this.debut[a]; i + 1 < this.debut[a + 1]; i++) {
          const x0 = p[2 * i], y0 = p[2 * i + 1], x1 = p[2 * i + 2], y1 = p[2 * i + 3];
          if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) dedans = !dedans;
        }
      }
      return dedans;
    }

    /* The rings of a territory as [latitude, longitude], for whoever wants to draw or measure it. */
    coordonnees(t) {
      const anneaux = [];
      for (let k = this.territoires[t]; k < this.territoires[t + 1]; k++) {
        const anneau = [];
        const plume = { moveTo: (x, y) => anneau.push([latitude(y), longitude(x)]), lineTo: (x, y) => anneau.push([latitude(y), longitude(x)]) };
        for (let r = this.anneaux[k]; r < this.anneaux[k + 1]; r++) this.arc(plume, this.refs[r], this, { s: 1, ox: 0, oy: 0 }, r === this.anneaux[k]);
        anneaux.push(anneau);
      }
      return anneaux;
    }

    /* [[south, west], [north, east]] of some territories, null when none has an outline. */
    bornes(territoires) {
      let [o, h, e, b] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const t of territoires) {
        o = Math.min(o, this.boites[4 * t]);
        h = Math.min(h, this.boites[4 * t + 1]);
        e = Math.max(e, this.boites[4 * t + 2]);
        b = Math.max(b, this.boites[4 * t + 3]);
      }
      return o <= e ? [[latitude(b), longitude(o)], [latitude(h), longitude(e)]] : null;
    }
  };

  /* Rings that no arc gives (a quarter, an outline apart), ready for a path like those of a geometry. */
  atlas.anneauxLibres = function (polygones, pas) {
    return polygones.flat().map((deltas) => {
      const points = new Float64Array(deltas.length);
      let x = 0, y = 0;
      for (let i = 0; i < deltas.length; i += 2) {
        x += deltas[i];
        y += deltas[i + 1];
        [points[i], points[i + 1]] = atlas.versCarre(y / pas, x / pas);
      }
      return points;
    });
  };
})(window.atlas = window.atlas || {});
