/* The stand-alone map: the browser's half of layers/renderers/folium.py. Nothing is fetched. */
(function (atlas) {
  "use strict";
  const PLANS = { terre: 300, aplats: 310, hachures: 320, limites: 330, contours: 340, survol: 350, objets: 360, choix: 370, textes: 380 };
  const SOURDS = new Set(["terre", "aplats", "hachures", "limites", "contours", "survol", "choix", "textes"]);
  const COULEURS = { terre: "#f3f2ee", commune: "#6d7781", epci: "#33414f", departement: "#1b222b", hachure: "#1c2630", blanc: "#98a1aa", survol: "#0b1620" };
  const RAYON_MAX = 26;
  const ETAT = { carte: null, courant: null, toiles: {}, couches: [], maillages: {}, objets: [], donnees: null, choisi: null };
  atlas.etat = ETAT;
  const COMMUN = { interactive: false, smoothFactor: 0.6, lineJoin: "round" };

  const Lieu = L.CircleMarker.extend({
    _updatePath: function () {
      if (!this._renderer._drawing || this._empty()) return;
      this._renderer._ctx.globalAlpha = 1; // the unseen territories below leave it at 0
      atlas.dessinerForme(this._renderer._ctx, this._point.x, this._point.y, this._radius, this.options.categorie);
    },
  });

  atlas.preparer = function (carte, donnees) {
    ETAT.carte = carte;
    ETAT.donnees = donnees;
    carte.getContainer().setAttribute("role", "application");
    carte.getContainer().setAttribute("aria-label", "Carte. Tout ce qu'elle montre se lit dans le tableau qui la suit.");
    for (const [plan, rang] of Object.entries(PLANS)) {
      const cadre = carte.createPane(plan);
      cadre.style.zIndex = rang;
      if (SOURDS.has(plan)) cadre.style.pointerEvents = "none";
      ETAT.toiles[plan] = L.canvas({ pane: plan, padding: 0.3 });
    }
    for (const [maille, contenu] of Object.entries(donnees.maillages)) {
      ETAT.maillages[maille] = new atlas.Maillage(maille, contenu, { renderer: ETAT.toiles.objets, pane: "objets", stroke: false, fillOpacity: 0, smoothFactor: 0.6 });
    }
    ETAT.courant = ETAT.maillages[donnees.maille];
    fond(carte);
    ETAT.courant.groupe.addTo(carte);
    ETAT.courant.chemins.forEach((c) => ecouter(c, ETAT.courant.noms[c.rang], () => lignes(ETAT.courant, c.rang)));
    L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(carte);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(carte);
    recadrer();
    carte.on("moveend zoomend", () => atlas.etiqueter());
    carte.on("overlayadd overlayremove", ranger);
    if (window.ResizeObserver) new ResizeObserver(() => carte.invalidateSize({ pan: false })).observe(carte.getContainer());
  };

  function anneauxDe(m) {
    return m.chemins.flatMap((c) => c.getLatLngs());
  }

  function fond(carte) {
    const plan = (nom) => ({ ...COMMUN, renderer: ETAT.toiles[nom], pane: nom });
    const { commune, epci, departement } = ETAT.maillages;
    L.polygon(anneauxDe(departement), { ...plan("terre"), stroke: false, fillColor: COULEURS.terre, fillOpacity: 1 }).addTo(carte);
    if (commune && ETAT.courant === commune) L.polygon(anneauxDe(commune), { ...plan("limites"), fill: false, color: COULEURS.commune, weight: 0.4 }).addTo(carte);
    for (const [couleur, de, dd] of [["#ffffff", 2.6, 3.6], [COULEURS.epci, 1.1, 2.2]]) {
      L.polygon(anneauxDe(epci), { ...plan("limites"), fill: false, color: couleur, weight: de, opacity: couleur === "#ffffff" ? 0.5 : 1 }).addTo(carte);
      L.polygon(anneauxDe(departement), { ...plan("limites"), fill: false, color: couleur, weight: dd, opacity: couleur === "#ffffff" ? 0.5 : 1 }).addTo(carte);
    }
  }

  function recadrer() {
    const [ouest, sud, est, nord] = ETAT.donnees.emprise;
    if (nord !== undefined) return ETAT.carte.fitBounds([[sud, ouest], [nord, est]], { animate: false });
    const bornes = L.latLngBounds(ETAT.maillages.departement.chemins.map((c) => c.getBounds()));
    ETAT.carte.fitBounds(bornes, { padding: [8, 8], animate: false });
  }

  /* One drawing of the page's data as a group that the layer control switches. */
  atlas.couche = function (rang) {
    const couche = ETAT.donnees.couches[rang];
    const groupe = L.layerGroup(couche.marques.flatMap((m) => PEINTRES[m.type](m, couche)));
    ETAT.couches.push({ couche, groupe });
    return groupe;
  };

  const PEINTRES = { aplat, contour, symboles, points, textes };

  function aplat(m) {
    const chemins = ETAT.maillages[m.maille].chemins;
    return m.classes.flatMap((classe, k) => {
      const membres = chemins.filter((c) => m.rangs[c.rang] === k).flatMap((c) => c.getLatLngs());
      const hachures = classe.motif === "aucun" ? [] : [[classe.motif, classe.blanc ? COULEURS.blanc : COULEURS.hachure]];
      if (!membres.length || (!m.plein && !hachures.length)) return [];
      const plan = m.plein ? "aplats" : "hachures";
      const bord = classe.blanc === "manquant" ? { stroke: true, color: "#5d6772", weight: 1, dashArray: "3 3" } : { stroke: false };
      return [L.polygon(membres, { ...COMMUN, ...bord, renderer: ETAT.toiles[plan], pane: plan, fillOpacity: 1, fillColor: atlas.remplissage(m.plein ? classe.couleur : "", hachures) })];
    });
  }

  function contour(m) {
    const t = m.trait, anneaux = atlas.anneaux(m.anneaux);
    const base = { ...COMMUN, renderer: ETAT.toiles.contours, pane: "contours", fill: false };
    const hachure = t.motif === "aucun" ? {} : { fill: true, fillOpacity: 1, fillColor: atlas.remplissage("", [[t.motif, t.couleur]]) };
    return [
      L.polygon(anneaux, { ...base, color: "#ffffff", weight: t.epaisseur + 2, opacity: 0.75 }),
      L.polygon(anneaux, { ...base, color: t.couleur, weight: t.epaisseur, dashArray: t.tirets.length ? t.tirets.join(" ") : null, ...hachure }),
    ];
  }

  function symboles(m, couche) {
    const mesh = ETAT.maillages[m.maille];
    const rangs = m.codes.map((_, i) => i).filter((i) => m.valeurs[i] > 0).sort((a, b) => m.valeurs[b] - m.valeurs[a]);
    return rangs.map((i) => {
      const place = mesh.rang.get(m.codes[i]);
      const disque = L.circleMarker(mesh.centres[place], { renderer: ETAT.toiles.objets, pane: "objets", radius: Math.max(1.2, RAYON_MAX * Math.sqrt(m.valeurs[i] / m.maximum)), fillColor: m.couleur, fillOpacity: 0.6, color: "#ffffff", weight: 0.8 });
      disque.dessus = 1;
      ETAT.objets.push({ disque: true, code: m.codes[i], rayon: disque.options.radius, maillage: mesh });  // names keep off it
      return ecouter(disque, mesh.noms[place], () => [[couche.titre, m.details[i]]]);
    });
  }

  function points(m) {
    const rangs = m.ids.map((_, i) => i).sort((a, b) => m.categorie[b] - m.categorie[a]);
    return rangs.map((i) => {
      const categorie = m.categories[m.categorie[i]];
      const lieu = new Lieu([m.latitude[i], m.longitude[i]], { renderer: ETAT.toiles.objets, pane: "objets", radius: categorie.forme === "etoile" ? 7 : 5.2, categorie });
      lieu.dessus = 2;
      return ecouter(lieu, m.noms[i], () => [[categorie.libelle, m.details[i]]]);
    });
  }

  function textes(m) {
    const mesh = ETAT.maillages[m.maille];
    return m.codes.map((code, i) => {
      const texte = document.createElement("span");
      texte.textContent = m.textes[i];
      return L.tooltip({ permanent: true, direction: "center", className: "texte-carte", pane: "textes", opacity: 1 }).setLatLng(mesh.centres[mesh.rang.get(code)]).setContent(texte);
    });
  }

  /* Layers come back on top when they are switched on again: discs, then places, stay above territories. */
  function ranger() {
    for (const rang of [1, 2]) ETAT.couches.forEach(({ groupe }) => groupe.eachLayer((c) => { if (c.dessus === rang && c._map) c.bringToFront(); }));
  }

  /* What the layers in sight say of one territory. */
  function lignes(m, i) {
    const dites = [];
    for (const { couche, groupe } of ETAT.couches) {
      if (!ETAT.carte.hasLayer(groupe)) continue;
      for (const marque of couche.marques) {
        if (marque.maille !== m.maille) continue;
        if (marque.type === "aplat" && marque.rangs[i] >= 0) dites.push([marque.fond ? marque.titre || couche.titre : `${marque.titre || couche.titre}\u202f: ${marque.classes[marque.rangs[i]].libelle}`, dire(marque.details, i)]);
        if (marque.type === "contour") {
          const k = marque.codes.indexOf(m.codes[i]);
          if (k >= 0) dites.push([marque.trait.libelle, dire(marque.details, k)]);
        }
      }
    }
    return dites;
  }

  const dire = (d, i) => (d.rangs.length ? d.textes[d.rangs[i]] : "");

  /* Names and sentences enter the page as text, never as markup. */
  function boite(nom, dites) {
    const cadre = document.createElement("div");
    cadre.appendChild(document.createElement("strong")).textContent = nom;
    for (const [tete, corps] of dites) {
      const ligne = cadre.appendChild(document.createElement("p"));
      ligne.appendChild(document.createElement("b")).textContent = tete;
      if (corps && corps !== tete) ligne.append(` \u2013 ${corps}`);
    }
    return cadre;
  }

  function ecouter(calque, nom, lire) {
    calque.bindTooltip(() => boite(nom, lire()), { sticky: true, direction: "top", className: "bulle", opacity: 1 });
    calque.on("mouseover", () => calque.maillage && tracer("survol", calque, 1.6));
    calque.on("mouseout", () => effacer("survol"));
    calque.on("click", (e) => {
      L.DomEvent.stop(e);
      if (calque.maillage) choisir(calque.rang);
    });
    return calque;
  }

  const traces = {};
  function tracer(plan, chemin, epaisseur) {
    effacer(plan);
    const base = { ...COMMUN, renderer: ETAT.toiles[plan], pane: plan, fill: false };
    traces[plan] = L.layerGroup([
      L.polygon(chemin.getLatLngs(), { ...base, color: "#ffffff", weight: epaisseur + 2.5 }),
      L.polygon(chemin.getLatLngs(), { ...base, color: COULEURS.survol, weight: epaisseur }),
    ]).addTo(ETAT.carte);
  }

  function effacer(plan) {
    if (traces[plan]) ETAT.carte.removeLayer(traces[plan]);
    traces[plan] = null;
  }

  function choisir(rang) {
    const code = ETAT.courant.codes[rang];
    tracer("choix", ETAT.courant.chemins[rang], 2.6);
    document.querySelectorAll("tr.choisie").forEach((l) => l.classList.remove("choisie"));
    const ligne = document.querySelector(`tr[data-code="${CSS.escape(code)}"]`);
    if (!ligne) return;
    ligne.classList.add("choisie");
    const cadre = ligne.closest(".defilement");
    cadre.scrollTop = ligne.offsetTop - cadre.clientHeight / 2;
  }

  /* Put a territory in sight: asked from the table. */
  atlas.montrer = function (code) {
    const rang = ETAT.courant.rang.get(code);
    if (rang === undefined) return;
    choisir(rang);
    const chemin = ETAT.courant.chemins[rang];
    ETAT.carte.fitBounds(chemin.getBounds().pad(1.5), { maxZoom: 11, animate: false });
    ETAT.carte.getContainer().scrollIntoView({ block: "center" });
  };

  atlas.terminer = function () {
    const { carte, donnees } = ETAT;
    ranger();
    const m = Object.values(ETAT.maillages).find((x) => x.rang.has(donnees.territoire));
    if (m) tracer("choix", m.chemins[m.rang.get(donnees.territoire)], 2.6);
    const bouton = carte.getContainer().querySelector(".leaflet-control-layers-toggle");
    if (bouton) bouton.title = bouton.textContent = "Couches";
    const liste = carte.getContainer().querySelector(".leaflet-control-layers-list");
    if (liste) liste.setAttribute("aria-label", "Couches affichées");
    atlas.etiqueter();
    carte.getContainer().dataset.pret = "oui";
  };
})(window.atlas);
