/* Drawings as they come from the server: asked for when the address is written or about to be, completed when somebody reads them. */
(function (atlas) {
  "use strict";
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  const ERREUR = "La carte de cette vue n’est pas arrivée. La vue précédente reste affichée ; recharger la page peut suffire.";
  const GARDES = 16;  // drawings kept for who goes back and forth
  const FRAIS = 10_000, APRES = 300;  // milliseconds: a drawing asked for in advance needs no second look; when to give another its own
  const scripts = new Promise((ok) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", ok) : ok()));
  const arrives = new Map();  // by address, the ones shown last at the end: {dessin, phrase, marque}
  let demandee = null, enRoute = null, devance = null, dit = null, racine = null;

  atlas.racine = function () {
    const config = racine === null && document.getElementById("_dash-config");
    if (config) racine = JSON.parse(config.textContent).requests_pathname_prefix || "/";
    return racine || "/";
  };

  /* A drawing on its way: {vue, arrive, abandon}. */
  function chercher(vue) {
    const abandon = new AbortController();
    const arrive = fetch(`${atlas.racine()}dessin${vue}`, { headers: { Accept: "application/json" }, signal: abandon.signal }).then(async (r) => {
      if (!r.ok) throw new Error(`dessin : ${r.status}`);
      return { ...(await r.json()), marque: r.headers.get("ETag"), quand: performance.now() };
    });
    return { vue, arrive, abandon };
  }

  function garder(vue, arrive) {
    if (atlas.sobre) return arrives.clear();
    arrives.delete(vue);
    arrives.set(vue, arrive);
    if (arrives.size > GARDES) arrives.delete(arrives.keys().next().value);
  }

  /* Ask for the drawing of an address before it is shown, with the files that it names: one at a time, the last wanted.
     `atlas.sobre` has nothing asked for in advance, nor kept. */
  atlas.devancer = function (vue) {
    if (atlas.sobre || arrives.has(vue) || [devance, enRoute].some((d) => d && d.vue === vue)) return;
    atlas.renoncer();
    const tente = (devance = chercher(vue));
    const fini = () => { if (devance === tente) devance = null; };
    tente.arrive.then(async (arrive) => {
      if (devance === tente) garder(vue, { ...arrive, neuf: true });
      fini();
      await scripts;
      atlas.lireFond(arrive.dessin.fond);
      arrive.dessin.couches.forEach((c) => c.marques.forEach((m) => m.fichier && atlas.charger(m.fichier)));
    }).catch(fini);
  };

  /* Nobody will look at what was asked for in advance. */
  atlas.renoncer = function () {
    if (devance) devance.abandon.abort();
    devance = null;
  };

  /* Show a view: at once where its drawing is kept; a later view makes it void. */
  atlas.demander = async function (vue) {
    if (!vue || vue === demandee) return;
    demandee = vue;
    try {
      const garde = arrives.get(vue);
      if (garde) await remontrer(vue, garde);
      else await montrer(vue, await recevoir(vue));
    } catch (e) {
      if (demandee !== vue) return;
      demandee = null;
      document.getElementById("carte").dataset.erreur = String(e);
      poser("avis-adresse", { children: ERREUR });
      console.error(e);
    }
  };

  async function recevoir(vue) {
    if (enRoute) enRoute.abandon.abort();
    const tente = devance && devance.vue === vue ? devance : chercher(vue);
    if (devance === tente) devance = null;
    else atlas.renoncer();
    enRoute = tente;
    const arrive = await tente.arrive;
    if (enRoute === tente) enRoute = null;
    garder(vue, arrive);
    return arrive;
  }

  /* What was shown before is shown again, and replaced where the server has another drawing by now. */
  async function remontrer(vue, garde) {
    const neuf = garde.neuf && performance.now() - garde.quand < FRAIS;
    garde.neuf = false;
    garder(vue, garde);
    await montrer(vue, garde);
    if (neuf) return;
    await new Promise((ok) => setTimeout(ok, APRES));
    if (demandee !== vue) return;
    const arrive = await recevoir(vue).catch(() => garde);
    if (arrive.marque === garde.marque) garder(vue, garde);
    else await montrer(vue, arrive);
  }

  async function montrer(vue, arrive) {
    if (demandee !== vue) return;
    dit = arrive;
    await atlas.peindre(arrive.dessin);
  }

  /* The sentence comes with the map, not before it. */
  document.addEventListener("atlas:peint", () => {
    if (!dit || dit.dessin !== atlas.etat.dessin) return;
    poser("phrase", { children: dit.phrase });
    dit = null;
  });

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

  atlas.devancer(location.search || "?");  // while the page is still being made
})(window.atlas = window.atlas || {});
