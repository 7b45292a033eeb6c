/* The presenter's screen: notes, current and next scene, clock, decisions; it drives the projection and follows it. */
(function (atlas) {
  "use strict";
  const P = { n: 0, noir: false };
  const h = (...x) => atlas.carnet.h(...x);
  const ZERO = "0:00:00";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, { pupitre() { monter(); } });

  async function monter() {
    P.racine = document.getElementById("pupitre");
    P.id = new URLSearchParams(location.search).get("seance") || "";
    try {
      P.seance = await atlas.carnet.demander("GET", `seances/${encodeURIComponent(P.id)}`);
    } catch (e) {
      return P.racine.replaceChildren(h("h1", {}, "Pupitre"), h("p", { role: "alert", class: "alerte" }, e.message), h("p", {}, h("a", { href: "/seances/" }, "Toutes les séances")));
    }
    P.cle = `atlas-pupitre:${P.id}`;
    P.debut = JSON.parse(localStorage.getItem(P.cle) || "null");
    P.images = new Map();
    batir();
    P.synchro = new atlas.Synchro(P.id, suivre, { reseau });
    const etat = P.synchro.etat || {};
    Object.assign(P, { n: Math.min(etat.n || 0, Math.max(0, P.seance.scenes.length - 1)), noir: Boolean(etat.noir) });
    montrer();
    setInterval(horloge, 500);
    horloge();
    document.addEventListener("keydown", touche);
    P.seance.scenes.forEach((s, i) => setTimeout(() => image(s), 300 + 40 * i));
    P.racine.dataset.pret = P.id;
  }

  function batir() {
    const geste = (nom, texte, action) => h("button", { class: "bouton-seance", id: `pupitre-${nom}`, onclick: action }, texte);
    P.racine.replaceChildren(
      h("div", { class: "pupitre-tete" },
        h("h1", {}, P.seance.titre),
        h("p", { class: "pupitre-heures" }, h("span", {}, "Heure ", h("strong", { id: "pupitre-heure" })), h("span", {}, "Écoulé ", h("strong", { id: "pupitre-ecoule" }, ZERO)),
          geste("chrono", "Démarrer", chronometrer), h("button", { class: "lien", id: "pupitre-zero", onclick: remettre }, "Remettre à zéro"))),
      h("div", { class: "actions", role: "group", "aria-label": "Conduite de la projection" },
        geste("ouvrir", "Ouvrir la projection", () => window.open(`/projection/?seance=${P.id}&scene=${P.n + 1}`, `projection-${P.id}`, "popup")),
        geste("precedent", "← Précédente", () => aller(P.n - 1)), geste("suivant", "Suivante →", () => aller(P.n + 1)),
        h("button", { class: "bouton-seance", id: "pupitre-noir", "aria-pressed": "false", onclick: noircir }, "Écran noir"),
        geste("retour", "Revenir à la scène", () => { P.retour = Date.now(); annoncer(); }),
        h("a", { href: `/seances/?seance=${P.id}` }, "Modifier la séance")),
      h("p", { id: "pupitre-reseau", class: "alerte", role: "status", hidden: true }),
      h("div", { class: "pupitre-corps" },
        h("section", { "aria-label": "Scène projetée" }, h("h2", { id: "pupitre-rang" }), h("div", { id: "pupitre-scene" }), h("div", { id: "pupitre-notes" }), h("section", { "aria-label": "Décisions" }, h("h3", {}, "Décisions de cette scène"), h("div", { id: "pupitre-decisions" }))),
        h("aside", { "aria-label": "Scènes à venir" }, h("h2", {}, "Ensuite"), h("div", { id: "pupitre-suite" }), h("h2", {}, "Toutes les scènes"), h("ol", { id: "pupitre-liste", class: "pupitre-liste" }))));
  }

  /* Thumbnails are fetched once, for a room whose network fails. */
  function image(s) {
    if (!P.images.has(s.adresse)) {
      const attente = fetch(`/carnet/vignette${s.adresse || "?"}`).then((r) => (r.ok ? r.blob() : Promise.reject(new Error(String(r.status))))).then((b) => URL.createObjectURL(b));
      attente.catch(() => P.images.delete(s.adresse));
      P.images.set(s.adresse, attente);
    }
    return P.images.get(s.adresse);
  }

  function carte(s, large) {
    const img = h("img", { alt: `Carte de la scène : ${s.titre}`, width: large ? 480 : 240, height: large ? 300 : 150 });
    image(s).then((src) => { img.src = src; }, () => {});
    return img;
  }

  function montrer() {
    const scenes = P.seance.scenes, s = scenes[P.n], suite = scenes[P.n + 1];
    const zone = (id) => document.getElementById(`pupitre-${id}`);
    const liste = zone("liste");
    if (liste.children.length !== scenes.length) liste.replaceChildren(...scenes.map((x, i) => h("li", {}, h("button", { class: "lien", onclick: () => aller(i) }, x.titre || "Sans titre"))));
    [...liste.children].forEach((li, i) => { const b = li.firstChild; if (i === P.n) b.setAttribute("aria-current", "step"); else b.removeAttribute("aria-current"); });
    zone("precedent").disabled = P.n <= 0;
    zone("suivant").disabled = P.n >= scenes.length - 1;
    zone("noir").setAttribute("aria-pressed", String(P.noir));
    zone("rang").textContent = s ? `Scène ${P.n + 1} sur ${scenes.length}${P.noir ? " — écran noir" : ""}` : "Aucune scène";
    zone("suite").replaceChildren(suite ? h("figure", {}, carte(suite), h("figcaption", {}, suite.titre)) : h("p", { class: "discret" }, s ? "Dernière scène." : ""));
    if (!s || P.montree === s.id) return;
    P.montree = s.id;
    zone("scene").replaceChildren(carte(s, true), h("div", {}, h("h3", {}, s.titre), s.lecture && h("p", {}, s.lecture), s.question && h("p", { class: "pupitre-question" }, s.question)));
    noter(s, zone("notes"));
    decider(s, zone("decisions"));
  }

  function noter(s, zone) {
    P.saisies = P.saisies || new Map();
    const etat = h("span", { class: "saisie-etat", role: "status", id: "pupitre-notes-etat" });
    let champ = null;
    const dits = (x) => { etat.textContent = x.libelle; if (champ) champ.montrer(); s.notes = x.lire("notes"); };
    let saisie = P.saisies.get(s.id);
    if (saisie) saisie.dire = dits;
    else P.saisies.set(s.id, (saisie = atlas.carnet.suivre(`scenes/${s.id}`, { notes: s.notes }, s.version, dits)));
    champ = atlas.carnet.champ(saisie, "notes", "Notes", { lignes: 7, max: 20000, classe: "pupitre-saisie" });
    zone.replaceChildren(champ, etat);
    dits(saisie);
  }

  function decider(s, zone) {
    zone.replaceChildren(atlas.carnet.decisions(s, P.seance.decisions.filter((d) => d.scene === s.id), async () => {
      P.seance = await atlas.carnet.demander("GET", `seances/${P.id}`);
      decider(P.seance.scenes[P.n] || s, zone);
    }));
  }

  function suivre(etat) {
    const n = Math.min(Math.max(etat.n || 0, 0), P.seance.scenes.length - 1);
    Object.assign(P, { n, noir: Boolean(etat.noir) });
    montrer();
  }

  const annoncer = () => P.synchro.dire({ n: P.n, noir: P.noir, retour: P.retour });

  function aller(i) {
    P.n = Math.min(Math.max(i, 0), P.seance.scenes.length - 1);
    P.noir = false;
    if (!P.debut) chronometrer();
    annoncer();
    montrer();
  }

  function noircir() {
    P.noir = !P.noir;
    annoncer();
    montrer();
  }

  /* Keys of the clicker, outside texts. */
  function touche(e) {
    if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input, textarea, select, button, a")) return;
    if (["ArrowRight", "PageDown", " "].includes(e.key)) { e.preventDefault(); aller(P.n + 1); }
    if (["ArrowLeft", "PageUp"].includes(e.key)) { e.preventDefault(); aller(P.n - 1); }
    if (e.key === "b" || e.key === ".") noircir();
  }

  function reseau(present) {
    const zone = document.getElementById("pupitre-reseau");
    zone.hidden = present;
    zone.textContent = present ? "" : "Le réseau est coupé. La projection continue avec les scènes déjà préparées ; les notes sont gardées sur ce poste et seront enregistrées à son retour.";
  }

  /* ---- Clock: kept through a reload ---- */

  function garder() { localStorage.setItem(P.cle, JSON.stringify(P.debut)); }

  function chronometrer() {
    const d = P.debut || { cumul: 0, depuis: null };
    P.debut = d.depuis ? { cumul: d.cumul + Date.now() - d.depuis, depuis: null } : { ...d, depuis: Date.now() };
    garder();
    horloge();
  }

  function remettre() {
    P.debut = null;
    garder();
    horloge();
  }

  function horloge() {
    const d = P.debut, ms = d ? d.cumul + (d.depuis ? Date.now() - d.depuis : 0) : 0, s = Math.floor(ms / 1000);
    const deux = (x) => String(x).padStart(2, "0");
    document.getElementById("pupitre-heure").textContent = new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    document.getElementById("pupitre-ecoule").textContent = `${Math.floor(s / 3600)}:${deux(Math.floor(s / 60) % 60)}:${deux(s % 60)}`;
    document.getElementById("pupitre-chrono").textContent = d && d.depuis ? "Suspendre" : d ? "Reprendre" : "Démarrer";
  }
})(window.atlas = window.atlas || {});
