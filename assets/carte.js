/* The live map: paints the payload of layers/renderers/leaflet.py on living Leaflet paths (canvas, no WebGL). */
(function (atlas) {
  "use strict";
  const ETAT = { carte: null, maillages: new Map(), courant: null, dessin: null, tour: 0, surcouche: null, choix: null };
  atlas.etat = ETAT;
  const RAYON_MAX = 26;
  const SURCHARGE = "rgba(20, 28, 38, 0.72)", BLANC = "rgba(20, 28, 38, 0.26)";

  if (window.L) {
    L.Map.addInitHook(function () {
      installer(this);
    });
  }

  const Lieu = window.L && L.CircleMarker.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || this._empty()) return;
      atlas.dessinerForme(this._renderer._ctx, this._point.x, this._point.y, this._radius, this.options.categorie);
    },
  });

  const couleur = (nom) => getComputedStyle(document.documentElement).getPropertyValue(nom).trim();

  function installer(carte) {
    ETAT.carte = carte;
    ETAT.maillages.clear();
    ETAT.courant = null;
    ETAT.toile = L.canvas({ padding: 0.3 });
    ETAT.bulle = L.tooltip({ sticky: true, direction: "top", offset: [0, -6], className: "bulle", opacity: 1 });
    L.control.zoom({ position: "topright", zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(carte);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(carte);
    carte.on("mousemove", (e) => ETAT.bulle._map && ETAT.bulle.setLatLng(e.latlng));
    carte.on("mouseout", fermerBulle);
    carte.on("zoomend moveend", () => atlas.etiqueter());
    ETAT.libre = false;
    carte.getContainer().addEventListener("pointerdown", () => { ETAT.libre = true; });
    carte.getContainer().addEventListener("wheel", () => { ETAT.libre = true; }, { passive: true });
    new ResizeObserver(() => { carte.invalidateSize({ pan: false }); cadrer(); }).observe(carte.getContainer());
    if (ETAT.dessin) atlas.peindre(ETAT.dessin);
  }

  /* Show the whole dataset until the reader moves the map. */
  function cadrer() {
    const fond = ETAT.maillages.get("departement");
    if (!fond || ETAT.libre || ETAT.montre) return;
    const bornes = L.latLngBounds([]);
    fond.chemins.forEach((c) => bornes.extend(c.getBounds()));
    if (bornes.isValid()) ETAT.carte.fitBounds(bornes, { padding: [14, 14], animate: false });
  }

  async function maillage(maille, noms) {
    const nom = noms[maille];
    let m = ETAT.maillages.get(maille);
    if (!m || m.nom !== nom) {
      const donnees = await atlas.charger(nom);
      m = new atlas.Maillage(maille, donnees, { renderer: ETAT.toile, smoothFactor: 0.7, weight: 0.6, fillOpacity: 1, opacity: 1, lineJoin: "round" });
      m.nom = nom;
      m.chemins.forEach((c) => c.on({ mouseover: survoler, mouseout: fermerBulle, click: (e) => toucher(e, m.codes[c.rang]) }));
      ETAT.maillages.set(maille, m);
    }
    return m;
  }

  /* Paint one drawing; a later call makes an earlier, unfinished one void. */
  atlas.peindre = async function (dessin) {
    ETAT.dessin = dessin;
    if (!ETAT.carte || !dessin) return;
    const tour = ++ETAT.tour;
    const fichiers = dessin.couches.flatMap((c) => c.marques.filter((m) => m.fichier).map((m) => m.fichier));
    const [m, , ] = await Promise.all([maillage(dessin.maille, dessin.maillages), ...fichiers.map(atlas.charger)]);
    const contenus = new Map(await Promise.all(fichiers.map(async (f) => [f, await atlas.charger(f)])));
    if (tour !== ETAT.tour) return;
    const change = ETAT.courant !== m;
    if (change && ETAT.courant) ETAT.carte.removeLayer(ETAT.courant.groupe);
    ETAT.courant = m;
    remplir(m, dessin);
    if (change) ETAT.carte.addLayer(m.groupe);
    superposer(dessin, contenus, change);
    marquer(dessin);
    const [e, d] = await Promise.all([maillage("epci", dessin.maillages), maillage("departement", dessin.maillages)]);
    if (tour !== ETAT.tour) return;
    if (change) border(m, e, d);
    if (!ETAT.cadre) { ETAT.cadre = true; cadrer(); }
    requestAnimationFrame(() => requestAnimationFrame(() => annoncer(dessin, m)));
  };

  function annoncer(dessin, m) {
    const cadre = ETAT.carte.getContainer();
    cadre.dataset.vue = dessin.vue;
    cadre.dataset.peint = String(performance.now());
    cadre.dispatchEvent(new CustomEvent("atlas:peint", { bubbles: true }));
    window.dash_clientside.set_props("vue-peinte", { data: dessin.vue });
    atlas.etiqueter();
    montrerChoix(dessin);
    if (ETAT.maillages.has("commune")) atlas.nommer(dessin.territoire);
    else setTimeout(() => chercherCommunes(dessin), 200);
    atlas.remplirTableaux(dessin, m);
  }

  function sombre(hex) {
    const n = parseInt(hex.slice(1), 16);
    return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) < 140;
  }

  /* Communes can be searched and chosen at every maille; their geometry comes once the map is shown. */
  async function chercherCommunes(dessin) {
    await maillage("commune", dessin.maillages);
    if (ETAT.dessin !== dessin) return;
    montrerChoix(dessin);
    atlas.nommer(dessin.territoire);
  }

  /* Ground colour of each territory from the full fill, hatches from every other. */
  function remplir(m, dessin) {
    const aplats = dessin.couches.flatMap((c) => c.marques.filter((x) => x.type === "aplat" && x.maille === m.maille));
    const plein = aplats.find((a) => a.plein);
    const trait = couleur("--carte-trait"), filet = couleur("--carte-filet"), vide = couleur("--carte-vide"), encre = couleur("--carte-hachure");
    const epaisseur = { commune: 0.5, epci: 1.2, departement: 2 }[m.maille];
    const styles = new Map();
    for (let i = 0; i < m.chemins.length; i++) {
      const cle = aplats.map((a) => a.rangs[i]).join("");
      let style = styles.get(cle);
      if (!style) {
        let fond = vide, tirets = null;
        const hachures = [];
        for (const a of aplats) {
          const classe = a.rangs[i] === "-" ? null : a.classes[parseInt(a.rangs[i], 36)];
          if (!classe) continue;
          if (a === plein) fond = classe.couleur;
          if (a === plein && classe.blanc === "manquant") tirets = "3 3";
          if (classe.motif !== "aucun") hachures.push([classe.motif, a !== plein ? SURCHARGE : classe.blanc ? BLANC : encre]);
        }
        style = { fillColor: atlas.remplissage(fond, hachures), color: sombre(fond) ? trait : filet, weight: epaisseur, dashArray: tirets };
        styles.set(cle, style);
      }
      m.chemins[i].setStyle(style);
    }
  }

  function border(m, epci, departement) {
    [ETAT.bordEpci, ETAT.bordDepartement].forEach((g) => g && ETAT.carte.removeLayer(g));
    const trait = couleur("--carte-bord");
    ETAT.bordEpci = m.maille === "commune" ? epci.bords({ color: trait, weight: 1.1, opacity: 0.65, renderer: ETAT.toile }) : null;
    ETAT.bordDepartement = departement.bords({ color: trait, weight: 1.8, opacity: 0.9, renderer: ETAT.toile });
    [ETAT.bordEpci, ETAT.bordDepartement].forEach((g) => g && g.addTo(ETAT.carte));
    if (ETAT.surcouche) ETAT.surcouche.eachLayer((l) => l.bringToFront && l.bringToFront());
    if (ETAT.choix) ETAT.choix.eachLayer((l) => l.bringToFront());
  }

  /* Lines, discs and places; left as they are where the new drawing says the same of them. */
  function superposer(dessin, contenus, dessous) {
    const dites = dessin.couches.map((c) => [c.titre, c.marques.filter((m) => m.type !== "aplat" || m.fond)]);
    const dit = JSON.stringify(dites.filter(([, marques]) => marques.length));
    if (dit === ETAT.dit && !dessous) return;
    ETAT.dit = dit;
    if (ETAT.surcouche) ETAT.carte.removeLayer(ETAT.surcouche);
    const calques = [];
    const marques = dessin.couches.flatMap((c) => c.marques.map((m) => [c, m]));
    const ordre = ["contour", "symboles", "points"];
    marques.sort((a, b) => ordre.indexOf(a[1].type) - ordre.indexOf(b[1].type));
    for (const [couche, m] of marques) {
      if (m.type === "contour") calques.push(...tracer(m, contenus.get(m.fichier)));
      if (m.type === "symboles") calques.push(...disques(couche, m));
      if (m.type === "points") calques.push(...lieux(couche, contenus.get(m.fichier)));
    }
    ETAT.surcouche = L.layerGroup(calques).addTo(ETAT.carte);
  }

  function tracer(m, contenu) {
    const t = m.trait;
    const anneaux = atlas.anneaux(contenu.lignes);
    const commun = { renderer: ETAT.toile, interactive: false, fill: false, lineJoin: "round" };
    const trait = { ...commun, color: t.couleur, weight: t.epaisseur, dashArray: t.tirets.length ? t.tirets.join(" ") : null };
    const halo = { ...commun, color: "#ffffff", weight: t.epaisseur + 2, opacity: 0.75 };
    const hachure = t.motif === "aucun" ? {} : { fill: true, fillOpacity: 1, fillColor: atlas.remplissage("", [[t.motif, t.couleur]]) };
    return [L.polygon(anneaux, halo), L.polygon(anneaux, { ...trait, ...hachure })];
  }

  /* Discs over a ground that already brings their values: those of the territories that have one. */
  function duFond(m, fond, mesh) {
    const rangs = mesh.codes.map((_, i) => i).filter((i) => fond.valeurs[i] > 0);
    const dits = { textes: fond.details.textes, rangs: rangs.map((i) => fond.details.rangs[i]) };
    return { ...m, codes: rangs.map((i) => mesh.codes[i]), valeurs: rangs.map((i) => fond.valeurs[i]), details: dits };
  }

  function disques(couche, recu) {
    const mesh = ETAT.maillages.get(recu.maille);
    if (!mesh) return [];
    const fond = couche.marques.find((x) => x.fond);
    const m = fond ? duFond(recu, fond, mesh) : recu;
    const tri = m.codes.map((c, i) => i).sort((a, b) => m.valeurs[b] - m.valeurs[a]);
    return tri.filter((i) => m.valeurs[i] > 0).map((i) => {
      const rayon = RAYON_MAX * Math.sqrt(m.valeurs[i] / m.maximum);  // the smallest are kept visible, no more
      const disque = L.circleMarker(mesh.centres[mesh.rang.get(m.codes[i])], {
        renderer: ETAT.toile, radius: Math.max(1.2, rayon),
        fillColor: m.couleur, fillOpacity: 0.6, color: "#ffffff", weight: rayon < 4 ? 0.5 : 1.4,
      });
      disque.texte = { nom: mesh.noms[mesh.rang.get(m.codes[i])], lignes: [[(fond && fond.titre) || couche.titre, atlas.detail(m.details, i)]] };
      return ecouter(disque, m.codes[i]);
    });
  }

  function lieux(couche, p) {
    const rangs = p.ids.map((_, i) => i).sort((a, b) => p.categorie[b] - p.categorie[a]);
    return rangs.map((i) => {
      const categorie = p.categories[p.categorie[i]];
      const lieu = new Lieu([p.latitude[i], p.longitude[i]], { renderer: ETAT.toile, radius: categorie.forme === "etoile" ? 7 : 5.2, categorie });
      lieu.texte = { nom: p.noms[i], lignes: [[categorie.libelle, p.details[i]]] };
      return ecouter(lieu, p.codes[i]);
    });
  }

  function ecouter(calque, code) {
    calque.on({ mouseover: survoler, mouseout: fermerBulle, click: (e) => toucher(e, code) });
    return calque;
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

  function survoler(e) {
    const calque = e.target;
    const texte = calque.texte || {
      nom: calque.maillage.noms[calque.rang],
      lignes: atlas.lire(ETAT.dessin, calque.maillage, calque.rang).map(([t, classe, detail]) => [classe || t, detail]),
    };
    const boite = document.createElement("div");
    const titre = boite.appendChild(document.createElement("strong"));
    titre.textContent = texte.nom;
    texte.lignes.forEach(([tete, corps]) => {
      const ligne = boite.appendChild(document.createElement("p"));
      ligne.appendChild(document.createElement("b")).textContent = tete;
      if (corps && corps !== tete) ligne.append(` — ${corps}`);
    });
    ETAT.bulle.setContent(boite).setLatLng(e.latlng).addTo(ETAT.carte);
    if (calque.maillage) souligner(calque);
    atlas.montrerClasse(ETAT.dessin, calque.maillage && calque);
  }

  function souligner(chemin) {
    if (ETAT.survol) ETAT.carte.removeLayer(ETAT.survol);
    ETAT.survol = L.polygon(chemin.getLatLngs(), { renderer: ETAT.toile, interactive: false, fill: false, color: couleur("--carte-survol"), weight: 2 }).addTo(ETAT.carte);
  }

  /* A territory clicked on the map is under the reader's eyes: it is chosen without moving the map. */
  function toucher(e, code) {
    L.DomEvent.stop(e);
    ETAT.montre = code;
    atlas.choisir(code);
  }

  function fermerBulle() {
    ETAT.bulle.remove();
    if (ETAT.survol) ETAT.carte.removeLayer(ETAT.survol);
    ETAT.survol = null;
    atlas.montrerClasse(null);
  }

  function trouver(code) {
    for (const m of ETAT.maillages.values()) if (m.rang.has(code)) return m.chemins[m.rang.get(code)];
    return null;
  }

  /* Outline of the chosen territory, brought into view when it is out of it or too small to be seen. */
  function marquer(dessin) {
    if (ETAT.choix) ETAT.carte.removeLayer(ETAT.choix);
    ETAT.choix = null;
    const chemin = dessin.territoire && trouver(dessin.territoire);
    if (!chemin) return;
    const base = { renderer: ETAT.toile, interactive: false, fill: false, lineJoin: "round" };
    ETAT.choix = L.layerGroup([
      L.polygon(chemin.getLatLngs(), { ...base, color: "#ffffff", weight: 6 }),
      L.polygon(chemin.getLatLngs(), { ...base, color: couleur("--carte-choix"), weight: 3 }),
    ]).addTo(ETAT.carte);
  }

  function montrerChoix(dessin) {
    if (dessin.territoire === ETAT.montre) return;
    const chemin = dessin.territoire && trouver(dessin.territoire);
    if (chemin || !dessin.territoire) ETAT.montre = dessin.territoire;
    if (!chemin) return;
    if (!ETAT.choix) marquer(dessin);
    const bornes = chemin.getBounds();
    if (!bornes.isValid()) return;  // A commune without outline has a sheet and no place on the map.
    const a = ETAT.carte.latLngToContainerPoint(bornes.getNorthWest()), b = ETAT.carte.latLngToContainerPoint(bornes.getSouthEast());
    const petit = Math.max(b.x - a.x, b.y - a.y) < 28;
    if (petit || !ETAT.carte.getBounds().contains(bornes)) ETAT.carte.fitBounds(bornes.pad(petit ? 2 : 0.4), { maxZoom: 11, animate: false });
  }

  atlas.choisir = function (code) {
    window.dash_clientside.set_props("selection", { data: code });
  };

  atlas.repeindre = () => { ETAT.courant && ETAT.carte.removeLayer(ETAT.courant.groupe); ETAT.courant = null; atlas.peindre(ETAT.dessin); };
})(window.atlas);
