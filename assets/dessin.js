/* Drawings as they come from the server: asked for when the address is written, completed when somebody reads them. */
(function (atlas) {
  "use strict";
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const ERREUR = "La carte de cette vue n’est pas arrivée. La vue précédente reste affichée ; recharger la page peut suffire.";
  const scripts = new Promise((ok) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", ok) : ok()));
  let demandee = null, devancee = null;

  atlas.racine = function () {
    const config = document.getElementById("_dash-config");
    return (config && JSON.parse(config.textContent).requests_pathname_prefix) || "/";
  };

  function chercher(vue) {
    return fetch(`${atlas.racine()}dessin${vue}`, { headers: { Accept: "application/json" } }).then((r) => {
      if (!r.ok) throw new Error(`dessin : ${r.status}`);
      return r.json();
    });
  }

  /* Ask for the drawing of the address, and for all that it needs, while the page is still being made. */
  function devancer() {
    const vue = location.search || "?";
    devancee = { vue, reponse: chercher(vue) };
    Promise.all([devancee.reponse, scripts]).then(([{ dessin }]) => {
      atlas.lireFond(dessin.fond);
      dessin.couches.forEach((c) => c.marques.forEach((m) => m.fichier && atlas.charger(m.fichier)));
    }).catch(() => {});
  }

  /* Show a view: one request, one painting; a later view makes it void. */
  atlas.demander = async function (vue) {
    if (!vue || vue === demandee) return;
    demandee = vue;
    try {
      const reponse = devancee && devancee.vue === vue ? devancee.reponse : chercher(vue);
      devancee = null;
      const { dessin, phrase } = await reponse;
      if (demandee !== vue) return;
      await atlas.peindre(dessin);
      poser("phrase", { children: phrase });
    } catch (e) {
      if (demandee !== vue) return;
      demandee = null;
      document.getElementById("carte").dataset.erreur = String(e);
      poser("avis-adresse", { children: ERREUR });
      console.error(e);
    }
  };

  /* Where territories are many, a drawing comes without their words: give it places for them. */
  atlas.completer = function (dessin, maillages) {
    for (const m of dessin.couches.flatMap((c) => c.marques)) {
      const n = m.maille && maillages.has(m.maille) ? maillages.get(m.maille).codes.length : 0;
      if (m.type === "aplat" && !m.details) {
        dessin.muet = true;
        m.details = { textes: [""], rangs: new Array(n).fill(0) };
        m.valeurs = m.chiffre ? new Array(n).fill(null) : [];
      } else if (m.type === "symboles" && m.rayons && !m.codes) {
        dessin.muet = true;
        m.codes = maillages.get(m.maille).codes;
        m.details = { textes: [""], rangs: new Array(n).fill(0) };
        m.valeurs = new Array(n).fill(null);
      }
    }
    dessin.dits = dessin.dits || new Map();
  };

  function retenir(dessin, couches) {
    couches.forEach((marques, k) => marques.forEach((dits, j) => {
      if (!dits.rangs) return;
      const m = dessin.couches[k].marques[j], base = m.details.textes.length;
      m.details.textes.push(...dits.details.textes);
      dits.rangs.forEach((r, i) => {
        m.details.rangs[r] = base + dits.details.rangs[i];
        if (dits.valeurs.length) m.valeurs[r] = dits.valeurs[i];
      });
    }));
  }

  /* Bring the words of a territory, with those of its département; of all of them without a rank. True if they came. */
  atlas.detailler = async function (dessin, m, rang) {
    if (!dessin.muet || dessin.dits.has("")) return false;
    let bloc = "";
    if (rang !== undefined) {
      const departement = atlas.etat.maillages.get("departement");
      if (m.maille !== "commune") return false;
      bloc = departement.codes[departement.membres[rang]];
    }
    if (!dessin.dits.has(bloc)) {
      const attente = fetch(`${atlas.racine()}mentions/${bloc}${dessin.vue}`).then((r) => r.json()).then((c) => retenir(dessin, c));
      attente.catch(() => dessin.dits.delete(bloc));
      dessin.dits.set(bloc, attente);
    }
    await dessin.dits.get(bloc);
    return true;
  };

  /* The twin table of many territories brings their words when somebody comes to it. */
  function completerTableau(e) {
    const { dessin, courant } = atlas.etat || {};
    if (!dessin || !dessin.muet || dessin.dits.has("") || !e.target.closest || !e.target.closest("#tableau")) return;
    atlas.detailler(dessin).then(() => dessin === atlas.etat.dessin && atlas.remplirTableaux(dessin, courant));
  }
  document.addEventListener("focusin", completerTableau);
  document.addEventListener("pointerover", completerTableau);

  devancer();

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    demander(vue) { atlas.demander(vue); },
  });
})(window.atlas = window.atlas || {});
