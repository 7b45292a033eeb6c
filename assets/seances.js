/* The list of séances and the editor of one of them. */
(function (atlas) {
  "use strict";
  const h = atlas.carnet.h;
  const RAFRAICHIR_MS = 15000;
  let racine = null, etat = null;

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, { seances() { demarrer(); } });

  function demarrer() {
    racine = document.getElementById("seances");
    window.addEventListener("popstate", ouvrir);
    window.addEventListener("focus", rafraichir);
    setInterval(rafraichir, RAFRAICHIR_MS);
    ouvrir();
  }

  const parametre = (nom) => new URLSearchParams(location.search).get(nom);

  async function ouvrir() {
    const id = parametre("seance");
    atlas.carnet.saisies.forEach((s) => s.enregistrer());
    atlas.carnet.saisies.clear();
    etat = null;
    try {
      if (id) editer(await atlas.carnet.demander("GET", `seances/${encodeURIComponent(id)}`));
      else lister(await atlas.carnet.demander("GET", "seances"));
    } catch (e) {
      racine.replaceChildren(h("h1", {}, "Séances"), h("p", { role: "alert", class: "alerte" }, e.message),
        h("p", {}, h("button", { class: "bouton-seance", onclick: ouvrir }, "Recommencer"), " ", id && h("a", { href: "/seances/" }, "Toutes les séances")));
    }
    racine.dataset.pret = id || "liste";
  }

  function aller(id) {
    history.pushState(null, "", id ? `/seances/?seance=${id}` : "/seances/");
    ouvrir();
  }

  function dire(phrase) {
    const zone = document.getElementById("seances-message");
    if (zone) zone.textContent = phrase;
  }

  const faire = (action) => async (...quoi) => {
    try { await action(...quoi); } catch (e) { dire(e.message); }
  };

  /* ---- The list ---- */

  const pluriel = (n, un, plusieurs) => `${n} ${n < 2 ? un : plusieurs}`;

  function lister({ seances, modeles }) {
    const vives = seances.filter((s) => !s.archivee), archivees = seances.filter((s) => s.archivee);
    racine.replaceChildren(
      h("h1", {}, "Séances"),
      h("p", { class: "discret" }, "Une séance est une suite de scènes : une carte, une phrase, une question au conseil. Elle se prépare ici, se projette, et garde les décisions prises."),
      h("p", { id: "seances-message", role: "status", class: "saisie-etat" }),
      h("section", { "aria-label": "Séances en cours" }, h("h2", {}, "En cours"),
        vives.length ? h("ul", { class: "seances-liste" }, vives.map(ligne)) : h("p", {}, "Aucune séance pour l'instant : partir d'un modèle, ou d'une séance vide.")),
      h("section", { "aria-label": "Nouvelle séance" }, h("h2", {}, "Nouvelle séance"), h("div", { class: "modeles" }, modeles.map(modele), vide())),
      ...(archivees.length ? [h("details", { class: "archives" }, h("summary", {}, `Séances archivées (${archivees.length})`), h("ul", { class: "seances-liste" }, archivees.map(ligne)))] : []),
    );
  }

  function ligne(s) {
    const faits = [s.instance, s.jour_dit && `le ${s.jour_dit}`, pluriel(s.scenes, "scène", "scènes"), s.decisions && pluriel(s.decisions, "décision", "décisions")].filter(Boolean).join(" · ");
    const lien = (chemin, texte) => h("a", { href: `/${chemin}/?seance=${s.id}`, class: "bouton-seance", target: chemin === "projection" ? "_blank" : null }, texte, h("span", { class: "lu" }, ` : ${s.titre}`));
    const bouton = (texte, action) => h("button", { class: "lien", onclick: faire(action) }, texte, h("span", { class: "lu" }, ` : ${s.titre}`));
    return h("li", { "data-seance": s.id },
      h("div", {}, h("h3", {}, h("a", { href: `/seances/?seance=${s.id}`, onclick: (e) => { e.preventDefault(); aller(s.id); } }, s.titre)), h("p", { class: "discret" }, faits)),
      h("div", { class: "actions" }, !s.archivee && [lien("projection", "Projeter"), lien("pupitre", "Pupitre")],
        bouton("Dupliquer", async () => aller((await atlas.carnet.demander("POST", "seances", { copie: s.id })).id)),
        bouton(s.archivee ? "Restaurer" : "Archiver", async () => { await atlas.carnet.demander("POST", `seances/${s.id}/archive`, { archivee: !s.archivee }); await ouvrir(); dire(s.archivee ? "Séance restaurée." : "Séance archivée."); })));
  }

  function modele(m) {
    const choix = m.accord && !m.manque.length ? h("select", { id: `accord-${m.id}` }, m.accords.map((a) => h("option", { value: a.id }, a.nom))) : null;
    const creer = faire(async () => aller((await atlas.carnet.demander("POST", "seances", { modele: m.id, accord: choix ? choix.value : "", titre: choix ? `${m.libelle} : ${choix.selectedOptions[0].text}` : m.libelle })).id));
    return h("div", { class: "modele" }, h("h3", {}, m.libelle), h("p", { class: "discret" }, m.description),
      choix && h("div", { class: "saisie" }, h("label", { for: choix.id }, "Convention"), choix),
      m.manque.length ? h("p", { class: "discret" }, `Il manque à ce jeu de données : ${m.manque.join(", ")}.`)
        : h("button", { class: "bouton-seance", onclick: creer, disabled: m.accord && !m.accords.length }, "Partir de ce modèle", h("span", { class: "lu" }, ` : ${m.libelle}`)));
  }

  function vide() {
    const titre = h("input", { id: "nouveau-titre", autocomplete: "off", maxlength: 200, required: true });
    const creer = faire(async (e) => { e.preventDefault(); aller((await atlas.carnet.demander("POST", "seances", { titre: titre.value })).id); });
    return h("form", { class: "modele", onsubmit: creer }, h("h3", {}, "Séance vide"), h("p", { class: "discret" }, "Les scènes s'y ajoutent depuis la carte, avec « Ajouter à une séance »."),
      h("div", { class: "saisie" }, h("label", { for: titre.id }, "Titre"), titre), h("button", { class: "bouton-seance", type: "submit" }, "Créer la séance"));
  }

  /* ---- The editor ---- */

  function editer(seance) {
    const id = etat && etat.seance.id === seance.id ? etat.courante : parametre("scene");
    const tete = h("span", { class: "saisie-etat", role: "status" });
    etat = { seance, courante: seance.scenes.some((s) => s.id === id) ? id : (seance.scenes[0] || {}).id, saisies: new Map() };
    const montrer = (s) => { tete.textContent = s.libelle; champs.forEach((c) => c.montrer()); };
    let champs = [];
    etat.tete = atlas.carnet.suivre(`seances/${seance.id}`, { titre: seance.titre, instance: seance.instance, jour: seance.jour }, seance.version, montrer);
    champs = [atlas.carnet.champ(etat.tete, "titre", "Titre de la séance", { max: 200, classe: "large" }), atlas.carnet.champ(etat.tete, "instance", "Instance", { exemple: "Conseil d'administration", max: 200 }), atlas.carnet.champ(etat.tete, "jour", "Jour", { jour: true })];
    racine.replaceChildren(
      h("p", {}, h("a", { href: "/seances/", onclick: (e) => { e.preventDefault(); aller(""); } }, "Toutes les séances")),
      h("h1", { class: "lu" }, `Séance : ${seance.titre}`),
      h("div", { class: "seance-tete" }, champs, h("div", { class: "actions" },
        h("a", { class: "bouton-seance", href: `/projection/?seance=${seance.id}`, target: "_blank" }, "Projeter"),
        h("a", { class: "bouton-seance", href: `/pupitre/?seance=${seance.id}` }, "Pupitre"), tete)),
      atlas.emporter(seance, dire),
      h("p", { id: "seances-message", role: "status", class: "saisie-etat" }),
      h("div", { class: "atelier" },
        h("nav", { "aria-label": "Scènes de la séance" }, h("ol", { id: "scenes", class: "scenes" }), h("p", {}, h("a", { href: "/" }, "Ajouter une scène depuis la carte")), h("div", { id: "retirees" })),
        h("section", { id: "scene", "aria-label": "Scène choisie" })));
    listerScenes();
    montrerScene();
  }

  async function recharger(choisir) {
    etat.seance = await atlas.carnet.demander("GET", `seances/${etat.seance.id}`);
    if (choisir) etat.courante = choisir;
    if (!etat.seance.scenes.some((s) => s.id === etat.courante)) etat.courante = (etat.seance.scenes[0] || {}).id;
    listerScenes();
  }

  function listerScenes() {
    const scenes = etat.seance.scenes;
    document.getElementById("scenes").replaceChildren(...scenes.map(vignette));
    const retirees = etat.seance.retirees;
    document.getElementById("retirees").replaceChildren(...(retirees.length ? [h("details", {}, h("summary", {}, `Scènes retirées (${retirees.length})`), h("ul", {}, retirees.map((s) => h("li", {}, `${s.titre || "Sans titre"} `,
      h("button", { class: "lien", onclick: faire(async () => { await atlas.carnet.demander("POST", `scenes/${s.id}/retrait`, { retiree: false }); await recharger(s.id); montrerScene(); dire("Scène remise à la fin."); }) }, "Remettre")))))] : []));
  }

  const titreDe = (s) => { const saisie = etat.saisies.get(s.id); return (saisie ? saisie.lire("titre") : s.titre) || "Sans titre"; };

  function vignette(s, i) {
    const ici = s.id === etat.courante, n = etat.seance.scenes.length;
    const monter = (sens) => faire(() => deplacer(s.id, i + sens));
    const bouton = (texte, signe, sens, possible) => h("button", { class: "icone-bouton", disabled: !possible, "aria-label": `${texte} la scène ${i + 1}`, title: texte, onclick: monter(sens) }, signe);
    const ligne = h("li", { "data-scene": s.id, draggable: "true", class: ici ? "ici" : "" },
      h("button", { class: "scene-choix", "aria-current": ici ? "true" : null, "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown", onclick: () => choisir(s.id) },
        h("img", { src: `/carnet/vignette${s.adresse || "?"}`, alt: "", width: 96, height: 60, loading: "lazy" }), h("span", {}, `${i + 1}. ${titreDe(s)}`)),
      h("span", { class: "scene-ordre" }, bouton("Monter", "↑", -1, i > 0), bouton("Descendre", "↓", 1, i < n - 1)));
    ligne.addEventListener("keydown", (e) => {
      const sens = e.altKey ? { ArrowUp: -1, ArrowDown: 1 }[e.key] : 0;
      if (sens && i + sens >= 0 && i + sens < n) { e.preventDefault(); monter(sens)(); }
    });
    ligne.addEventListener("dragstart", (e) => { e.dataTransfer.setData("text/plain", s.id); e.dataTransfer.effectAllowed = "move"; ligne.classList.add("portee"); });
    ligne.addEventListener("dragend", () => ligne.classList.remove("portee"));
    ligne.addEventListener("dragover", (e) => { e.preventDefault(); ligne.classList.add("cible"); });
    ligne.addEventListener("dragleave", () => ligne.classList.remove("cible"));
    ligne.addEventListener("drop", (e) => { e.preventDefault(); const porte = e.dataTransfer.getData("text/plain"); if (porte && porte !== s.id) faire(() => deplacer(porte, i))(); });
    return ligne;
  }

  async function deplacer(id, place) {
    const autres = etat.seance.scenes.map((s) => s.id).filter((x) => x !== id);
    await atlas.carnet.demander("POST", `scenes/${id}/place`, { avant: autres[place] || "" });
    await recharger();
    document.querySelector(`[data-scene="${id}"] .scene-choix`).focus();
    dire(`Scène déplacée à la place ${place + 1} sur ${autres.length + 1}.`);
  }

  function choisir(id) {
    etat.courante = id;
    listerScenes();
    montrerScene();
    document.querySelector(`[data-scene="${id}"] .scene-choix`).focus();
  }

  const TEXTES = ["adresse", "titre", "lecture", "question", "chiffres", "notes"];

  function montrerScene() {
    const zone = document.getElementById("scene"), s = etat.seance.scenes.find((x) => x.id === etat.courante);
    if (!s) return zone.replaceChildren(h("p", {}, "Cette séance n'a pas encore de scène : en ajouter depuis la carte, avec « Ajouter à une séance »."));
    const statut = h("span", { class: "saisie-etat", role: "status", id: "scene-etat" });
    let champs = [];
    const dits = (x) => {
      if (etat && etat.courante === s.id) statut.textContent = x.libelle;
      champs.forEach((c) => c.montrer());
      const nom = document.querySelector(`[data-scene="${s.id}"] .scene-choix span`);
      if (nom) nom.textContent = nom.textContent.replace(/\. .*/s, `. ${titreDe(s)}`);
    };
    let saisie = etat.saisies.get(s.id);
    if (saisie) saisie.dire = dits;
    else etat.saisies.set(s.id, (saisie = atlas.carnet.suivre(`scenes/${s.id}`, Object.fromEntries(TEXTES.map((t) => [t, s[t]])), s.version, dits)));
    const chiffres = h("fieldset", { class: "chiffres-choix" }, h("legend", {}, "Chiffres montrés (3 au plus)"), h("p", { class: "discret" }, "Chargement…"));
    champs = [
      atlas.carnet.champ(saisie, "titre", "Titre", { classe: "large" }),
      atlas.carnet.champ(saisie, "lecture", "Ce que montre la carte, en une phrase", { lignes: 2, max: 600, classe: "large" }),
      atlas.carnet.champ(saisie, "question", "Question au conseil", { lignes: 2, max: 400, classe: "large" }),
      atlas.carnet.champ(saisie, "notes", "Notes de la personne qui présente (jamais projetées)", { lignes: 6, max: 20000, classe: "large" }),
      atlas.carnet.champ(saisie, "adresse", "Adresse de la vue", { classe: "large" }),
    ];
    const retirer = faire(async () => { await saisie.enregistrer(); await atlas.carnet.demander("POST", `scenes/${s.id}/retrait`, { retiree: true }); await recharger(); montrerScene(); dire("Scène retirée ; elle peut être remise."); });
    const copier = faire(async () => { await saisie.enregistrer(); const { id } = await atlas.carnet.demander("POST", `scenes/${s.id}/copie`, {}); await recharger(id); montrerScene(); });
    zone.replaceChildren(
      h("div", { class: "scene-tete" }, h("h2", {}, "Scène"), statut),
      h("div", { class: "scene-corps" },
        h("figure", {}, h("img", { src: `/carnet/vignette${saisie.lire("adresse") || "?"}`, alt: `Aperçu de la carte : ${titreDe(s)}`, width: 320, height: 200 }),
          h("figcaption", {}, h("a", { href: `/${saisie.lire("adresse")}` }, "Ouvrir sur la carte"))),
        h("div", { class: "scene-champs" }, champs.slice(0, 3), chiffres)),
      ...champs.slice(3),
      h("p", { class: "actions" }, h("button", { class: "bouton-seance", onclick: copier }, "Dupliquer la scène"), h("button", { class: "lien", onclick: retirer }, "Retirer de la séance")),
      h("section", { "aria-label": "Décisions" }, h("h3", {}, "Décisions"), atlas.carnet.decisions(s, etat.seance.decisions.filter((d) => d.scene === s.id), async () => { await recharger(); montrerScene(); })));
    dits(saisie);
    proposerChiffres(chiffres, saisie);
  }

  async function proposerChiffres(zone, saisie) {
    const legende = zone.firstElementChild;
    try {
      const { connus, avis } = await atlas.carnet.demander("GET", `proposition?vue=${encodeURIComponent(saisie.lire("adresse"))}`);
      zone.replaceChildren(legende, ...avis.map((a) => h("p", { class: "alerte" }, a)), atlas.carnet.chiffres(connus, saisie.lire("chiffres").split(",").filter(Boolean), (ids) => saisie.changer("chiffres", ids.join(","))));
    } catch (e) {
      zone.replaceChildren(legende, h("p", { class: "discret" }, e.message));
    }
  }

  async function rafraichir() {
    if (!etat || document.hidden) return;
    const { seance } = etat;
    const neuve = await atlas.carnet.demander("GET", `seances/${seance.id}`).catch(() => null);
    if (!neuve || !etat || etat.seance.id !== neuve.id) return;
    const change = JSON.stringify(neuve.scenes.map((s) => [s.id, s.titre, s.adresse])) !== JSON.stringify(etat.seance.scenes.map((s) => [s.id, s.titre, s.adresse]));
    etat.seance = neuve;
    if (etat.tete.rafraichir({ titre: neuve.titre, instance: neuve.instance, jour: neuve.jour }, neuve.version)) etat.tete.dire(etat.tete);
    for (const s of neuve.scenes) {
      const saisie = etat.saisies.get(s.id);
      if (saisie && saisie.rafraichir(Object.fromEntries(TEXTES.map((t) => [t, s[t]])), s.version)) saisie.dire(saisie);
    }
    if (change && !document.activeElement.closest("#scenes")) listerScenes();
  }
})(window.atlas = window.atlas || {});
