/* The address, as the browser writes it: a control's value goes into its parameter, nothing is judged here. */
(function (atlas) {
  "use strict";
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const MOIS = "filtre-mois", JOUR = "filtre-date", CHOIX = "selection", COUCHES = "filtre-couches-choix", OUTILS = "exploration", BORNES = "filtre-bornes";
  const CAF = "filtre-caf", D_UNE_CAF = ["territoire", "communes", "nom", "emprise"];  // what means nothing to another Caf
  const PARAMETRES = {
    "filtre-caf": "caf", "filtre-maille": "maille", "filtre-echelon": "echelon", "filtre-champ-choix": "champ", [COUCHES]: "couches",
    "filtre-definitions": "definitions", [JOUR]: "date", [CHOIX]: "territoire",
    "indicateur-choisi": "indicateur", "indicateur2-choisi": "indicateur2", "filtre-classes": "classes", "filtre-nb": "nb",
  };

  const PATIENCE = 150;  // milliseconds that Dash waits for the map, at most
  let defauts = null, dite = null, attente = null;  // the address that Dash knows; {adresse, valeurs} that it is still to be told

  window.addEventListener("popstate", () => {
    informer(attente);
    poser("adresse", { data: location.search });
  });

  /* The same day of another month, its last one where that month is shorter. */
  function memeJour(jour, mois) {
    const an = Math.floor(mois / 12), rang = mois % 12;
    const dernier = new Date(Date.UTC(an, rang + 1, 0)).getUTCDate();
    const quantieme = Math.min(Number(jour.slice(8, 10)), dernier);
    return `${an}-${String(rang + 1).padStart(2, "0")}-${String(quantieme).padStart(2, "0")}`;
  }

  /* Layers keep their drawing order; new ones come on top, in the order of the menu. */
  function ordonner(avant, voulues) {
    const menu = [...document.querySelectorAll("#filtre-couches input[type=checkbox]")].map((c) => c.value);
    const gardees = avant.filter((c) => voulues.includes(c));
    return [...gardees, ...menu.filter((c) => voulues.includes(c) && !gardees.includes(c))];
  }

  /* Bounds typed as « 10 ; 12,5 » go as 10,12.5; they choose the manual method, none of them gives it up.
     A box that says what the view says was set by the server's reading, not typed: nothing to choose. */
  function borner(vaut, texte) {
    const serre = texte.replace(/\s/g, ""), dites = serre.includes(";") ? serre.replaceAll(",", ".").replaceAll(";", ",") : serre;
    if (dites === vaut.bornes) return;
    vaut.bornes = dites;
    if (vaut.bornes) vaut.classes = "manuel";
    else if (vaut.classes === "manuel") vaut.classes = "auto";
  }

  function ecrire(vue, defauts, props) {
    const lu = new URLSearchParams(vue);
    const vaut = Object.fromEntries(Object.keys(defauts).map((nom) => [nom, lu.get(nom) ?? defauts[nom]]));
    for (const [id, valeur] of props) {
      if (id === MOIS) vaut.date = memeJour(vaut.date, valeur);
      else if (id === JOUR) vaut.date = valeur || vaut.date;
      else if (id === COUCHES) vaut.couches = ordonner(vaut.couches.split(","), valeur || []).join(",");
      else if (id === BORNES) borner(vaut, valeur || "");
      else if (id === OUTILS) Object.keys(defauts).forEach((nom) => { if (nom in (valeur || {})) vaut[nom] = valeur[nom]; });
      else if (id === CAF) Object.assign(vaut, { caf: valeur || "" }, Object.fromEntries(D_UNE_CAF.map((nom) => [nom, defauts[nom]])));
      else vaut[PARAMETRES[id]] = Array.isArray(valeur) ? valeur.join(",") : valeur || "";
    }
    if (atlas.visible !== undefined && !props.some(([id]) => id === CAF)) vaut.emprise = atlas.visible;  // it follows the map between two drawings
    const dits = Object.keys(defauts).filter((nom) => vaut[nom] !== defauts[nom]);
    return ["?" + dits.map((nom) => `${nom}=${encodeURIComponent(vaut[nom]).replaceAll("%2C", ",")}`).join("&"), vaut.date];
  }

  const enVigueur = () => (attente ? attente.adresse : dite);

  /* The address that controls would give with these values [[id, value], …]; null while none is in force. */
  atlas.adresseDe = (props) => (defauts && dite ? ecrire(enVigueur(), defauts, props)[0] : null);

  /* Write the address that controls give with these values and show it; Dash is told once the map is painted, for its
     work would delay it. False where no address is in force yet. */
  atlas.mener = function (props) {
    if (!defauts || !dite) return false;
    suivre(props, props);
    return true;
  };

  /* `neuves` are the values that Dash does not know yet. */
  function suivre(props, neuves) {
    const [adresse, jour] = ecrire(enVigueur(), defauts, props);
    if (adresse === enVigueur() && !neuves.length) return;
    if (props.some(([id]) => id === BORNES)) {  // what is typed is judged
      inscrire(adresse);
      return poser("adresse", { data: adresse });
    }
    const ici = (attente = { adresse, valeurs: new Map([...(attente ? attente.valeurs : []), ...neuves, ...reflets(props, adresse, jour)]) });
    atlas.demander(adresse);
    inscrire(adresse);
    if (document.getElementById("avis-adresse")?.childNodes.length) poser("avis-adresse", { children: [] });
    setTimeout(() => informer(ici), PATIENCE);
  }

  function inscrire(adresse) {
    const lieu = location.pathname + (adresse === "?" ? "" : adresse);
    if (lieu !== location.pathname + location.search) history[atlas.lecture ? "replaceState" : "pushState"](null, "", lieu);
  }

  /* What other controls show of these values. */
  function reflets(props, adresse, jour) {
    const an = Number(jour.slice(0, 4)), mois = an * 12 + Number(jour.slice(5, 7)) - 1;
    return props.flatMap(([id, valeur]) => {
      if (id === OUTILS && valeur && valeur.maille) return [["filtre-maille", new URLSearchParams(adresse).get("maille") || defauts.maille]];
      return id === MOIS ? [[JOUR, jour]] : id === JOUR ? [[MOIS, mois]] : [];
    });
  }

  /* Tell Dash what it was kept from, if nothing later waits. */
  function informer(quoi) {
    if (!quoi || quoi !== attente) return;
    attente = null;
    dite = quoi.adresse;
    poser("vue", { data: quoi.adresse });  // before the controls: what they wake compares itself with it
    quoi.valeurs.forEach((value, id) => poser(id, { value }));
  }
  document.addEventListener("atlas:peint", () => attente && atlas.etat.dessin.vue === attente.adresse && informer(attente));

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    ouvrir(lus) {
      defauts = lus;
      return location.search;
    },
    demander(vue) {
      if (!attente) dite = vue;
      atlas.demander(vue);
    },
    ecrire(...valeurs) {
      const [vue] = valeurs.slice(-2);
      if (vue === undefined || vue === null) return;
      if (!attente) dite = vue;
      const props = window.dash_clientside.callback_context.triggered.map((t) => [t.prop_id.split(".")[0], t.value]);
      const neuves = props.filter(([id]) => !attente || !attente.valeurs.has(id));  // it is about to be told something later
      if (neuves.length) suivre(neuves, []);
    },
  });
})(window.atlas);
