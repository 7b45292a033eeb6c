/* Clientside callbacks and small behaviours of the page. Nothing here decides what is true. */
(function (atlas) {
  "use strict";
  const rien = () => window.dash_clientside.no_update;
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const TERRITOIRES = "tableau-territoires", LIEUX = "tableau-lieux";
  let attente = null;

  const nombre = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });

  /* The twin table, from the same drawing as the map; after the paint, so as never to delay it. */
  atlas.remplirTableaux = function (dessin, m) {
    clearTimeout(attente);
    attente = setTimeout(async () => {
      const colonnes = [
        { field: "nom", headerName: "Territoire", pinned: "left", minWidth: 160, comparator: { function: "atlasComparer" } },
        { field: "code", headerName: "Code", width: 125 },
      ];
      if (m.maille === "commune") colonnes.push({ field: "parent", headerName: "Epci", minWidth: 140 });
      const noms = atlas.etat.maillages.get("epci");
      const lignes = m.codes.map((code, i) => ({ id: code, code, nom: m.noms[i], parent: m.parents && m.parents[i] ? noms.noms[noms.rang.get(m.parents[i])] : "" }));
      dessin.couches.forEach((couche, k) => couche.marques.forEach((marque, j) => marque.maille === m.maille && colonne(couche, marque, j && marque.type === "aplat" ? `${k}_${j}` : k, colonnes, lignes, m)));
      atlas.colonneComposee?.(colonnes, lignes);
      atlas.remplirGrille(TERRITOIRES, m, lignes, colonnes);
      const points = dessin.couches.flatMap((c) => c.marques.filter((x) => x.type === "points"));
      poser(LIEUX, { rowData: (await Promise.all(points.map((p) => atlas.charger(p.fichier)))).flatMap(lieux), columnDefs: COLONNES_LIEUX });
      montrerLigne(dessin.territoire);
    }, 120);
  };

  const COLONNES_LIEUX = [
    { field: "nom", headerName: "Lieu", pinned: "left", minWidth: 200, comparator: { function: "atlasComparer" } },
    { field: "type", headerName: "Type et état", minWidth: 180 },
    { field: "commune", headerName: "Commune", minWidth: 140 },
    { field: "detail", headerName: "Détail", minWidth: 260, flex: 1 },
  ];

  function lieux(p) {
    const communes = atlas.etat.maillages.get("commune");
    return p.ids.map((id, i) => ({
      id, nom: p.noms[i], type: p.categories[p.categorie[i]].libelle, detail: p.details[i], code: p.codes[i],
      commune: communes && communes.rang.has(p.codes[i]) ? communes.noms[communes.rang.get(p.codes[i])] : p.codes[i],
    }));
  }

  function colonne(couche, marque, k, colonnes, lignes, m) {
    const champ = `c${k}`;
    if (marque.type === "aplat") {
      colonnes.push({ field: champ, headerName: marque.titre || couche.titre, minWidth: 150 });
      if (marque.valeurs.length) colonnes.push({ field: `${champ}v`, headerName: marque.unite || couche.unite || "Valeur", type: "rightAligned", valueFormatter: { function: "atlasNombre(params)" } });
      colonnes.push({ field: `${champ}d`, headerName: "Détail", minWidth: 260, flex: 1 });
      lignes.forEach((l, i) => {
        l[champ] = marque.rangs[i] === "-" ? "" : marque.classes[parseInt(marque.rangs[i], 36)].libelle;
        l[`${champ}d`] = atlas.detail(marque.details, i);
        if (marque.valeurs.length) l[`${champ}v`] = marque.valeurs[i];
      });
    } else if (marque.type === "symboles" && !couche.marques.some((x) => x.fond)) {
      const nom = `${champ}${marque.libelle}`.replace(/\W/g, "");
      colonnes.push({ field: nom, headerName: marque.libelle, type: "rightAligned", valueFormatter: { function: "atlasNombre(params)" } });
      const valeurs = new Map(marque.codes.map((c, i) => [c, marque.valeurs[i]]));
      lignes.forEach((l) => { l[nom] = valeurs.has(l.code) ? valeurs.get(l.code) : 0; });
    } else if (marque.type === "contour") {
      if (!colonnes.some((c) => c.field === champ)) colonnes.push({ field: champ, headerName: couche.titre, minWidth: 180, flex: 1 });
      const dedans = new Set(marque.codes);
      lignes.forEach((l) => { if (dedans.has(l.code)) l[champ] = [l[champ], marque.trait.libelle].filter(Boolean).join(" ; "); });
    }
  }

  function grille(id) {
    try { return window.dash_ag_grid.getApi(id); } catch { return null; }
  }

  function montrerLigne(code) {
    setTimeout(() => {
      const api = grille(TERRITOIRES), ligne = api && code && api.getRowNode(code);
      if (!api) return;
      if (!ligne) return api.deselectAll();
      if (!ligne.isSelected()) ligne.setSelected(true, true, "api");
      api.ensureNodeVisible(ligne);
    }, 80);
  }

  const fonctions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  fonctions.atlasNombre = (p) => (p.value === null || p.value === undefined ? "" : nombre.format(p.value));
  fonctions.atlasComparer = (a, b) => String(a).localeCompare(String(b), "fr", { numeric: true });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    aide(clics, ouvert) { return clics ? !ouvert : rien(); },
    choisirTableau(choix) { return choix; },
    ligneChoisie(territoires, lieux, vue) {
      const ligne = (window.dash_clientside.callback_context.triggered_id === LIEUX ? lieux : territoires || [])[0];
      if (ligne && new URLSearchParams(vue || "").get("territoire") !== ligne.code) atlas.choisir(ligne.code);
    },
  });

  document.addEventListener("keydown", (e) => {
    const menu = e.key === "Escape" && document.activeElement.closest("details.menu[open]");
    if (e.key === "Escape") fermerMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });

  function fermerMenus(sauf) {
    document.querySelectorAll("details.menu[open]").forEach((m) => { if (m !== sauf) m.open = false; });
  }

  document.addEventListener("click", (e) => {
    fermerMenus(e.target.closest("details.menu summary") && e.target.closest("details.menu"));
    const bouton = e.target.closest("button");
    if (!bouton) return;
    if (bouton.id === "bouton-filtres") basculer(bouton, document.querySelector(".corps"), "filtres-ouverts");
    if (bouton.id === "tableau-replier") bouton.textContent = basculer(bouton, document.getElementById("tableau"), "replie", true) ? "Déplier" : "Replier";
    if (bouton.id === "fiche-fermer") atlas.choisir("");
    if (bouton.dataset.territoire) atlas.choisir(bouton.dataset.territoire);
  });

  function basculer(bouton, cible, classe, inverse) {
    const mis = cible.classList.toggle(classe);
    bouton.setAttribute("aria-expanded", String(inverse ? !mis : mis));
    return mis;
  }
})(window.atlas);
