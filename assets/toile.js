/* The map's own layer over Leaflet: a few canvases that move and grow as one, each with its painter. */
(function (atlas) {
  "use strict";
  if (!window.L) return;
  const LOIN = 0.3;  // part of the map's size painted beyond each edge, for a pan to find

  /* `peintres` are functions (ctx, vue) from bottom to top; vue = {s, ox, oy, zoom, bornes} puts the Mercator square in pixels. */
  atlas.Toile = L.Renderer.extend({
    initialize: function (peintres) {
      L.Renderer.prototype.initialize.call(this, { padding: LOIN });
      this.peintres = peintres;
    },

    getEvents: function () {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._suivre };
    },

    _initContainer: function () {
      this._container = L.DomUtil.create("div");
      this._container.style.pointerEvents = "none";
      this.toiles = this.peintres.map(() => L.DomUtil.create("canvas", "", this._container));
      this.toiles.forEach((t) => { t.style.position = "absolute"; });
    },

    _destroyContainer: function () {
      L.DomUtil.remove(this._container);
      delete this._container;
      delete this._place;
    },

    _updatePaths: function () {},
    _onZoomEnd: function () {},

    _reset: function () {
      this._update();
      this._updateTransform(this._center, this._zoom);
    },

    /* A long drag shows more before it ends. */
    _suivre: function () {
      if (this._map._animatingZoom || !this._bounds || this._map.getZoom() !== this._zoom) return;
      const vu = L.bounds(this._map.containerPointToLayerPoint([0, 0]), this._map.containerPointToLayerPoint(this._map.getSize()));
      if (!this._bounds.contains(vu)) this._update();
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const b = this._bounds, taille = b.getSize(), fin = Math.min(window.devicePixelRatio || 1, 2), origine = this._map.getPixelOrigin();
      const place = [this._zoom, origine, b.min, taille, fin].join("|");
      L.DomUtil.setPosition(this._container, b.min);
      if (place === this._place) return;
      this._place = place;
      this.vue = { s: 256 * 2 ** this._zoom, ox: origine.x + b.min.x, oy: origine.y + b.min.y, zoom: this._zoom, fin, largeur: taille.x, hauteur: taille.y, min: b.min };
      for (const toile of this.toiles) {
        toile.width = fin * taille.x;
        toile.height = fin * taille.y;
        toile.style.width = `${taille.x}px`;
        toile.style.height = `${taille.y}px`;
      }
      this.peindre();
    },

    /* Paint again the canvases of these ranks, all of them without any. */
    peindre: function (...rangs) {
      if (!this.vue) return;
      for (const rang of rangs.length ? rangs : this.peintres.keys()) {
        const toile = this.toiles[rang], ctx = toile.getContext("2d"), { fin, largeur, hauteur } = this.vue;
        ctx.setTransform(fin, 0, 0, fin, 0, 0);
        ctx.clearRect(0, 0, largeur, hauteur);
        ctx.lineJoin = ctx.lineCap = "round";
        toile.hidden = this.peintres[rang](ctx, this.vue) === false;
      }
    },
  });

  /* Whether a box of the square [west, north, east, south] may be seen. */
  atlas.enVue = (v, b, i) => b[i] * v.s - v.ox < v.largeur && b[i + 2] * v.s - v.ox > 0 && b[i + 1] * v.s - v.oy < v.hauteur && b[i + 3] * v.s - v.oy > 0;

  /* A hatch keeps its place on the ground when the canvas moves. */
  atlas.ancrer = function (remplissage, v) {
    if (remplissage instanceof CanvasPattern) remplissage.setTransform(new DOMMatrix().translate(-v.min.x, -v.min.y).scale(0.5, 0.5));
    return remplissage;
  };

  const AMPLEUR = { commune: 12, epci: 26, departement: 30 };  // pixels below which borders fade, for the ground to be seen

  /* How full the borders of a maille are at a scale, 0 to 1. */
  atlas.plenitude = function (m, v) {
    if (!m.ampleur) {
      const b = m.geometrie.boites;
      let aire = 0;
      for (let i = 0; i < b.length; i += 4) if (b[i] < b[i + 2]) aire += 0.5 * (b[i + 2] - b[i]) * (b[i + 3] - b[i + 1]);
      m.ampleur = Math.sqrt(aire / Math.max(1, m.codes.length));
    }
    return Math.min(1, (m.ampleur * v.s) / AMPLEUR[m.maille]);
  };

  /* Grounds of one maille, then the hatches over them. `sol` = {m, styles, rangs}: styles [{fond, hachure}], rangs their
     rank by territory. What neighbours share is filled as one: the same picture, from far fewer lines. */
  atlas.peindreSol = function (ctx, v, sol) {
    const { m, styles, rangs } = sol, g = m.geometrie, n = g.niveau(v.zoom), vus = new Int32Array(m.membres.length).fill(-1);
    for (let c = 0; c < vus.length; c++) if (m.membres[c] >= 0 && atlas.enVue(v, g.boites, 4 * c)) vus[c] = rangs[m.membres[c]];
    for (const quoi of ["fond", "hachure"]) {
      const encres = [...new Set(styles.map((s) => s[quoi]))].filter(Boolean), de = styles.map((s) => encres.indexOf(s[quoi]));
      g.groupes(ctx, vus.map((k) => (k < 0 ? -1 : de[k])), encres.length, n, v, (k) => {
        ctx.fillStyle = atlas.ancrer(encres[k], v);
        ctx.fill();
      });
    }
    return n;
  };

  /* Lines of arcs in one stroke; what is out of sight is left out. */
  atlas.tracer = function (ctx, v, g, n, refs, style) {
    ctx.beginPath();
    for (const r of refs) {
      if (atlas.enVue(v, g.boitesArcs, 4 * (Math.abs(r) - 1))) g.arc(ctx, r, n, v, true);
    }
    atlas.trait(ctx, style);
  };

  atlas.trait = function (ctx, { couleur, epaisseur, opacite, tirets }) {
    ctx.globalAlpha = opacite ?? 1;
    ctx.strokeStyle = couleur;
    ctx.lineWidth = epaisseur;
    ctx.setLineDash(tirets || []);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  };

  /* Rings that no arc gives, added to a path; they end where they start. */
  atlas.libres = function (ctx, anneaux, v) {
    for (const p of anneaux) {
      for (let i = 0; i < p.length; i += 2) ctx[i ? "lineTo" : "moveTo"](p[i] * v.s - v.ox, p[i + 1] * v.s - v.oy);
    }
  };
})(window.atlas = window.atlas || {});
