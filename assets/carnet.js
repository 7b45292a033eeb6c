/* What people write down, from the browser: asking the server, and texts that are kept whatever happens to the network. */
(function (atlas) {
  "use strict";
  atlas.carnet = {};
  const MAX_CHIFFRES = 3;
  const ATTENTE_MS = 600, REPRISE_MS = 3000, ABANDON_MS = 15000, DELAI_MS = 12000;
  const PREFIXE = "atlas-saisie:";
  const fenetre = sessionStorage.getItem("atlas-fenetre") || Math.random().toString(36).slice(2);
  sessionStorage.setItem("atlas-fenetre", fenetre);
  atlas.carnet.fenetre = fenetre;

  /* Build an element: `on…` properties listen, the others are attributes; null and false are left out. */
  atlas.carnet.h = function (nom, props, ...enfants) {
    const e = document.createElement(nom);
    for (const [cle, valeur] of Object.entries(props || {})) {
      if (valeur === null || valeur === undefined || valeur === false) continue;
      if (cle.startsWith("on")) e.addEventListener(cle.slice(2), valeur);
      else if (cle === "value") e.value = valeur;
      else e.setAttribute(cle, valeur === true ? "" : valeur);
    }
    e.append(...enfants.flat().filter((x) => x !== null && x !== undefined && x !== false));
    return e;
  };

  /* Ask the server; what is refused is an Error whose message is its French sentence, `reseau` where it was not reached. */
  atlas.carnet.demander = async function (methode, chemin, corps) {
    let reponse;
    try {
      reponse = await fetch(`/carnet/${chemin}`, {
        method: methode, signal: AbortSignal.timeout(DELAI_MS), keepalive: methode === "PATCH",
        headers: corps ? { "Content-Type": "application/json" } : {}, body: corps ? JSON.stringify(corps) : undefined,
      });
    } catch {
      throw Object.assign(new Error("Le serveur ne répond pas."), { reseau: true });
    }
    const dit = await reponse.json().catch(() => ({}));
    if (reponse.ok) return dit;
    throw Object.assign(new Error(dit.phrase || "Le serveur n'a pas pu répondre à cette demande."), { statut: reponse.status, ...dit });
  };

  const ETATS = {
    enregistre: "Enregistré", modifie: "Modifié", enregistrement: "Enregistrement…",
    horsligne: "Hors ligne : gardé sur ce poste, enregistré dès le retour du réseau",
    conflit: "À choisir : ce texte a aussi été modifié ailleurs", refus: "Non enregistré",
  };

  /* Texts of one séance, scene or decision. Each change is kept in the browser at once, on the server soon after; a
     change made elsewhere meanwhile is never overwritten: `conflits` then holds the other text until one is chosen. */
  atlas.carnet.Saisie = class {
    constructor(cible, textes, version, dire) {
      Object.assign(this, { cible, base: { ...textes }, version, dire, attendus: {}, conflits: {}, etat: "enregistre", phrase: "" });
      this.reprendre();
    }

    reprendre() {
      const garde = JSON.parse(localStorage.getItem(PREFIXE + this.cible) || "null");
      if (!garde || (garde.fenetre !== fenetre && Date.now() - garde.moment < ABANDON_MS)) return;
      Object.assign(this.base, garde.avant);
      this.attendus = garde.apres;
      this.version = garde.version;
      this.programmer(0);
    }

    lire(champ) { return champ in this.attendus ? this.attendus[champ] : this.base[champ]; }
    get enAttente() { return Object.keys(this.attendus).length > 0; }
    get libelle() { return this.phrase ? `${ETATS[this.etat]} : ${this.phrase}` : ETATS[this.etat]; }

    changer(champ, texte) {
      this.attendus[champ] = texte;
      this.garder();
      this.passer("modifie");
      this.programmer(ATTENTE_MS);
    }

    programmer(delai) {
      clearTimeout(this.attente);
      this.attente = setTimeout(() => this.enregistrer(), delai);
    }

    garder() {
      const cle = PREFIXE + this.cible;
      if (!this.enAttente) return localStorage.removeItem(cle);
      const avant = Object.fromEntries(Object.keys(this.attendus).map((c) => [c, this.base[c]]));
      localStorage.setItem(cle, JSON.stringify({ avant, apres: this.attendus, version: this.version, moment: Date.now(), fenetre }));
    }

    passer(etat, phrase = "") {
      Object.assign(this, { etat, phrase });
      this.dire(this);
    }

    async enregistrer() {
      clearTimeout(this.attente);
      if (this.encours || !this.enAttente || Object.keys(this.conflits).length) return;
      const envoi = { ...this.attendus };
      this.encours = true;
      this.passer("enregistrement");
      try {
        const avant = Object.fromEntries(Object.keys(envoi).map((c) => [c, this.base[c]]));
        const dit = await atlas.carnet.demander("PATCH", this.cible, { version: this.version, avant, apres: envoi });
        this.version = dit.version;
        Object.assign(this.base, dit.apres);
        for (const champ of Object.keys(envoi)) if (this.attendus[champ] === envoi[champ]) delete this.attendus[champ];
        this.encours = false;
        this.garder();
        this.passer(this.enAttente ? "modifie" : "enregistre");
        if (this.enAttente) this.programmer(0);
      } catch (e) {
        this.encours = false;
        this.garder();
        this.echouer(e);
      }
    }

    echouer(e) {
      if (e.statut === 409 && e.enregistres && Object.keys(e.enregistres).length) {
        this.conflits = e.enregistres;
        this.version = e.version;
        return this.passer("conflit");
      }
      if (e.statut === 409) { this.version = e.version; return this.programmer(200); }
      if (e.reseau) { this.passer("horsligne"); return this.programmer(REPRISE_MS); }
      this.passer("refus", e.message);
      if (e.statut >= 500) this.programmer(REPRISE_MS);
    }

    /* One's own text, or that of the other person; nothing is decided for anyone. */
    choisir(champ, mien) {
      this.base[champ] = this.conflits[champ];
      if (!mien) delete this.attendus[champ];
      delete this.conflits[champ];
      this.garder();
      this.passer(this.enAttente ? "modifie" : "enregistre");
      this.programmer(0);
    }

    /* Both texts, that of the other person first; what is too long for one field is told when it is saved. */
    reunir(champ) {
      this.attendus[champ] = `${this.conflits[champ]}\n${this.lire(champ)}`;
      this.choisir(champ, true);
    }

    /* What others saved since, where nothing is being written here. */
    rafraichir(textes, version) {
      if (this.enAttente || this.encours || version === this.version) return false;
      Object.assign(this.base, textes);
      this.version = version;
      return true;
    }
  };

  atlas.carnet.saisies = new Set();
  window.addEventListener("online", () => atlas.carnet.saisies.forEach((s) => s.enregistrer()));
  window.addEventListener("pagehide", () => atlas.carnet.saisies.forEach((s) => s.enregistrer()));
  setInterval(() => atlas.carnet.saisies.forEach((s) => s.enAttente && s.garder()), ABANDON_MS / 3);

  atlas.carnet.suivre = function (cible, textes, version, dire) {
    const s = new atlas.carnet.Saisie(cible, textes, version, dire);
    atlas.carnet.saisies.add(s);
    return s;
  };

  /* A labelled text bound to one text of a Saisie, with the choice between two texts where there are two. */
  atlas.carnet.champ = function (saisie, nom, libelle, options = {}) {
    const id = `champ-${nom}-${saisie.cible.replace("/", "-")}`;
    if (options.jour) return champJour(saisie, nom, libelle, id);
    const entree = atlas.carnet.h(options.lignes ? "textarea" : "input", {
      id, rows: options.lignes, type: options.lignes ? null : options.type || "text", maxlength: options.max, list: options.liste,
      value: saisie.lire(nom), autocomplete: "off", "aria-describedby": `${id}-choix`, placeholder: options.exemple,
      oninput: () => saisie.changer(nom, entree.value), onblur: () => saisie.enregistrer(),
    });
    const choix = atlas.carnet.h("div", { id: `${id}-choix`, class: "saisie-choix" });
    const bloc = atlas.carnet.h("div", { class: `saisie ${options.classe || ""}` }, atlas.carnet.h("label", { for: id }, libelle), entree, choix);
    bloc.montrer = () => {
      if (document.activeElement !== entree && entree.value !== saisie.lire(nom)) entree.value = saisie.lire(nom);
      choix.replaceChildren(...(nom in saisie.conflits ? deuxTextes(saisie, nom, entree) : []));
    };
    bloc.montrer();
    return bloc;
  };

  function champJour(saisie, nom, libelle, id) {
    const { entree, dit } = atlas.jour.champ(id, (iso) => saisie.changer(nom, iso), () => saisie.enregistrer());
    const choix = atlas.carnet.h("div", { id: `${id}-choix`, class: "saisie-choix" });
    const bloc = atlas.carnet.h("div", { class: "saisie" }, atlas.carnet.h("label", { for: id }, libelle), entree, dit, choix);
    const visible = { get value() { return entree.value; }, set value(iso) { entree.value = atlas.jour.ecrire(iso); }, focus: () => entree.focus() };
    bloc.montrer = () => {
      if (document.activeElement !== entree) entree.ecrire(saisie.lire(nom));
      choix.replaceChildren(...(nom in saisie.conflits ? deuxTextes(saisie, nom, visible, atlas.jour.ecrire) : []));
    };
    bloc.montrer();
    return bloc;
  }

  function deuxTextes(saisie, nom, entree, dire = (x) => x) {
    const garderTout = () => { saisie.reunir(nom); entree.value = saisie.lire(nom); entree.focus(); };
    const prendre = (mien) => () => { saisie.choisir(nom, mien); entree.value = saisie.lire(nom); entree.focus(); };
    return [
      atlas.carnet.h("p", { role: "alert" }, "Quelqu'un d'autre a modifié ce texte entre-temps. Rien n'est perdu : choisir celui à garder."),
      atlas.carnet.h("dl", {}, atlas.carnet.h("dt", {}, "Votre texte"), atlas.carnet.h("dd", {}, dire(saisie.lire(nom)) || "(vide)"),
        atlas.carnet.h("dt", {}, "Texte enregistré"), atlas.carnet.h("dd", {}, dire(saisie.conflits[nom]) || "(vide)")),
      atlas.carnet.h("button", { type: "button", class: "bouton-seance", onclick: prendre(true) }, "Garder mon texte"), " ",
      atlas.carnet.h("button", { type: "button", class: "bouton-seance", onclick: prendre(false) }, "Prendre le texte enregistré"), " ",
      entree.rows && saisie.lire(nom) && saisie.conflits[nom] && atlas.carnet.h("button", { type: "button", class: "bouton-seance", onclick: garderTout }, "Garder les deux, l'un après l'autre"),
    ].filter(Boolean);
  }

  /* Boxes of the key figures that a view has, three at most. */
  atlas.carnet.chiffres = function (connus, choisis, changer) {
    const boites = connus.map((c) => {
      const boite = atlas.carnet.h("input", { type: "checkbox", value: c.id, id: `chiffre-${c.id}` });
      boite.checked = choisis.includes(c.id);
      boite.addEventListener("change", () => { choisis = boite.checked ? [...choisis, c.id] : choisis.filter((x) => x !== c.id); borner(); changer(choisis); });
      return { boite, ligne: atlas.carnet.h("li", {}, boite, " ", atlas.carnet.h("label", { for: boite.id }, c.libelle, " ", atlas.carnet.h("strong", {}, c.valeur), c.precision && atlas.carnet.h("small", {}, ` ${c.precision}`))) };
    });
    const borner = () => boites.forEach(({ boite }) => { boite.disabled = choisis.length >= MAX_CHIFFRES && !boite.checked; });
    borner();
    return atlas.carnet.h("ul", {}, boites.map((b) => b.ligne));
  };

  const FONCTIONS = ["Direction", "Conseil d'administration", "Pôle action sociale", "Conseillers techniques territoriaux", "Chargés d'études", "Pôle accès aux droits", "Service communication"];

  /* Decisions over a scene: those taken, each editable, and the form of a new one. A function is asked, never a name. */
  atlas.carnet.decisions = function (scene, decisions, apres) {
    const liste = `fonctions-${scene.id}`;
    const blocs = decisions.map((d) => uneDecision(d, liste, apres));
    const id = (i) => `decision-${i}-${scene.id}`, nommer = (i, libelle) => atlas.carnet.h("label", { for: id(i) }, libelle);
    const texte = { libelle: nommer(0, "Décision"), entree: atlas.carnet.h("textarea", { id: id(0), rows: 2, autocomplete: "off" }) };
    const charge = { libelle: nommer(1, "En charge (une fonction, pas un nom)"), entree: atlas.carnet.h("input", { id: id(1), list: liste, autocomplete: "off" }) };
    const echeance = { libelle: nommer(2, "Échéance"), ...atlas.jour.champ(id(2), () => {}) };
    const cle = `atlas-decision:${scene.id}`, entrees = [texte, charge, echeance].map((x) => x.entree);
    const gardees = JSON.parse(localStorage.getItem(cle) || "[]");
    entrees.forEach((e, i) => { e.value = gardees[i] || ""; e.addEventListener("input", () => localStorage.setItem(cle, JSON.stringify(entrees.map((x) => x.value)))); });
    const message = atlas.carnet.h("p", { class: "saisie-etat", role: "status" });
    const formulaire = atlas.carnet.h("form", {
      class: "decision-nouvelle",
      onsubmit: async (e) => {
        e.preventDefault();
        const jour = echeance.entree.lire();
        if (jour === null) { message.textContent = `Échéance : ${atlas.jour.REFUS}`; return echeance.entree.focus(); }
        try {
          await atlas.carnet.demander("POST", `scenes/${scene.id}/decisions`, { texte: texte.entree.value, charge: charge.entree.value, echeance: jour });
          localStorage.removeItem(cle);
          apres();
        } catch (faute) {
          message.textContent = faute.reseau ? "Hors ligne : le texte est gardé sur ce poste, recommencer au retour du réseau." : faute.message;
        }
      },
    }, [texte, charge, echeance].map((x, i) => atlas.carnet.h("div", { class: `saisie ${i ? "" : "large"}` }, x.libelle, x.entree, x.dit)),
      atlas.carnet.h("button", { class: "bouton-seance", type: "submit" }, "Noter la décision"), message);
    return atlas.carnet.h("div", { class: "decisions" }, atlas.carnet.h("datalist", { id: liste }, FONCTIONS.map((f) => atlas.carnet.h("option", { value: f }))),
      blocs.length ? atlas.carnet.h("ul", {}, blocs) : atlas.carnet.h("p", { class: "discret" }, "Aucune décision notée pour cette scène."), formulaire);
  };

  function uneDecision(d, liste, apres) {
    const etat = atlas.carnet.h("span", { class: "saisie-etat", role: "status" });
    let champs = [];
    const s = atlas.carnet.suivre(`decisions/${d.id}`, { texte: d.texte, charge: d.charge, echeance: d.echeance }, d.version, (x) => {
      etat.textContent = x.libelle;
      champs.forEach((c) => c.montrer());
    });
    champs = [atlas.carnet.champ(s, "texte", "Décision", { lignes: 2, classe: "large" }), atlas.carnet.champ(s, "charge", "En charge (une fonction)", { liste }), atlas.carnet.champ(s, "echeance", "Échéance", { jour: true })];
    const retirer = atlas.carnet.h("button", {
      type: "button", class: "lien",
      onclick: async () => { await s.enregistrer(); await atlas.carnet.demander("POST", `decisions/${d.id}/retrait`, { retiree: true }); apres(); },
    }, "Retirer cette décision");
    return atlas.carnet.h("li", { class: "decision" }, champs, atlas.carnet.h("p", {}, retirer, " ", etat));
  }
})(window.atlas = window.atlas || {});
