/* What lies around and under the territories: what the dataset brings, and, where it allows it, Plan IGN online. */
(function (atlas) {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const TUILES = "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&TILEMATRIXSET=PM&FORMAT=image/png&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}";
  const CREDIT = "© IGN – Géoplateforme", PANNE = "Le fond Plan IGN n'arrive pas : la carte s'en passe.";
  const DESSOUS = { departements: ["zones", "--contexte-terre", "--contexte-bord", 1], eau: ["zones", "--contexte-eau", null, 0] };
  const DESSUS = { eau: ["--contexte-riviere", 0.9], routes: ["--contexte-route", 0.8] };
  const couleur = (nom) => getComputedStyle(document.documentElement).getPropertyValue(nom).trim();
  let contexte = null, demande = null, tuiles = null, venues = false;

  function lire(brut) {
    const formes = (listes) => atlas.anneauxLibres(listes, 1e5);
    return Object.fromEntries(Object.entries(brut).map(([nom, f]) => [nom, { zones: formes([f.zones]), lignes: formes([f.lignes]) }]));
  }

  function suite(ctx, lignes, v) {
    for (const p of lignes) for (let i = 0; i < p.length; i += 2) ctx[i ? "lineTo" : "moveTo"](p[i] * v.s - v.ox, p[i + 1] * v.s - v.oy);
  }

  atlas.contexte = {
    /* Areas, under the fills of the territories. */
    dessous(ctx, v) {
      for (const [nom, [quoi, fond, bord, epaisseur]] of Object.entries(contexte && !venues ? DESSOUS : {})) {
        if (!contexte[nom] || !contexte[nom][quoi].length) continue;
        ctx.beginPath();
        atlas.libres(ctx, contexte[nom][quoi], v);
        ctx.fillStyle = couleur(fond);
        ctx.fill("evenodd");
        if (bord) atlas.trait(ctx, { couleur: couleur(bord), epaisseur });
      }
    },
    /* Rivers and roads, thin and pale over the fills, where they help to find one's way. */
    dessus(ctx, v) {
      for (const [nom, [trait, epaisseur]] of Object.entries(contexte ? DESSUS : {})) {
        if (!contexte[nom] || !contexte[nom].lignes.length) continue;
        ctx.beginPath();
        suite(ctx, contexte[nom].lignes, v);
        atlas.trait(ctx, { couleur: couleur(trait), epaisseur, opacite: 0.7 });
      }
    },
  };

  async function chercher() {
    const version = document.querySelector(".exploration")?.dataset.contexte;
    if (!version || demande === version) return;
    demande = version;
    try {
      const r = await fetch(`${atlas.racine()}contexte/${version}`);
      if (!r.ok) throw new Error(String(r.status));
      contexte = lire(await r.json());
      atlas.etat.toile.peindre(0);
    } catch { demande = null; /* the map does without its background */ }
  }

  /* ---- online ---- */
  function poserTuiles(voulu) {
    const carte = atlas.etat.carte, bouton = $("outil-fond");
    if (!bouton) return;
    bouton.setAttribute("aria-pressed", String(voulu));
    if (voulu === Boolean(tuiles && carte.hasLayer(tuiles))) return;
    if (tuiles) tuiles.remove();
    tuiles = null;
    avertir("");
    montrer(false);
    if (!voulu) return;
    tuiles = L.tileLayer(TUILES, { maxNativeZoom: 18, maxZoom: 18, keepBuffer: 1 });
    tuiles.once("tileerror", () => avertir(PANNE));
    tuiles.once("tileload", () => montrer(true));
    tuiles.addTo(carte);
  }

  /* Make room for the tiles once one has come: until then the map is as without them. */
  function montrer(oui) {
    const zone = document.querySelector(".carte-zone");
    venues = oui;
    zone.classList.toggle("avec-ign", oui);
    zone.querySelector(".credit-fond")?.remove();
    if (oui) {
      const credit = zone.appendChild(document.createElement("p"));
      credit.className = "credit-fond";
      credit.textContent = CREDIT;
    }
    atlas.etat.toile.peindre(0);
  }

  /* One notice, however many tiles fail. */
  function avertir(texte) {
    const avis = $("avis-fond");
    avis.textContent = texte;
    avis.hidden = !texte;
  }

  document.addEventListener("atlas:peint", () => {
    chercher();
    poserTuiles(new URLSearchParams(atlas.etat.dessin.vue).get("fond") === "ign");
  });

  document.addEventListener("click", (e) => {
    const b = e.target.closest("#outil-fond");
    if (b) atlas.changer({ fond: b.getAttribute("aria-pressed") === "true" ? "aucun" : "ign" });
  });
})(window.atlas);
