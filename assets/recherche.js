/* Search by name: territories, which the geometry brings, then quarters, access points and lists, asked for once. */
(function (atlas) {
  "use strict";
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const rien = () => window.dash_clientside.no_update;
  const COMBIEN = 30, RIEN = { value: "-", label: "Aucun territoire, quartier ni lieu de ce nom", disabled: true };
  let lieux = [], demande = null, repere = null, nomme = null;

  /* Search that forgives accents, hyphens, and Saint/St. */
  const plat = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae")
    .replace(/[^a-z0-9]+/g, " ").replace(/\bsainte?\b/g, (x) => (x === "sainte" ? "ste" : "st")).trim();
  atlas.plat = plat;
  const serre = (s) => s.replaceAll(" ", "");
  const dmcFonctions = (window.dashMantineFunctions = window.dashMantineFunctions || {});
  dmcFonctions.atlasTout = ({ options }) => options.filter((o) => !o.cache);

  function* territoires() {
    for (const maille of ["departement", "epci", "commune"]) {
      const m = atlas.etat.maillages.get(maille);
      if (m) for (let i = 0; i < m.codes.length; i++) yield { value: m.codes[i], label: `${m.noms[i]} (${m.codes[i]})`, plat: (m.plats || (m.plats = m.noms.map(plat)))[i], poids: m.poids[i] };
    }
  }

  /* Exact beginnings first, then beginnings of a word, then anywhere, words run together or left out;
     the most populous first, places after territories. */
  function chercher(parmi, texte, combien) {
    const q = plat(texte), compact = serre(q), code = compact.toUpperCase(), mots = q.split(" ");
    const rang = (t) => (t.plat === q || t.value === code ? 0 : t.plat.startsWith(q) || t.value.startsWith(code) ? 1 : t.plat.includes(` ${q}`) ? 2 : serre(t.plat).includes(compact) ? 3 : mots.every((m) => ` ${t.plat}`.includes(` ${m}`)) ? 4 : 5);
    if (!q && texte.trim()) return [];
    const trouves = [];
    for (const t of parmi) {
      const r = rang(t);
      if (r < 5) trouves.push([r, t]);
    }
    trouves.sort((a, b) => a[0] - b[0] || b[1].poids - a[1].poids);
    return trouves.slice(0, combien).map(([, t]) => ({ value: t.value, label: t.label }));
  }

  atlas.proposer = (texte, combien) => chercher(territoires(), texte, combien);

  /* The code of the one territory that a text names, by its name, its code or both; null where none or several do. */
  atlas.resoudre = function (texte) {
    const dit = texte.match(/\b(\d{9}|\d{5}|2[AB]\d{3}|\d{2,3}|2[AB])\)?\s*$/i), q = plat(texte);
    const trouves = new Set();
    for (const t of territoires()) if (t.plat === q || (dit && t.value === dit[1].toUpperCase())) trouves.add(t.value);
    return trouves.size === 1 ? [...trouves][0] : null;
  };

  /* The search box and the breadcrumb say which territory is chosen, whatever chose it. */
  atlas.nommer = function (code) {
    atlas.filer?.(code);
    if (repere && code !== repere.commune) oublier();
    let choix = null;
    for (const m of code ? atlas.etat.maillages.values() : []) if (m.rang.has(code)) choix = { value: code, label: `${m.noms[m.rang.get(code)]} (${code})` };
    nomme = choix;
    if (choix) poser("recherche", { data: [choix], value: code });
    else if (document.getElementById("recherche")?.value) poser("recherche", { value: null, searchValue: "" });
  };

  /* ---- quarters, access points, lists of priority territories ---- */
  function lire(recus) {
    const communes = atlas.etat.maillages.get("commune");
    return recus.map((l, i) => {
      const rang = communes.rang.get(l.commune), ville = rang === undefined ? "" : `, ${communes.noms[rang]}`;
      return { ...l, value: `lieu-${i}`, label: `${l.nom} — ${l.genre}${ville}`, plat: plat(`${l.nom} ${l.genre} ${ville}`), poids: 0 };
    });
  }

  /* Asked for once for each Caf, at the first letter typed. */
  async function demander() {
    const caf = new URLSearchParams(location.search).get("caf") || "";
    if (demande === caf) return;
    demande = caf;
    lieux = [];
    try {
      const recus = await (await fetch(`${atlas.racine()}lieux${caf ? `?caf=${caf}` : ""}`)).json();
      if (demande !== caf) return;
      lieux = lire(recus);
      const tape = document.getElementById("recherche").value;
      if (tape) poser("recherche", { data: proposer(tape) });
    } catch { demande = null; /* territories are still found */ }
  }

  /* The territory chosen stays among the choices, unseen: dmc.Select would forget it, and what is being typed with it. */
  function proposer(texte) {
    const places = chercher(lieux, texte, COMBIEN / 2), trouves = [...chercher(territoires(), texte, COMBIEN - places.length), ...places];
    const vus = trouves.length || !texte ? trouves : [RIEN];
    return nomme && !vus.some((t) => t.value === nomme.value) ? [...vus, { ...nomme, cache: true }] : vus;
  }

  document.addEventListener("focusin", (e) => {
    if (e.target.id === "recherche" && !e.target.value) poser("recherche", { data: proposer("") });
  });

  function oublier() {
    repere?.trait.remove();
    repere = null;
  }

  /* Choose its commune and bring the place itself into view, ringed and named. */
  function aller(lieu) {
    if (lieu.definition) return montrerListe(lieu.definition);
    const e = atlas.etat, ou = lieu.ou;
    oublier();
    if (ou.length) {
      const bornes = L.latLngBounds(ou.length === 4 ? [[ou[1], ou[0]], [ou[3], ou[2]]] : [[ou[1], ou[0]]]);
      const style = { ...atlas.dessus(e.carte), fill: false, weight: 3, color: "#c2185b", interactive: false };
      const trait = ou.length === 4 ? L.rectangle(bornes, style) : L.circleMarker(bornes.getCenter(), { ...style, radius: 14 });
      e.montre = lieu.commune;  // the map is not framed again on the commune
      e.libre = true;
      e.carte.fitBounds(bornes.pad(0.6), { maxZoom: 12, animate: false });
      repere = { commune: lieu.commune, trait: trait.bindTooltip(lieu.label, { permanent: true, direction: "top", className: "bulle" }).addTo(e.carte) };
    }
    if (!ou.length && atlas.mailleDe(lieu.commune)) atlas.montrer(lieu.commune);
    if (!atlas.mailleDe(lieu.commune)) return;
    atlas.choisir(lieu.commune);
    atlas.nommer(lieu.commune);  // the one already chosen is not painted anew
  }

  function montrerListe(definition) {
    const cochees = [...document.querySelectorAll("#filtre-couches input[type=checkbox]:checked")].map((c) => c.value);
    poser("filtre-definitions", { value: [definition] });
    poser("filtre-couches-choix", { value: [...new Set([...cochees, "territoires_prioritaires"])] });
    poser("recherche", { value: null, searchValue: "" });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    chercher(texte) {
      const dit = texte || "";
      if (dit) demander();
      /* A label just chosen: dmc.Select would forget its value if its choices changed now. */
      for (const parmi of [territoires(), lieux]) for (const t of parmi) if (t.label === dit) return rien();
      return proposer(dit);
    },
    trouve(valeur, vue) {
      const lieu = lieux.find((l) => l.value === valeur);
      if (lieu) return void aller(lieu);
      if ((new URLSearchParams(vue || "").get("territoire") || "") !== (valeur || "")) atlas.choisir(valeur || "");
    },
  });
})(window.atlas);
