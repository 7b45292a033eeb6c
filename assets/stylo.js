/* Over the projected map: the territory that a spotlight leaves clear, and the strokes of a pen, both tied to the ground. */
(function (atlas) {
  "use strict";
  const VOILE = "rgba(8, 12, 18, 0.66)", ENCRE = "#c2005b", HALO = "#ffffff", FUGACE_MS = 4000, FONDU_MS = 900;

  /* `garder(traits)` is told the strokes to keep: lists of [latitude, longitude]. */
  atlas.Calque = class {
    constructor(carte, garder) {
      Object.assign(this, { carte, garder, traits: [], fugaces: [], contour: null, actif: false, fugace: true });
      const boite = carte.getContainer();
      this.toile = boite.appendChild(document.createElement("canvas"));
      this.toile.className = "calque";
      carte.on("move zoom zoomend moveend resize viewreset", () => this.peindre());
      this.toile.addEventListener("pointerdown", (e) => this.commencer(e));
      this.toile.addEventListener("pointermove", (e) => this.suivre(e));
      for (const fin of ["pointerup", "pointercancel"]) this.toile.addEventListener(fin, () => this.finir());
    }

    /* Spotlight on the union of communes, none for an empty list. */
    eclairer(codes) {
      const m = atlas.etat.maillages.get("commune");
      const dedans = m && codes.length ? new Set(codes.map((c) => m.rang.get(c)).filter((r) => r !== undefined)) : new Set();
      this.contour = dedans.size ? m.geometrie.union((t) => dedans.has(t)) : null;
      this.geometrie = m && m.geometrie;
      this.peindre();
    }

    stylo(actif) {
      this.actif = actif;
      atlas.etat.occupe = actif;
      this.toile.classList.toggle("actif", actif);
    }

    remplacer(traits) {
      this.traits = traits;
      this.fugaces = [];
      this.peindre();
    }

    effacer() {
      const garde = this.traits.length > 0;
      this.remplacer([]);
      if (garde) this.garder([]);
    }

    commencer(e) {
      if (!this.actif) return;
      e.preventDefault();
      this.toile.setPointerCapture(e.pointerId);
      this.trait = [this.lieu(e)];
    }

    suivre(e) {
      if (!this.trait) return;
      this.trait.push(this.lieu(e));
      this.peindre();
    }

    finir() {
      if (!this.trait) return;
      const trait = this.trait;
      this.trait = null;
      if (this.fugace) {
        const fugace = { trait, ne: performance.now() };
        this.fugaces.push(fugace);
        setTimeout(() => this.fondre(fugace), FUGACE_MS);
      } else {
        this.traits.push(trait);
        this.garder(this.traits);
      }
      this.peindre();
    }

    fondre(fugace) {
      const age = performance.now() - fugace.ne - FUGACE_MS;
      fugace.opacite = Math.max(0, 1 - age / FONDU_MS);
      if (fugace.opacite > 0) requestAnimationFrame(() => this.fondre(fugace));
      else this.fugaces = this.fugaces.filter((f) => f !== fugace);
      this.peindre();
    }

    lieu(e) {
      const { lat, lng } = this.carte.mouseEventToLatLng(e);
      return [Math.round(lat * 1e5) / 1e5, Math.round(lng * 1e5) / 1e5];
    }

    peindre() {
      const taille = this.carte.getSize(), fin = Math.min(window.devicePixelRatio || 1, 2);
      const rien = !this.contour && !this.traits.length && !this.fugaces.length && !this.trait;
      this.toile.hidden = rien && !this.actif;
      if (this.toile.width !== Math.round(taille.x * fin) || this.toile.height !== Math.round(taille.y * fin)) [this.toile.width, this.toile.height] = [Math.round(taille.x * fin), Math.round(taille.y * fin)];
      const ctx = this.toile.getContext("2d");
      ctx.setTransform(fin, 0, 0, fin, 0, 0);
      ctx.clearRect(0, 0, taille.x, taille.y);
      if (rien) return;
      if (this.contour) this.voiler(ctx, taille);
      const traits = [...this.traits.map((t) => [t, 1]), ...this.fugaces.map((f) => [f.trait, f.opacite ?? 1]), ...(this.trait ? [[this.trait, 1]] : [])];
      traits.forEach(([trait, opacite]) => this.tracer(ctx, trait, opacite));
    }

    voiler(ctx, taille) {
      const coin = this.carte.getPixelBounds().min, zoom = this.carte.getZoom(), g = this.geometrie;
      const v = { s: 256 * 2 ** zoom, ox: coin.x, oy: coin.y, zoom, largeur: taille.x, hauteur: taille.y };
      ctx.fillStyle = VOILE;
      ctx.fillRect(0, 0, taille.x, taille.y);
      ctx.beginPath();
      g.lignes(ctx, this.contour, g.niveau(zoom), v);
      ctx.globalCompositeOperation = "destination-out";
      ctx.fillStyle = "#000000";
      ctx.fill("evenodd");
      ctx.globalCompositeOperation = "source-over";
      atlas.trait(ctx, { couleur: "#ffffff", epaisseur: 5 });
      atlas.trait(ctx, { couleur: "#000000", epaisseur: 2 });
    }

    tracer(ctx, trait, opacite) {
      const points = trait.map((p) => this.carte.latLngToContainerPoint(p));
      ctx.globalAlpha = opacite;
      ctx.lineJoin = ctx.lineCap = "round";
      for (const [couleur, epaisseur] of [[HALO, 7], [ENCRE, 3.5]]) {
        ctx.beginPath();
        points.forEach((p, i) => ctx[i ? "lineTo" : "moveTo"](p.x, p.y));
        if (points.length === 1) ctx.lineTo(points[0].x + 0.1, points[0].y);
        ctx.strokeStyle = couleur;
        ctx.lineWidth = epaisseur;
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    }
  };
})(window.atlas = window.atlas || {});
