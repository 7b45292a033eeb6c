/* Hatches and point shapes on canvas: the browser's half of layers/kit/marks.py (Motif, Forme, Etat). */
(function (atlas) {
  "use strict";
  const COTE = 8, MAILLE = 10;  // the strokes below are drawn in a square of 8, shown 10 pixels wide

  const TRACES = {
    diagonales: [[-2, 2, 2, -2], [0, 8, 8, 0], [6, 10, 10, 6]],
    contre_diagonales: [[-2, 6, 2, 10], [0, 0, 8, 8], [6, -2, 10, 2]],
    horizontales: [[0, 2, 8, 2], [0, 6, 8, 6]],
    verticales: [[2, 0, 2, 8], [6, 0, 6, 8]],
    croisillons: [[0, 4, 8, 4], [4, 0, 4, 8]],
  };
  const FORMES = {
    carre: [[-0.84, -0.84], [0.84, -0.84], [0.84, 0.84], [-0.84, 0.84]],
    losange: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
    triangle: [[0, -1.08], [1.05, 0.86], [-1.05, 0.86]],
    triangle_bas: [[0, 1.08], [1.05, -0.86], [-1.05, -0.86]],
    hexagone: [[0, -1.05], [0.92, -0.52], [0.92, 0.52], [0, 1.05], [-0.92, 0.52], [-0.92, -0.52]],
    croix: [[-0.34, -1], [0.34, -1], [0.34, -0.34], [1, -0.34], [1, 0.34], [0.34, 0.34], [0.34, 1], [-0.34, 1], [-0.34, 0.34], [-1, 0.34], [-1, -0.34], [-0.34, -0.34]],
    etoile: Array.from({ length: 10 }, (_, i) => {
      const r = i % 2 ? 0.5 : 1.25, a = -Math.PI / 2 + (i * Math.PI) / 5;
      return [r * Math.cos(a), r * Math.sin(a)];
    }),
  };

  function hachurer(ctx, motif, couleur) {
    ctx.strokeStyle = ctx.fillStyle = couleur;
    ctx.lineWidth = 0.95;
    if (motif === "points") {
      for (const [x, y] of [[2, 2], [6, 6]]) {
        ctx.beginPath();
        ctx.arc(x, y, 1.1, 0, 2 * Math.PI);
        ctx.fill();
      }
      return;
    }
    ctx.beginPath();
    for (const [x0, y0, x1, y1] of TRACES[motif] || []) {
      ctx.moveTo(x0, y0);
      ctx.lineTo(x1, y1);
    }
    ctx.stroke();
  }

  const remplissages = new Map();

  /* A plain colour, or a CanvasPattern of a ground under hatches [[motif, colour], …]; made once per combination.
     `seules`: the hatches without the ground that they are chosen for. */
  atlas.remplissage = function (fond, hachures, seules) {
    if (!hachures.length) return fond;
    if (seules) fond = "";
    const cle = `${fond}|${hachures.join("|")}`;
    if (!remplissages.has(cle)) {
      const toile = document.createElement("canvas");
      toile.width = toile.height = MAILLE * 2;
      const ctx = toile.getContext("2d");
      ctx.scale((2 * MAILLE) / COTE, (2 * MAILLE) / COTE);
      if (fond) {
        ctx.fillStyle = fond;
        ctx.fillRect(0, 0, COTE, COTE);
      }
      hachures.forEach(([motif, couleur]) => hachurer(ctx, motif, couleur));
      const motif = ctx.createPattern(toile, "repeat");
      motif.setTransform(new DOMMatrix().scale(0.5, 0.5));
      remplissages.set(cle, motif);
    }
    return remplissages.get(cle);
  };

  function contour(ctx, forme, x, y, r) {
    ctx.beginPath();
    const sommets = FORMES[forme];
    if (!sommets) ctx.arc(x, y, r, 0, 2 * Math.PI);
    else {
      sommets.forEach(([dx, dy], i) => ctx[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
      ctx.closePath();
    }
  }

  /* One place: a shape with a white halo; its state is full, hollow, dotted or struck through. */
  atlas.dessinerForme = function (ctx, x, y, r, categorie) {
    const creux = categorie.etat === "creux" || categorie.etat === "pointille";
    contour(ctx, categorie.forme, x, y, r + 1.6);
    ctx.fillStyle = "#ffffff";
    ctx.fill();
    contour(ctx, categorie.forme, x, y, r);
    ctx.fillStyle = creux ? "#ffffff" : categorie.couleur;
    ctx.fill();
    ctx.setLineDash(categorie.etat === "pointille" ? [2.5, 2] : []);
    ctx.lineWidth = creux ? 2 : 1;
    ctx.strokeStyle = categorie.couleur;
    ctx.stroke();
    ctx.setLineDash([]);
    if (categorie.etat === "barre") {
      for (const [largeur, couleur] of [[3.6, "#ffffff"], [1.8, categorie.couleur]]) {
        ctx.beginPath();
        ctx.moveTo(x - r, y + r);
        ctx.lineTo(x + r, y - r);
        ctx.lineWidth = largeur;
        ctx.strokeStyle = couleur;
        ctx.stroke();
      }
    }
  };
})(window.atlas);
