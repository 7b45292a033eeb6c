/* Going about the map: the breadcrumb and the way down, the tools and their panels, the visible extent, full screen. */
(function (atlas) {
  "use strict";
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const $ = (id) => document.getElementById(id);
  const DELAI = 350, DOUBLE = 600;
  let tour = 0, carte = null, peinte = "", choisi = { code: "", quand: 0 }, attente = null, cadre = null, muet = false;

  /* What the address says, as it is written now. */
  atlas.parametre = (nom) => new URLSearchParams(location.search).get(nom) || "";
  atlas.changer = (valeurs) => poser("exploration", { data: { ...valeurs, tour: ++tour } });
  atlas.mailleDe = (code) => [...atlas.etat.maillages.values()].find((m) => m.rang.has(code)) || null;

  /* Where tools draw, over the map and under its names: options of a Leaflet path. */
  atlas.dessus = function (c) {
    if (!c.getPane("dessus")) {
      c.createPane("dessus").style.zIndex = 635;
      c.dessus = L.svg({ pane: "dessus", padding: 0.5 });
    }
    return { pane: "dessus", renderer: c.dessus, interactive: false };
  };

  /* ---- the breadcrumb ---- */
  /* The département that holds most communes of a territory. */
  function departementDe(code, m) {
    const departements = atlas.etat.maillages.get("departement"), comptes = new Map();
    m.communes(m.rang.get(code)).forEach((i) => comptes.set(departements.membres[i], (comptes.get(departements.membres[i]) || 0) + 1));
    const [d] = [...comptes].sort((a, b) => b[1] - a[1])[0] || [-1];
    return d < 0 ? "" : departements.codes[d];
  }

  /* From the whole to the territory opened: [code, name, maille to show it at]. */
  function chemin(code) {
    const departements = atlas.etat.maillages.get("departement"), epci = atlas.etat.maillages.get("epci");
    if (!departements) return [];
    const m = code && atlas.mailleDe(code), seul = departements.codes.length === 1;
    const pas = seul ? [] : [["", "Ensemble", "departement"]];
    const dep = m ? (m.maille === "departement" ? code : departementDe(code, m)) : seul ? departements.codes[0] : "";
    if (dep) pas.push([dep, departements.noms[departements.rang.get(dep)], "epci"]);
    if (!m || m.maille === "departement") return pas;
    const parent = m.maille === "epci" ? code : m.parents[m.rang.get(code)];
    if (parent && epci && epci.rang.has(parent)) pas.push([parent, epci.noms[epci.rang.get(parent)], "commune"]);
    if (m.maille === "commune") pas.push([code, m.noms[m.rang.get(code)], "commune"]);
    return pas;
  }

  /* Where « Voir ses … » leads from a territory, on the maille drawn: [maille, words], null where it is drawn already. */
  function dessous(code) {
    const m = code && atlas.mailleDe(code), trace = atlas.etat.courant && atlas.etat.courant.maille;
    if (!m || m.maille === "commune" || trace === "commune") return null;
    return m.maille === "departement" && trace === "departement" ? ["epci", "Voir ses Epci"] : ["commune", "Voir ses communes"];
  }

  atlas.filer = function (code) {
    const liste = $("fil");
    if (!liste) return;
    const tenu = liste.contains(document.activeElement) ? document.activeElement.dataset.pas : null;
    const pas = chemin(code);
    liste.replaceChildren(...pas.map(([c, nom, maille]) => {
      const b = bouton(nom, () => aller(c, maille));
      b.dataset.pas = c;
      if (c === code) b.setAttribute("aria-current", "true");
      return item(b);
    }));
    const bas = dessous(code);
    if (bas) {
      const b = bouton(bas[1], () => aller(code, bas[0]));
      b.className = "geste";
      b.dataset.pas = "dessous";
      liste.append(item(b));
    }
    if (tenu === null) return;
    const memes = [...liste.querySelectorAll("button")];
    (memes.find((b) => b.dataset.pas === tenu) || memes.find((b) => b.hasAttribute("aria-current")) || memes.at(-1))?.focus();
  };

  function item(contenu) {
    const li = document.createElement("li");
    li.append(contenu);
    return li;
  }

  function bouton(texte, agir) {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = texte;
    b.addEventListener("click", agir);
    return b;
  }

  /* Go to a territory drawn at a maille, and bring it into view. */
  function aller(code, maille) {
    atlas.changer({ territoire: code, maille });
    atlas.montrer(code);
  }

  atlas.montrer = function (code) {
    const e = atlas.etat, m = code ? atlas.mailleDe(code) : e.maillages.get("departement");
    if (!m) return;
    const bornes = L.latLngBounds([]);
    (code ? [m.rang.get(code)] : [...m.codes.keys()]).forEach((i) => m.bornes(i).isValid() && bornes.extend(m.bornes(i)));
    e.montre = code;
    e.libre = true;
    if (bornes.isValid()) e.carte.fitBounds(bornes, { padding: [14, 14], maxZoom: 12, animate: false });
  };

  /* ---- the visible extent ---- */
  const bornesDe = (texte) => {
    const [o, s, e, n] = texte.split(",").map(Number);
    return L.latLngBounds([s, o], [n, e]);
  };

  function etendue() {
    const b = carte.getBounds(), court = (v) => String(Math.round(v * 1e4) / 1e4);
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map(court).join(",");
  }

  /* The map moved: the figures follow it, the map itself has nothing to be painted anew. */
  function suivre() {
    clearTimeout(attente);
    if (!atlas.visible || muet) return;
    attente = setTimeout(() => {
      const ici = etendue();
      if (!atlas.visible || ici === atlas.visible) return;
      atlas.visible = ici;
      const lu = new URLSearchParams(location.search);
      const adresse = "?" + [...lu].map(([c, v]) => `${c}=${encodeURIComponent(c === "emprise" ? ici : v).replaceAll("%2C", ",")}`).join("&");
      history.replaceState(history.state, "", location.pathname + adresse);
      carte.getContainer().dataset.vue = adresse;
      poser("vue-peinte", { data: adresse });
      encadrer();
    }, DELAI);
  }

  /* Where the extent of the figures is not that of the map (another screen), its frame is drawn. */
  function encadrer() {
    if (cadre) cadre.remove();
    cadre = null;
    $("outil-etendue").setAttribute("aria-pressed", String(Boolean(atlas.visible)));
    if (!atlas.visible) return;
    const b = bornesDe(atlas.visible), vu = carte.getBounds(), large = vu.getEast() - vu.getWest();
    if (Math.abs(vu.getEast() - b.getEast()) + Math.abs(vu.getNorth() - b.getNorth()) < large * 0.02) return;
    cadre = L.rectangle(b, { ...atlas.dessus(carte), fill: false, weight: 1.5, dashArray: "6 4", color: "#184a74" }).addTo(carte);
  }

  function basculerEtendue() {
    atlas.visible = atlas.visible ? "" : etendue();
    peinte = atlas.visible;
    atlas.changer({ emprise: atlas.visible });
    encadrer();
    if (atlas.visible && matchMedia("(min-width: 901px)").matches) $("chiffres-cles").scrollIntoView({ block: "nearest" });
  }

  /* ---- the map is painted ---- */
  document.addEventListener("atlas:peint", () => {
    const e = atlas.etat, lu = new URLSearchParams(e.dessin.vue);
    if (carte !== e.carte) brancher(e.carte);
    if ((lu.get("emprise") || "") !== peinte) {  // an address opened or come back to
      peinte = atlas.visible = lu.get("emprise") || "";
      if (atlas.visible) {
        e.montre = e.dessin.territoire;
        e.libre = true;
        taire(() => carte.fitBounds(bornesDe(atlas.visible), { animate: false }));
      }
    } else descendu(e);
    carte.doubleClickZoom[e.dessin.maille === "commune" ? "enable" : "disable"]();
    encadrer();
  });

  /* A territory shown at a finer maille is seen whole, as large as can be. */
  function descendu(e) {
    const m = e.dessin.territoire && atlas.mailleDe(e.dessin.territoire);
    const rang = ["commune", "epci", "departement"];
    if (m && e.montre !== e.dessin.territoire && rang.indexOf(m.maille) > rang.indexOf(e.dessin.maille)) atlas.montrer(e.dessin.territoire);
  }

  function taire(agir) {
    muet = true;
    agir();
    setTimeout(() => { muet = false; }, 0);
  }

  function brancher(nouvelle) {
    carte = nouvelle;
    carte.on("moveend zoomend", suivre);
    carte.on("dblclick", () => {
      const m = atlas.etat.courant;
      if (!m || m.maille === "commune" || !m.rang.has(choisi.code) || performance.now() - choisi.quand > DOUBLE) return;
      const bas = dessous(choisi.code);
      if (bas) aller(choisi.code, bas[0]);
    });
  }

  /* Remember what was just chosen: a second click on it goes down. */
  document.addEventListener("DOMContentLoaded", () => {
    const choisir = atlas.choisir;
    atlas.choisir = function (code) {
      choisi = { code, quand: performance.now() };
      choisir(code);
    };
  });

  /* ---- the map's room changes: what it showed stays in view, and comes back as it was ---- */
  let serree = null;

  function garder() {
    const e = atlas.etat;
    if (!e.carte || !e.libre) return;  // what nobody moved is framed anew
    const vue = [e.carte.getCenter(), e.carte.getZoom()], bornes = e.carte.getBounds();
    const intacte = serree && serree.centre.equals(vue[0]) && serree.zoom === vue[1];
    e.carte.once("resize", () => {
      if (intacte) e.carte.setView(...serree.vue, { animate: false });
      else e.carte.fitBounds(bornes, { animate: false });
      serree = intacte ? null : { vue, centre: e.carte.getCenter(), zoom: e.carte.getZoom() };
    });
  }

  /* ---- full screen ---- */
  const corps = () => document.querySelector(".corps");
  const plein = () => corps().classList.contains("plein");

  function remplirEcran(oui) {
    garder();
    corps().classList.toggle("plein", oui);
    const b = $("outil-plein-ecran");
    b.setAttribute("aria-pressed", String(oui));
    b.querySelector("span:last-child").textContent = oui ? "Quitter" : "Plein écran";
  }

  function basculerEcran() {
    const oui = !plein();
    remplirEcran(oui);
    if (oui && corps().requestFullscreen) corps().requestFullscreen().catch(() => {});  // refused: it fills the page
    if (!oui && document.fullscreenElement) document.exitFullscreen();
  }

  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && plein()) remplirEcran(false); });

  /* ---- tools and panels ---- */
  const VOLETS = { "outil-composer": "volet-composer", "outil-mesurer": "volet-mesurer" };

  atlas.ouvrirVolet = function (id, ouvert) {
    if (ouvert !== Object.values(VOLETS).some((v) => !$(v).hidden)) garder();
    for (const [outil, volet] of Object.entries(VOLETS)) {
      const la = volet === id && ouvert;
      const change = $(volet).hidden === la;
      $(volet).hidden = !la;
      $(outil).setAttribute("aria-expanded", String(la));
      if (change) $(volet).dispatchEvent(new CustomEvent("atlas:volet", { bubbles: true, detail: la }));
    }
    if (ouvert) $(id).querySelector("input, textarea").focus();
    else Object.entries(VOLETS).forEach(([outil, volet]) => volet === id && $(outil).focus());
  };

  document.addEventListener("click", (e) => {
    const b = e.target.closest("button");
    if (!b) return;
    if (VOLETS[b.id]) atlas.ouvrirVolet(VOLETS[b.id], $(VOLETS[b.id]).hidden);
    if (b.dataset.fermer) atlas.ouvrirVolet(b.dataset.fermer, false);
    if (b.id === "outil-etendue") basculerEtendue();
    if (b.id === "outil-plein-ecran") basculerEcran();
  });

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !e.defaultPrevented) {
      const volet = document.activeElement.closest?.(".volet");
      if (volet) atlas.ouvrirVolet(volet.id, false);
      else if (plein()) basculerEcran();
    }
    const outils = document.activeElement.closest?.(".outils");
    if (outils && (e.key === "ArrowRight" || e.key === "ArrowLeft")) {
      const tous = [...outils.querySelectorAll("button")], ici = tous.indexOf(document.activeElement);
      tous.at((ici + (e.key === "ArrowRight" ? 1 : -1)) % tous.length).focus();
    }
  });
})(window.atlas);
