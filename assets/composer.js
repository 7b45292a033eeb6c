/* The territory that the reader makes: it is in the address, this only adds to it, takes from it and lists it. */
(function (atlas) {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const VOLET = "volet-composer", GRILLE = "tableau-territoires";
  let grille = null;

  const communes = () => atlas.etat.maillages.get("commune");

  /* The communes of a commune, an Epci or a département. */
  function membres(code) {
    const m = atlas.mailleDe(code);
    return m ? m.communes(m.rang.get(code)).map((i) => communes().codes[i]) : [];
  }

  /* As data/measures/composition.py reads and writes them. */
  function lire(texte) {
    const dedans = new Set(), sauf = new Set();
    for (const part of texte.split(",").filter(Boolean)) membres(part.replace(/^-/, "")).forEach((c) => (part[0] === "-" ? sauf : dedans).add(c));
    sauf.forEach((c) => dedans.delete(c));
    return dedans;
  }

  function parties(dedans) {
    const restent = new Set(dedans), dits = [];
    for (const code of atlas.etat.maillages.get("departement").codes) {
      const tous = membres(code);
      if (tous.length > 1 && tous.every((c) => restent.has(c))) {
        dits.push(code);
        tous.forEach((c) => restent.delete(c));
      }
    }
    for (const code of atlas.etat.maillages.get("epci").codes) {
      const tous = membres(code), sauf = tous.filter((c) => !dedans.has(c)).sort();
      if (sauf.length * 7 + 10 < tous.filter((c) => restent.has(c)).length * 6) {
        dits.push(code, ...sauf.map((c) => `-${c}`));
        tous.forEach((c) => restent.delete(c));
      }
    }
    return [...dits, ...[...restent].sort()];
  }

  const actuels = () => lire(atlas.parametre("communes"));

  /* Add communes to the territory made, or take them from it; says how many that changes. */
  atlas.composer = function (codes, retirer) {
    const dedans = actuels(), avant = dedans.size;
    codes.flatMap(membres).forEach((c) => (retirer ? dedans.delete(c) : dedans.add(c)));
    const change = Math.abs(dedans.size - avant);
    if (change) ecrire(dedans);
    return change;
  };

  function ecrire(dedans) {
    const dit = dedans.size ? { communes: parties(dedans).join(",") } : { communes: "", nom: "" };
    atlas.changer(dit);
    montrer(dit.communes);
  }

  const combien = (n, mot) => `${new Intl.NumberFormat("fr-FR").format(n)} ${mot.replaceAll("(s)", n > 1 ? "s" : "")}`;

  atlas.aviserComposer = (texte) => { $("composer-avis").textContent = texte; };

  function ajouter() {
    const boite = $("composer-texte"), inconnus = [], trouves = [];
    for (const mot of boite.value.split(/[\n;,\t|]+/).map((m) => m.trim()).filter(Boolean)) {
      const code = atlas.resoudre(mot);
      code ? trouves.push(code) : inconnus.push(mot);
    }
    if (!trouves.length && !inconnus.length) return;
    const change = atlas.composer(trouves, false);
    boite.value = inconnus.join("\n");
    const non = inconnus.length ? ` Non trouvé${inconnus.length > 1 ? "s" : ""}, ou plusieurs portent ce nom : ${inconnus.slice(0, 5).join(", ")}${inconnus.length > 5 ? "…" : ""}.` : "";
    atlas.aviserComposer(`${combien(change, "commune(s) ajoutée(s)")}.${non}`);
  }

  /* The list: whole Epci and départements as one line, communes one by one. */
  function montrer(texte) {
    const liste = $("composer-liste");
    if ($(VOLET).hidden || !communes()) return;
    const dedans = lire(texte), parts = parties(dedans).filter((p) => p[0] !== "-");
    $("composer-compte").textContent = dedans.size ? combien(dedans.size, "commune(s)") : "Aucune commune";
    const tenu = liste.contains(document.activeElement) ? [...liste.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    liste.replaceChildren(...parts.map((code) => {
      const m = atlas.mailleDe(code), nom = m.noms[m.rang.get(code)], tous = membres(code), ici = tous.filter((c) => dedans.has(c)).length;
      const li = document.createElement("li"), b = document.createElement("button");
      li.append(m.maille === "commune" ? nom : `${nom}, ${ici === tous.length ? combien(ici, "commune(s)") : `${ici} de ses ${tous.length} communes`}`);
      b.type = "button";
      b.className = "lien";
      b.textContent = "Retirer";
      b.setAttribute("aria-label", `Retirer ${nom}`);
      b.addEventListener("click", () => atlas.composer([code], true));
      li.append(b);
      return li;
    }));
    if (tenu >= 0) (liste.querySelectorAll("button")[Math.min(tenu, parts.length - 1)] || $("composer-compte")).focus();
    const nom = atlas.parametre("nom");
    if (document.activeElement !== $("composer-nom")) poser("composer-nom", { value: nom });
  }

  /* ---- the table's column ---- */
  atlas.colonneComposee = function (colonnes, lignes) {
    if ($(VOLET).hidden || !communes()) return;
    const dedans = actuels();
    colonnes.push({ field: "compose", headerName: "Composé", pinned: "left", width: 110, editable: true, cellDataType: "boolean", cellRenderer: "agCheckboxCellRenderer", cellEditor: "agCheckboxCellEditor" });
    lignes.forEach((l) => { const tous = membres(l.code); l.compose = tous.length > 0 && tous.every((c) => dedans.has(c)); });
  };

  function brancherGrille() {
    let api = null;
    try { api = window.dash_ag_grid.getApi(GRILLE); } catch { /* not there yet: the next opening will find it */ }
    if (!api || api === grille) return;
    grille = api;
    api.addEventListener("cellValueChanged", (e) => {
      if (e.column.getColId() === "compose") atlas.composer([e.data.code], !e.newValue);
    });
  }

  document.addEventListener("atlas:volet", (e) => {
    if (e.target.id !== VOLET) return;
    brancherGrille();
    montrer(atlas.parametre("communes"));
    if (atlas.etat.courant) atlas.remplirTableaux(atlas.etat.dessin, atlas.etat.courant);
  });
  document.addEventListener("atlas:peint", () => montrer(atlas.parametre("communes")));

  document.addEventListener("change", (e) => {
    if (e.target.id === "composer-nom" && atlas.parametre("communes")) atlas.changer({ nom: e.target.value.trim() });
  });

  document.addEventListener("click", (e) => {
    const b = e.target.closest("button[data-action]");
    if (!b) return;
    const agir = {
      ajouter,
      lasso: () => atlas.lasso(false),
      gomme: () => atlas.lasso(true),
      vider: () => { ecrire(new Set()); if (!$(VOLET).hidden) { atlas.aviserComposer("Territoire effacé."); $("composer-compte").focus(); } else $("outil-composer").focus(); },
      modifier: () => atlas.ouvrirVolet(VOLET, true),
      joindre: () => atlas.composer([b.dataset.code], false),
      retirer: () => atlas.composer([b.dataset.code], true),
    }[b.dataset.action];
    if (agir) agir();
  });

  document.addEventListener("keydown", (e) => {
    if (e.target.id === "composer-texte" && e.key === "Enter" && (e.ctrlKey || e.metaKey)) ajouter();
  });
})(window.atlas);
