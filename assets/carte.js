/* The live map: paints the payload of layers/renderers/leaflet.py on a canvas layer of its own (toile.js), no WebGL.

   What other scripts may use of `atlas.etat`, and find there whatever the map is made of:
   - `carte` the L.Map · `dessin` the drawing shown · `courant` the territories of its maille · `maillages` a Map of all
     mailles (territoires.js: codes, noms, poids, centres, rang, communes(i), bornes(i), contour(i), sous(latlng));
   - `occupe`: set it true while a tool takes the pointer, the map then shows no tooltip and chooses nothing;
   - the event `atlas:peint` on the map's container, once a drawing is in the eyes of the reader. */
(function (atlas) {
  "use strict";
  const ETAT = { carte: null, maillages: new Map(), courant: null, dessin: null, tour: 0, objets: [], contours: [], occupe: false };
  atlas.etat = ETAT;
  const RAYON_MAX = 26;
  const FOULE = 500;  // places beyond which their shapes shrink with the communes, or they would hide them all
  const SURCHARGE = "rgba(20, 28, 38, 0.72)", BLANC = "rgba(20, 28, 38, 0.26)";
  const FOND = 0, OBJETS = 1, MARQUES = 2;  // ranks of the canvases
  const EPAISSEUR = { commune: 0.5, epci: 1.2, departement: 2 };

  if (window.L) {
    L.Map.addInitHook(function () {
      installer(this);
    });
  }

  const couleur = (nom) => getComputedStyle(document.documentElement).getPropertyValue(nom).trim();
  const poser = (id, props) => window.dash_clientside.set_props(id, props);

  function installer(carte) {
    Object.assign(ETAT, { carte, courant: null, sol: null, vise: null, libre: false, cadre: false, maillages: new Map(), fond: null });
    ETAT.toile = new atlas.Toile([peindreFond, peindreObjets, peindreMarques]);
    ETAT.bulle = L.tooltip({ sticky: true, direction: "top", offset: [0, -6], className: "bulle", opacity: 1 });
    L.control.zoom({ position: "topright", zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(carte);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(carte);
    carte.on("mousemove", viser);
    carte.on("mouseout movestart", fermerBulle);
    carte.on("click", toucher);
    carte.on("zoomend moveend", () => atlas.etiqueter());
    carte.getContainer().addEventListener("pointerdown", () => { ETAT.libre = true; });
    carte.getContainer().addEventListener("wheel", () => { ETAT.libre = true; }, { passive: true });
    new ResizeObserver(() => { carte.invalidateSize({ pan: false }); cadrer(); }).observe(carte.getContainer());
    if (ETAT.dessin) atlas.peindre(ETAT.dessin);
  }

  /* Show the whole dataset until the reader moves the map. */
  function cadrer() {
    if (!ETAT.courant || ETAT.libre || ETAT.montre) return;
    const bornes = atlas.etendue(ETAT.maillages);
    if (bornes.isValid()) ETAT.carte.fitBounds(bornes, { padding: [14, 14], animate: false });
  }

  /* Take up the geometry of the drawing: another dataset, or another Caf, is seen whole at first. */
  function fonder(fond, maillages) {
    Object.assign(ETAT, { fond, maillages, courant: null, vise: null, survol: null, montre: null, cadre: false, libre: false });
    atlas.offrirOutremer(ETAT.carte, maillages);
  }

  /* Paint one drawing; a later call makes an earlier, unfinished one void. */
  atlas.peindre = async function (dessin) {
    ETAT.dessin = dessin;
    if (!ETAT.carte || !dessin) return;
    const tour = ++ETAT.tour;
    const marques = dessin.couches.flatMap((c) => c.marques);
    const nommees = marques.filter((m) => m.fichier);
    const [maillages, ...contenus] = await Promise.all([atlas.lireFond(dessin.fond), ...nommees.map((m) => atlas.charger(m.fichier))]);
    if (tour !== ETAT.tour) return;
    if (ETAT.fond !== dessin.fond) fonder(dessin.fond, maillages);
    nommees.forEach((m, i) => Object.assign(m, contenus[i]));
    ETAT.courant = maillages.get(dessin.maille);
    atlas.completer(dessin, maillages);
    ETAT.sol = teindre(ETAT.courant, dessin);
    const change = superposer(dessin, maillages);
    marquer(dessin);
    if (!ETAT.cadre) { ETAT.cadre = true; cadrer(); }
    if (!ETAT.carte.hasLayer(ETAT.toile)) ETAT.toile.addTo(ETAT.carte);
    else ETAT.toile.peindre(FOND, MARQUES, ...(change ? [OBJETS] : []));
    peint(() => tour === ETAT.tour && annoncer(dessin));
  };

  /* Call back once the frame that shows what was just painted is out. */
  function peint(ensuite) {
    requestAnimationFrame(() => {
      const canal = new MessageChannel();
      canal.port1.onmessage = ensuite;
      canal.port2.postMessage(null);
    });
  }

  function annoncer(dessin) {
    const cadre = ETAT.carte.getContainer();
    cadre.dataset.vue = dessin.vue;
    cadre.dataset.peint = String(performance.now());
    cadre.dispatchEvent(new CustomEvent("atlas:peint", { bubbles: true }));
    poser("vue-peinte", { data: dessin.vue });
    atlas.etiqueter();
    montrerChoix(dessin);
    atlas.nommer(dessin.territoire);
    atlas.remplirTableaux(dessin, ETAT.courant);
  }

  function sombre(hex) {
    const n = parseInt(hex.slice(1), 16);
    return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) < 140;
  }

  /* Ground of each territory from the full fill, hatches from every other: a few styles, and the rank of each. */
  function teindre(m, dessin) {
    const aplats = dessin.couches.flatMap((c) => c.marques.filter((x) => x.type === "aplat" && x.maille === m.maille));
    const styles = [], connus = new Map(), rangs = new Uint16Array(m.codes.length);
    for (let i = 0; i < rangs.length; i++) {
      const cle = aplats.map((a) => a.rangs[i]).join("");
      if (!connus.has(cle)) connus.set(cle, styles.push(style(aplats, cle)) - 1);
      rangs[i] = connus.get(cle);
    }
    return { m, styles, rangs };
  }

  function style(aplats, cle) {
    let fond = couleur("--carte-vide"), tirets = false;
    const hachures = [];
    aplats.forEach((a, k) => {
      const classe = cle[k] === "-" ? null : a.classes[parseInt(cle[k], 36)];
      if (!classe) return;
      if (a.plein) [fond, tirets] = [classe.couleur, classe.blanc === "manquant"];
      if (classe.motif !== "aucun") hachures.push([classe.motif, !a.plein ? SURCHARGE : classe.blanc ? BLANC : couleur("--carte-hachure")]);
    });
    return { fond, hachure: hachures.length ? atlas.remplissage(fond, hachures, true) : null, sombre: sombre(fond), tirets };
  }

  function peindreFond(ctx, v) {
    if (!ETAT.sol) return false;
    atlas.contexte?.dessous(ctx, v);
    const { m } = ETAT.sol, g = m.geometrie, n = atlas.peindreSol(ctx, v, ETAT.sol);
    limiter(ctx, v, m, n);
    const limites = bords(v, m.maille === "commune", n);
    ctx.save();
    ctx.resetTransform();
    if (limites.width && limites.height) ctx.drawImage(limites, 0, 0);  // a map has no size yet where its page is still being laid out
    ctx.restore();
    atlas.contexte?.dessus(ctx, v);
    return g.arcs > 0;
  }

  /* Borders of the Epci and of the départements, which no drawing changes: painted once per place of the map. */
  function bords(v, avecEpci, n) {
    const toile = ETAT.bords || (ETAT.bords = document.createElement("canvas")), trait = couleur("--carte-bord");
    const cle = [ETAT.fond, avecEpci, trait, v.s, v.ox, v.oy, v.largeur, v.hauteur, v.fin].join();
    if (ETAT.bordsDe === cle) return toile;
    ETAT.bordsDe = cle;
    toile.width = v.fin * v.largeur;
    toile.height = v.fin * v.hauteur;
    const ctx = toile.getContext("2d"), { epci, departement } = Object.fromEntries(ETAT.maillages);
    ctx.setTransform(v.fin, 0, 0, v.fin, 0, 0);
    ctx.lineJoin = "bevel";  // round joins and ends take twice the time, and lines so thin do not show them
    if (avecEpci) border(ctx, v, epci, n, { couleur: trait, epaisseur: 1.1 * atlas.plenitude(epci, v), opacite: 0.85 });
    border(ctx, v, departement, n, { couleur: trait, epaisseur: 1.8 * Math.max(0.5, atlas.plenitude(departement, v)), opacite: 0.9 });
    return toile;
  }

  /* Borders between territories of the maille: light between two dark grounds, dashed between two that lack a figure. */
  function limiter(ctx, v, m, n) {
    const plein = atlas.plenitude(m, v);
    if (m.libres || plein < 0.35) return;
    const { styles, rangs } = ETAT.sol, g = m.geometrie;
    const de = (t) => (t < 0 || m.membres[t] < 0 ? null : styles[rangs[m.membres[t]]]);
    const paquets = { clair: [], fonce: [], tirets: [] };
    for (const r of m.limites()) {
      const a = de(g.gauche[r - 1]), b = de(g.droite[r - 1]);
      const deux = (quoi) => (a ? a[quoi] : true) && (b ? b[quoi] : true);
      paquets[deux("tirets") ? "tirets" : deux("sombre") ? "clair" : "fonce"].push(r);
    }
    const epaisseur = EPAISSEUR[m.maille] * plein, clair = doubler(couleur("--carte-trait")), fonce = doubler(couleur("--carte-filet"));
    atlas.tracer(ctx, v, g, n, paquets.fonce, { couleur: fonce, epaisseur });
    atlas.tracer(ctx, v, g, n, paquets.clair, { couleur: clair, epaisseur });
    atlas.tracer(ctx, v, g, n, paquets.tirets, { couleur: fonce, epaisseur, tirets: [3, 3] });
  }

  /* The colour of a border seen from its two sides: as strong as two strokes of it. */
  function doubler(rgba) {
    return rgba.replace(/([\d.]+)\)$/, (_, a) => `${1 - (1 - a) ** 2})`);
  }

  function border(ctx, v, m, n, trait) {
    if (!m.libres) return atlas.tracer(ctx, v, m.geometrie, n, m.limites(), trait);
    ctx.beginPath();
    atlas.libres(ctx, m.libres, v);
    atlas.trait(ctx, trait);
  }

  /* Lines, discs and places of a drawing; tells whether they changed. */
  function superposer(dessin, maillages) {
    const dites = dessin.couches.map((c) => [c.titre, c.marques.filter((m) => m.type !== "aplat" || m.fond).map((m) => (m.fichier ? [m.fichier, m.trait] : m))]);
    const dit = ETAT.fond + JSON.stringify(dites.filter(([, marques]) => marques.length));
    if (dit === ETAT.dit) return false;
    ETAT.dit = dit;
    const marques = dessin.couches.flatMap((c) => c.marques.map((m) => [c, m]));
    ETAT.contours = marques.filter(([, m]) => m.type === "contour").map(([, m]) => entourer(m, maillages));
    ETAT.objets = [
      ...marques.filter(([, m]) => m.type === "symboles").flatMap(([c, m]) => disques(c, m, maillages)),
      ...marques.filter(([, m]) => m.type === "points").flatMap(([, m]) => lieux(m)),
    ];
    return true;
  }

  const unions = new Map();  // lines of the outlines met, by file

  function entourer(marque, maillages) {
    if (!unions.has(marque.fichier)) unions.set(marque.fichier, marque.lignes ? { libres: atlas.anneauxLibres(marque.lignes, 1e5) } : unir(marque, maillages.get(marque.maille)));
    return { trait: marque.trait, ...unions.get(marque.fichier) };
  }

  function unir(marque, m) {
    const dedans = new Uint8Array(m.codes.length);
    marque.codes.forEach((c) => { if (m.rang.has(c)) dedans[m.rang.get(c)] = 1; });
    return { g: m.geometrie, lignes: m.geometrie.union((t) => m.membres[t] >= 0 && dedans[m.membres[t]] === 1) };
  }

  function disques(couche, m, maillages) {
    const mesh = maillages.get(m.maille), fond = couche.marques.find((x) => x.fond);
    const source = fond && !m.rayons ? { valeurs: fond.valeurs, details: fond.details, rang: (i) => i } : m;
    const rangs = source === m ? m.codes.map((c) => mesh.rang.get(c)) : mesh.codes.map((_, i) => i);
    const rayon = (i) => (m.rayons ? m.rayons[rangs[i]] / m.pas : Math.sqrt(Math.max(0, source.valeurs[i]) / m.maximum)) * RAYON_MAX;
    return rangs.map((_, i) => i).filter((i) => rayon(i) > 0).sort((a, b) => rayon(b) - rayon(a)).map((i) => ({
      ou: atlas.versCarre(...mesh.centres[rangs[i]]), code: mesh.codes[rangs[i]], rayon: Math.max(1.2, rayon(i)),  // the smallest are kept visible
      disque: m.couleur, filet: rayon(i) < 4 ? 0.5 : 1.4, rang: rangs[i], maillage: mesh,
      texte: () => ({ nom: mesh.noms[rangs[i]], lignes: [[(fond && fond.titre) || couche.titre, atlas.detail((fond || m).details, fond ? rangs[i] : i)]] }),
    }));
  }

  function lieux(p) {
    const rangs = p.ids.map((_, i) => i).sort((a, b) => p.categorie[b] - p.categorie[a]);
    return rangs.map((i) => {
      const categorie = p.categories[p.categorie[i]];
      return {
        ou: atlas.versCarre(p.latitude[i], p.longitude[i]), code: p.codes[i], rayon: categorie.forme === "etoile" ? 7 : 5.2, categorie,
        texte: () => ({ nom: p.noms[i], lignes: [[categorie.libelle, p.details[i]]] }),
      };
    });
  }

  function peindreObjets(ctx, v) {
    const fins = ETAT.courant ? Math.min(1, Math.max(0.38, 1.5 * atlas.plenitude(ETAT.maillages.get("commune"), v))) : 1;  // where communes are a few pixels, thick lines would hide them
    for (const c of ETAT.contours) {
      ctx.beginPath();
      if (c.libres) atlas.libres(ctx, c.libres, v); else c.g.lignes(ctx, c.lignes, c.g.niveau(v.zoom), v);
      if (c.trait.motif !== "aucun") {
        ctx.fillStyle = atlas.ancrer(atlas.remplissage("", [[c.trait.motif, c.trait.couleur]]), v);
        ctx.fill();
      }
      if (fins > 0.5) atlas.trait(ctx, { couleur: "#ffffff", epaisseur: fins * (c.trait.epaisseur + 2), opacite: 0.75 });
      atlas.trait(ctx, { couleur: c.trait.couleur, epaisseur: fins * c.trait.epaisseur, tirets: c.trait.tirets });
    }
    const reduit = ETAT.objets.length > FOULE ? Math.max(0.5, fins) : 1;
    for (const o of ETAT.objets) {
      const x = o.ou[0] * v.s - v.ox, y = o.ou[1] * v.s - v.oy, r = o.rayon;
      if (x < -r || y < -r || x > v.largeur + r || y > v.hauteur + r) continue;
      if (o.categorie) apposer(ctx, x, y, { categorie: o.categorie, rayon: reduit * r }, v.fin);
      else disque(ctx, x, y, o);
    }
    return ETAT.contours.length + ETAT.objets.length > 0;
  }

  const timbres = new WeakMap();  // by category, its shape drawn once for all of its places

  function apposer(ctx, x, y, o, fin) {
    const demi = Math.ceil(1.3 * (o.rayon + 1.6) + 2);
    let t = timbres.get(o.categorie);
    if (!t || t.fin !== fin || t.rayon !== o.rayon) {
      t = Object.assign(document.createElement("canvas"), { width: 2 * demi * fin, height: 2 * demi * fin });
      Object.assign(t, { fin, rayon: o.rayon });
      t.getContext("2d").scale(fin, fin);
      atlas.dessinerForme(t.getContext("2d"), demi, demi, o.rayon, o.categorie);
      timbres.set(o.categorie, t);
    }
    ctx.drawImage(t, Math.round((x - demi) * fin) / fin, Math.round((y - demi) * fin) / fin, 2 * demi, 2 * demi);
  }

  function disque(ctx, x, y, o) {
    ctx.beginPath();
    ctx.arc(x, y, o.rayon, 0, 2 * Math.PI);
    ctx.globalAlpha = 0.6;
    ctx.fillStyle = o.disque;
    ctx.fill();
    atlas.trait(ctx, { couleur: "#ffffff", epaisseur: o.filet });
  }

  atlas.detail = (d, i) => (d.rangs.length ? d.textes[d.rangs[i]] : "");

  /* What the drawing says of one territory: [title, class, detail] per layer. */
  atlas.lire = function (dessin, m, i) {
    const lignes = [];
    for (const couche of dessin.couches) {
      for (const marque of couche.marques) {
        if (marque.maille !== m.maille) continue;
        if (marque.type === "aplat" && marque.rangs[i] !== "-") lignes.push([marque.titre || couche.titre, marque.fond ? "" : marque.classes[parseInt(marque.rangs[i], 36)].libelle, atlas.detail(marque.details, i)]);
        if (marque.type === "contour") {
          const k = marque.codes.indexOf(m.codes[i]);
          if (k >= 0) lignes.push([marque.trait.libelle, "", atlas.detail(marque.details, k)]);
        }
      }
    }
    return lignes;
  };

  /* What stands under the pointer: an object of the top first, failing that a territory. */
  function sous(e) {
    const v = ETAT.toile.vue, p = e.layerPoint.subtract(v.min);
    for (let k = ETAT.objets.length - 1; k >= 0; k--) {
      const o = ETAT.objets[k], r = o.rayon + 1.5;
      const dx = o.ou[0] * v.s - v.ox - p.x, dy = o.ou[1] * v.s - v.oy - p.y;
      if (dx * dx + dy * dy <= r * r) return o;
    }
    const rang = ETAT.courant.sous(e.latlng);
    return rang < 0 ? null : { maillage: ETAT.courant, rang, code: ETAT.courant.codes[rang], territoire: true };
  }

  const meme = (a, b) => a === b || (a && b && a.territoire && b.territoire && a.rang === b.rang && a.maillage === b.maillage);

  function viser(e) {
    if (ETAT.occupe || !ETAT.courant || !ETAT.toile.vue || ETAT.carte._animatingZoom || (ETAT.carte.dragging && ETAT.carte.dragging.moving())) return;
    const cible = sous(e);
    if (!cible) return fermerBulle();
    if (!meme(cible, ETAT.vise)) {
      ETAT.vise = cible;
      ETAT.carte.getContainer().style.cursor = "pointer";
      ETAT.survol = cible.territoire ? cible.maillage.contour(cible.rang) : null;
      ETAT.toile.peindre(MARQUES);
      decrire(cible);
      if (cible.maillage) atlas.detailler(ETAT.dessin, cible.maillage, cible.rang).then((venu) => venu && meme(cible, ETAT.vise) && decrire(cible));
      atlas.montrerClasse(ETAT.dessin, cible.maillage ? cible : null);
    }
    ETAT.bulle.setLatLng(e.latlng);
    if (!ETAT.bulle._map) ETAT.bulle.addTo(ETAT.carte);
  }

  function decrire(cible) {
    const texte = cible.texte ? cible.texte() : {
      nom: cible.maillage.noms[cible.rang],
      lignes: atlas.lire(ETAT.dessin, cible.maillage, cible.rang).map(([t, classe, detail]) => [classe || t, detail]),
    };
    const boite = document.createElement("div");
    boite.appendChild(document.createElement("strong")).textContent = texte.nom;
    texte.lignes.forEach(([tete, corps]) => {
      const ligne = boite.appendChild(document.createElement("p"));
      ligne.appendChild(document.createElement("b")).textContent = tete;
      if (corps && corps !== tete) ligne.append(` — ${corps}`);
    });
    ETAT.bulle.setContent(boite);
  }

  function fermerBulle() {
    ETAT.bulle.remove();
    if (!ETAT.vise) return;
    ETAT.vise = ETAT.survol = null;
    ETAT.carte.getContainer().style.cursor = "";
    ETAT.toile.peindre(MARQUES);
    atlas.montrerClasse(null);
  }

  /* A territory clicked on the map is under the reader's eyes: it is chosen without moving the map. */
  function toucher(e) {
    if (ETAT.occupe || !ETAT.courant || !ETAT.toile.vue) return;
    const cible = sous(e);
    if (!cible) return;
    ETAT.montre = cible.code;
    atlas.choisir(cible.code);
  }

  function trouver(code) {
    for (const m of ETAT.maillages.values()) if (m.rang.has(code)) return [m, m.rang.get(code)];
    return null;
  }

  /* Outline of the chosen territory. */
  function marquer(dessin) {
    const trouve = dessin.territoire && trouver(dessin.territoire);
    ETAT.choix = trouve ? trouve[0].contour(trouve[1]) : null;
  }

  function peindreMarques(ctx, v) {
    const g = ETAT.courant && ETAT.courant.geometrie;
    const entourer = (lignes, ...traits) => {
      ctx.beginPath();
      g.lignes(ctx, lignes, g.niveau(v.zoom), v);
      traits.forEach((t) => atlas.trait(ctx, t));
    };
    if (ETAT.choix) entourer(ETAT.choix, { couleur: "#ffffff", epaisseur: 6 }, { couleur: couleur("--carte-choix"), epaisseur: 3 });
    if (ETAT.survol) entourer(ETAT.survol, { couleur: couleur("--carte-survol"), epaisseur: 2 });
    return Boolean(ETAT.choix || ETAT.survol);
  }

  /* The chosen territory is brought into view when it is out of it or too small to be seen. */
  function montrerChoix(dessin) {
    if (dessin.territoire === ETAT.montre) return;
    const trouve = dessin.territoire && trouver(dessin.territoire);
    if (trouve || !dessin.territoire) ETAT.montre = dessin.territoire;
    if (!trouve) return;
    const bornes = trouve[0].bornes(trouve[1]);
    if (!bornes.isValid()) return;  // A commune without outline has a sheet and no place on the map.
    const a = ETAT.carte.latLngToContainerPoint(bornes.getNorthWest()), b = ETAT.carte.latLngToContainerPoint(bornes.getSouthEast());
    const petit = Math.max(b.x - a.x, b.y - a.y) < 28;
    if (petit || !ETAT.carte.getBounds().contains(bornes)) ETAT.carte.fitBounds(bornes.pad(petit ? 2 : 0.4), { maxZoom: 11, animate: false });
  }

  atlas.choisir = function (code) {
    poser("selection", { data: code });
  };

  /* Colours of the page have changed. */
  atlas.repeindre = () => { ETAT.dit = null; atlas.peindre(ETAT.dessin); };
})(window.atlas);
