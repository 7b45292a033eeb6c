/* The register: links and filters change the address in place; nothing is judged here. */
(function (atlas) {
  "use strict";
  const CHEMIN = "/registre/", ADRESSE = "registre-adresse";
  const PARAMETRES = { "registre-echelon": "echelon", "registre-champ": "champ", "registre-date": "date", "registre-territoire": "territoire" };
  const nombre = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });
  let annonce = "", arrivee = "", lue = null;  // what takes the focus once the page has changed

  const grilles = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  grilles.atlasNombreFr = (p) => (typeof p.value === "number" ? nombre.format(p.value) : p.value ?? "");
  grilles.atlasOrdre = (a, b) => String(a ?? "").localeCompare(String(b ?? ""), "fr", { numeric: true });
  grilles.atlasJour = (p) => (p.value ? String(p.value).replace(/^(\d{4})-(\d{2})-(\d{2})/, "$3/$2/$1") : "");
  grilles.atlasFin = (p) => grilles.atlasJour(p) + (p.data && p.data.fin_calculee && p.value ? " (calculée)" : "");
  (window.dashMantineFunctions = window.dashMantineFunctions || {}).atlasTout ??= ({ options }) => options;
  (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {}).AtlasLien = (props) => {
    const lien = props.data && props.data[props.lien];
    return lien ? React.createElement("a", { href: lien, tabIndex: -1 }, props.value) : props.value;
  };

  /* A series: a line for the eye, a dot on its last year, its words for all. */
  window.dashAgGridComponentFunctions.AtlasSerie = (props) => {
    const points = (props.data && props.data.serie) || [], L = 72, H = 18;
    const bornes = (rang) => [Math.min(...points.map((p) => p[rang])), Math.max(...points.map((p) => p[rang]))];
    const a = (v, [bas, haut], taille) => 3 + ((v - bas) / (haut - bas || 1)) * (taille - 6);
    const lieu = (p) => [a(p[0], bornes(0), L).toFixed(1), (H - a(p[1], bornes(1), H)).toFixed(1)];
    const e = React.createElement, lieux = points.map(lieu), fin = lieux.at(-1);
    const trait = points.length > 1 && e("svg", { width: L, height: H, className: "serie", "aria-hidden": true, key: "trait" },
      e("polyline", { points: lieux.join(" "), fill: "none", stroke: "currentColor", strokeWidth: 1.5 }),
      e("circle", { cx: fin[0], cy: fin[1], r: 2.5, fill: "currentColor" }));
    return e("span", { className: "avec-serie" }, trait, e("span", { key: "mots" }, props.value));
  };

  if (location.pathname !== CHEMIN) return;
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const lire = () => {
    lue = location.search;
    poser(ADRESSE, { data: lue });
  };
  const aller = (suite) => {
    history.pushState(null, "", CHEMIN + (suite === "?" ? "" : suite));
    lire();
  };

  window.addEventListener("popstate", () => location.search !== lue && lire());
  document.addEventListener("click", (e) => {
    const lien = e.target.closest && e.target.closest("a[href]");
    if (!lien || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey || lien.target) return;
    const but = new URL(lien.href);
    if (but.origin !== location.origin || but.pathname !== CHEMIN || but.hash) return;
    e.preventDefault();
    arrivee = lien.closest("#registre-navigation") ? "#registre-navigation [aria-current]" : "#registre-titre";
    aller(but.search);
  });
  /* Enter on a focused cell follows its link. */
  document.addEventListener("keydown", (e) => {
    const cellule = e.key === "Enter" && e.target.closest && e.target.closest(".ag-cell");
    const lien = cellule && cellule.querySelector("a[href]");
    if (lien) lien.click();
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.registre = {
    ouvrir: () => (lue = location.search),
    ecrire(...valeurs) {
      const vue = valeurs.at(-1);
      if (!vue) return;
      const adresse = new URLSearchParams(location.search);
      let change = false;
      for (const { prop_id, value } of window.dash_clientside.callback_context.triggered) {
        const nom = PARAMETRES[prop_id.split(".")[0]];
        if ((value || null) === (vue[nom] || null) || (nom === "date" && !value)) continue;
        if (nom === "territoire") ["communes", "nom"].forEach((n) => adresse.delete(n));
        if (value) adresse.set(nom, value);
        else adresse.delete(nom);
        change = true;
      }
      if (change) aller("?" + adresse);
    },
    /* The territories set beside the chosen one go in the address. */
    mettreACote(codes) {
      const adresse = new URLSearchParams(location.search), voulus = (codes || []).join(",");
      if (voulus === (adresse.get("avec") || "")) return;
      if (voulus) adresse.set("avec", voulus);
      else adresse.delete("avec");
      aller("?" + adresse.toString().replaceAll("%2C", ","));
    },
    /* What the server answered: where to go, and what to say once there. */
    suivre(reponse) {
      if (!reponse) return;
      annonce = reponse.dit;
      arrivee = "#registre-titre";
      aller(reponse.adresse);
    },
    filtrer: (texte, options) => ({ ...options, quickFilterText: texte || "" }),
    /* What a link of the page opened is read from its title on; the navigation keeps its place. */
    arriver() {
      const titre = document.getElementById("registre-titre");
      requestAnimationFrame(() => {
        document.title = `${titre.textContent} – Atlas Ctg`;
        const dire = annonce && document.querySelector(".maj-fait");
        if (dire) {
          dire.textContent = annonce;
          annonce = "";
        }
        if (!arrivee) return;
        window.scrollTo(0, 0);
        document.querySelector(arrivee)?.focus({ preventScroll: true });
        arrivee = "";
      });
    },
  };
})((window.atlas = window.atlas || {}));
