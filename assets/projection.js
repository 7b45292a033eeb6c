/* The projection: scenes one after another, full screen, by keys, remote clicker or touch; prefetched, so that neither
   the server nor the network is waited for. Inert until its page mounts it. */
(function (atlas) {
  "use strict";
  const RETOUR_MS = 2600, GLISSER_PX = 70, GLISSER_MS = 700, MEMOIRE = 80e6, REFERENCE = 960;
  const P = { n: 0, noir: false, eclaire: "", paquets: new Map(), taille: 0, chiffres: "" };
  const h = (...x) => atlas.carnet.h(...x);
  const el = (id) => document.getElementById(`projection-${id}`);
  const poser = (id, props) => window.dash_clientside.set_props(id, props);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    projection() { monter().catch((e) => dire(e.message)); },
  });

  /* The map is laid out as on a smaller screen and shown larger: lines, signs and names grow together. */
  function grossir() {
    const k = Math.max(1, innerWidth / REFERENCE);
    document.documentElement.style.setProperty("--grossi", k);
    if (P.fin === undefined) P.fin = window.devicePixelRatio || 1;
    Object.defineProperty(window, "devicePixelRatio", { configurable: true, get: () => P.fin * Math.max(1, innerWidth / REFERENCE) });
  }

  /* Hatches take the ink that their ground lets be read. */
  function hachurer() {
    const simple = atlas.remplissage;
    const clair = (hex) => { const n = parseInt(hex.slice(1), 16); return 0.2126 * (n >> 16) + 0.7152 * ((n >> 8) & 255) + 0.0722 * (n & 255) > 150; };
    atlas.remplissage = (fond, hachures) => simple(fond, fond ? hachures.map(([motif]) => [motif, clair(fond) ? "#2b3440" : "#ffffff"]) : hachures);
  }

  async function monter() {
    const demande = new URLSearchParams(location.search);
    P.id = demande.get("seance") || "";
    grossir();
    hachurer();
    Object.assign(atlas, { racine: () => "/", nommer() {}, remplirTableaux() {}, choisir: (code) => eclairer(code === P.eclaire ? "" : code) });
    P.seance = await atlas.carnet.demander("GET", `seances/${encodeURIComponent(P.id)}`);
    if (!P.seance.scenes.length) return dire("Cette séance n'a pas encore de scène.");
    const repris = performance.getEntriesByType("navigation").some((x) => x.type === "reload");
    P.synchro = new atlas.Synchro(P.id, suivre, { libre: demande.has("scene") && !repris, reseau: (present) => { document.body.dataset.reseau = present ? "oui" : "non"; } });
    ecouter();
    P.n = Math.min(Math.max(1, Number(demande.get("scene")) || (P.synchro.etat || {}).n + 1 || 1), P.seance.scenes.length) - 1;
    await afficher(P.n);
    if (P.attendu) suivre(P.attendu);
    avertir();
    precharger();
  }

  function dire(phrase) {
    el("message").textContent = phrase;
    el("message").hidden = !phrase;
  }

  /* ---- Packages ---- */

  function paquet(i) {
    const s = P.seance.scenes[i], cle = `${s.adresse}|${s.chiffres}`;
    if (!P.paquets.has(cle)) {
      const attente = fetch(`/projection/scene?vue=${encodeURIComponent(s.adresse)}&chiffres=${encodeURIComponent(s.chiffres)}`).then((r) => {
        if (!r.ok) throw new Error(`scène : ${r.status}`);
        return r.text();
      }).then(async (texte) => {
        P.taille += texte.length;
        const p = JSON.parse(texte);
        const fichiers = p.dessin.couches.flatMap((c) => c.marques.filter((m) => m.fichier).map((m) => m.fichier));
        await Promise.all([p.dessin.fond, ...fichiers].map((f) => atlas.charger(f)));
        p.pret = true;
        return p;
      });
      attente.catch(() => P.paquets.delete(cle));
      P.paquets.set(cle, attente);
    }
    return P.paquets.get(cle);
  }

  /* The scenes to come first, then those before; again later where the network was away. */
  async function precharger() {
    const n = P.seance.scenes.length, ordre = [...Array(n).keys()].map((k) => (P.n + k) % n);
    let manque = false;
    for (const i of ordre) {
      if (P.taille > MEMOIRE) break;
      await paquet(i).catch(() => { manque = true; });
      await new Promise((ok) => setTimeout(ok, 15));
    }
    document.body.dataset.precharge = manque ? "partiel" : "fini";
    if (manque) setTimeout(precharger, 4000);
  }

  /* ---- Scenes ---- */

  async function afficher(i) {
    const tour = (P.tour = (P.tour || 0) + 1);
    const debut = performance.now();
    let p;
    try { p = await paquet(i); } catch { return tour === P.tour && dire(`La scène ${i + 1} n'est pas encore arrivée : le réseau manque. Les scènes déjà préparées restent à l'écran.`); }
    if (tour !== P.tour) return;
    dire("");
    Object.assign(P, { n: i, eclaire: "", paquet: p });
    const s = P.seance.scenes[i];
    ecrire(s, p);
    if (P.calque) { P.calque.eclairer([]); P.calque.remplacer(traitsDe(s)); }
    /* A layout of its own first, so that the map is painted once, at its place. */
    if (P.cadree) { atlas.etat.carte.invalidateSize({ pan: false, animate: false }); cadrer(p); }
    atlas.etat.montre = p.dessin.territoire;
    if (atlas.etat.toile) atlas.etat.toile.options.padding = 0.08;  // scenes follow one another more than they are dragged
    const peinte = new Promise((ok) => document.addEventListener("atlas:peint", ok, { once: true }));
    await atlas.peindre(p.dessin);
    await peinte;
    if (tour !== P.tour) return;
    if (!P.calque) {
      P.carte = atlas.etat.carte;
      P.carte.keyboard.disable();
      P.calque = new atlas.Calque(P.carte, garderTraits);
      P.calque.remplacer(traitsDe(s));
      P.carte.on("dragstart", () => explorer(true));
      P.carte.getContainer().addEventListener("wheel", () => explorer(true), { passive: true });
      P.carte.getContainer().addEventListener("dblclick", () => explorer(true));
      toucher();
    }
    if (!P.cadree) { P.cadree = true; cadrer(p); }
    explorer(false);
    document.body.dataset.scene = String(i + 1);
    document.body.dataset.duree = String(Math.round(performance.now() - debut));
    document.dispatchEvent(new CustomEvent("atlas:scene"));
  }

  function ecrire(s, p) {
    el("titre").textContent = s.titre || p.phrase;
    document.title = `${s.titre || p.phrase} – Atlas Ctg`;
    el("lecture").textContent = s.lecture;
    el("question").textContent = s.question;
    el("chiffres").replaceChildren(...p.chiffres.map((c) => h("div", {}, h("dt", {}, c.libelle), h("dd", {}, h("strong", {}, c.valeur), " ", c.precision && h("span", {}, c.precision)))));
    el("avis").replaceChildren(...[...p.avis, ...p.bandeau].map((a) => h("p", {}, a)));
    el("pied").textContent = `${P.seance.titre} · ${P.n + 1} / ${P.seance.scenes.length} · au ${p.jour}${p.credits.length ? ` · ${p.credits.join(", ")}` : ""}`;
    poser("projection-legende", { children: p.legende });
    requestAnimationFrame(() => requestAnimationFrame(serrer));
    history.replaceState(null, "", `?seance=${P.id}&scene=${P.n + 1}`);
  }

  /* Figures, question and legend are all seen at once: their type gives way, down to what is still read from afar. */
  function serrer() {
    const aside = document.querySelector(".projection aside");
    for (let k = 1; k >= 0.72; k -= 0.04) {
      aside.style.fontSize = `calc(var(--texte) * ${k})`;
      aside.classList.toggle("serre", k < 0.85);
      if (aside.scrollHeight <= aside.clientHeight + 1) break;
    }
  }

  function cadrer(p) {
    const { carte, maillages } = atlas.etat;
    if (!maillages.size) return;
    let bornes = p.emprise && p.emprise.length ? L.latLngBounds([[p.emprise[1], p.emprise[0]], [p.emprise[3], p.emprise[2]]]) : L.latLngBounds([]);
    const m = maillages.get("commune");
    if (!bornes.isValid() && p.communes.length) {
      p.communes.forEach((c) => { const b = m.rang.has(c) ? m.bornes(m.rang.get(c)) : null; if (b && b.isValid()) bornes.extend(b); });
      if (bornes.isValid()) bornes = bornes.pad(1.1);
    }
    if (!bornes.isValid()) bornes = atlas.etendue(maillages);
    atlas.etat.libre = true;
    if (bornes.isValid()) carte.fitBounds(bornes, { padding: [10, 10], animate: false });
  }

  const traitsDe = (s) => { try { return JSON.parse(s.traits || "[]"); } catch { return []; } };

  function garderTraits(traits) {
    const s = P.seance.scenes[P.n];
    s.traits = traits.length ? JSON.stringify(traits) : "";
    P.saisies = P.saisies || new Map();
    if (!P.saisies.has(s.id)) P.saisies.set(s.id, atlas.carnet.suivre(`scenes/${s.id}`, { traits: "" }, s.version, (x) => { if (x.etat === "conflit") x.choisir("traits", true); document.body.dataset.traits = x.etat; }));
    P.saisies.get(s.id).changer("traits", s.traits);
  }

  /* ---- What keys, clicker and fingers do ---- */

  function suivre(etat) {
    if (!P.calque) { P.attendu = etat; return; }
    noircir(Boolean(etat.noir), true);
    if (etat.retour && etat.retour !== P.retour) { P.retour = etat.retour; revenir(true); }
    if (etat.n !== P.n && P.seance.scenes[etat.n]) afficher(etat.n);
  }

  const annoncer = () => P.synchro.dire({ n: P.n, noir: P.noir, retour: P.retour });

  function aller(i) {
    const n = Math.min(Math.max(i, 0), P.seance.scenes.length - 1);
    noircir(false, true);
    if (n !== P.n) { P.n = n; afficher(n); }
    annoncer();
  }

  function noircir(noir, suivi) {
    P.noir = noir;
    el("noir").hidden = !noir;
    el("cadre").inert = noir;
    if (!suivi) annoncer();
  }

  function explorer(libre) {
    P.explore = libre;
    document.body.classList.toggle("explore", libre);
    if (P.carte && matchMedia("(pointer: coarse)").matches) P.carte.dragging[libre ? "enable" : "disable"]();
  }

  function revenir(suivi) {
    el("choix").close();
    P.calque.stylo(false);
    montrerStylo();
    P.calque.fugaces = [];
    eclairer("");
    cadrer(P.paquet);
    explorer(false);
    if (!suivi) noircir(false, true);
  }

  function eclairer(code) {
    P.eclaire = code;
    const codes = code ? communesDe(code) : [];
    P.calque.eclairer(codes);
    el("eclaire").textContent = code ? `Projecteur : ${nomDe(code)}` : "";
    bouton("projecteur", Boolean(code));
  }

  function communesDe(code) {
    if (code === "*") return P.paquet.communes;
    for (const m of atlas.etat.maillages.values()) if (m.rang.has(code)) return m.communes(m.rang.get(code)).map((c) => atlas.etat.maillages.get("commune").codes[c]);
    return [];
  }

  function nomDe(code) {
    for (const m of atlas.etat.maillages.values()) if (m.rang.has(code)) return m.noms[m.rang.get(code)];
    return "le territoire de la scène";
  }

  /* The spotlight by keys: the scene's territory, else a name to type. */
  function projecteur() {
    if (P.eclaire) return eclairer("");
    if (P.paquet.communes.length) return eclairer("*");
    const m = atlas.etat.courant, liste = el("noms");
    liste.replaceChildren(...m.noms.map((nom) => h("option", { value: nom })));
    el("nom").value = "";
    el("choix").showModal();
    el("nom").focus();
  }

  function choisirNom(e) {
    e.preventDefault();
    const m = atlas.etat.courant, dit = el("nom").value.trim().toLocaleLowerCase("fr");
    const i = m.noms.findIndex((nom) => nom.toLocaleLowerCase("fr") === dit);
    if (i < 0) { el("introuvable").textContent = "Aucun territoire de ce nom sur cette carte."; return; }
    el("introuvable").textContent = "";
    el("choix").close();
    eclairer(m.codes[i]);
  }

  function stylo(actif = !P.calque.actif) {
    P.calque.stylo(actif);
    P.calque.peindre();
    montrerStylo();
  }

  function montrerStylo() {
    bouton("stylo", P.calque.actif);
    bouton("garder", !P.calque.fugace);
    el("stylo-etat").textContent = P.calque.actif ? (P.calque.fugace ? "Stylo : les traits s'effacent seuls" : "Stylo : les traits sont gardés avec la scène") : "";
  }

  function garderOuNon() {
    P.calque.fugace = !P.calque.fugace;
    montrerStylo();
  }

  const bouton = (nom, presse) => { const b = document.querySelector(`[data-geste="${nom}"]`); if (b) b.setAttribute("aria-pressed", String(presse)); };

  function pleinEcran() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => dire("Ce navigateur refuse le plein écran ; F11 le donne."));
  }

  const aider = () => { const d = el("aide"); if (d.open) d.close(); else d.showModal(); };
  const zoomer = (pas) => { explorer(true); P.carte.setZoom(P.carte.getZoom() + pas); };

  const GESTES = {
    suivant: () => aller(P.n + 1), precedent: () => aller(P.n - 1), noir: () => noircir(!P.noir), retour: () => revenir(),
    projecteur, stylo: () => stylo(), garder: garderOuNon, effacer: () => P.calque.effacer(), plein: pleinEcran, aide: aider,
    agrandir: () => zoomer(0.5), reduire: () => zoomer(-0.5), premiere: () => aller(0), derniere: () => aller(P.seance.scenes.length - 1),
  };
  const TOUCHES = {
    ArrowRight: "suivant", ArrowDown: "suivant", PageDown: "suivant", " ": "suivant", ArrowLeft: "precedent", ArrowUp: "precedent", PageUp: "precedent", Backspace: "precedent",
    b: "noir", ".": "noir", r: "retour", Home: "retour", End: "derniere", t: "projecteur", d: "stylo", g: "garder", Delete: "effacer", x: "effacer", f: "plein", "?": "aide", "+": "agrandir", "=": "agrandir", "-": "reduire",
  };

  function ecouter() {
    let numero = "";
    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("input, dialog[open]")) {
        if (e.key === "?" && el("aide").open) { e.preventDefault(); aider(); }
        return;
      }
      if (/^\d$/.test(e.key)) { numero += e.key; return; }
      if (e.key === "Enter" && numero) { e.preventDefault(); aller(Number(numero) - 1); numero = ""; return; }
      numero = "";
      if (e.key === "Escape" && P.noir) return noircir(false);
      if ((e.key === " " || e.key === "Enter") && e.target.closest("button")) return;
      const geste = TOUCHES[e.key.length === 1 ? e.key.toLowerCase() : e.key];
      if (!geste || !P.calque) return;
      e.preventDefault();
      GESTES[geste]();
    });
    document.addEventListener("click", (e) => {
      const b = e.target.closest("[data-geste]");
      if (b && P.calque) GESTES[b.dataset.geste]();
    });
    el("noir").addEventListener("click", () => noircir(false));
    el("formulaire").addEventListener("submit", choisirNom);
    window.addEventListener("resize", () => { grossir(); serrer(); if (P.paquet && !P.explore) setTimeout(() => cadrer(P.paquet), 60); });
    let veille = null;
    document.addEventListener("pointermove", () => {
      document.body.classList.add("commandes");
      clearTimeout(veille);
      veille = setTimeout(() => document.body.classList.remove("commandes"), RETOUR_MS);
    });
  }

  /* A swipe turns the page; on a map being explored, it moves the map. */
  function toucher() {
    let depart = null;
    document.addEventListener("touchstart", (e) => { depart = e.touches.length === 1 && !P.calque.actif ? { x: e.touches[0].clientX, y: e.touches[0].clientY, t: Date.now() } : null; if (e.touches.length > 1) explorer(true); }, { passive: true });
    document.addEventListener("touchend", (e) => {
      if (!depart || (P.explore && e.target.closest("#carte")) || Date.now() - depart.t > GLISSER_MS) return;
      const dx = e.changedTouches[0].clientX - depart.x, dy = e.changedTouches[0].clientY - depart.y;
      if (Math.abs(dx) > GLISSER_PX && Math.abs(dx) > 1.6 * Math.abs(dy)) aller(P.n + (dx < 0 ? 1 : -1));
    }, { passive: true });
  }

  function avertir() {
    const indice = el("indice");
    indice.hidden = false;
    setTimeout(() => { indice.hidden = true; }, 6000);
  }
})(window.atlas = window.atlas || {});
