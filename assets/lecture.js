/* What is read beside the map: asked for once it is painted, set in the page by Dash as it comes. */
(function (atlas) {
  "use strict";
  const ERREUR = "La lecture de cette vue n’est pas arrivée : légende, chiffres et fiche restent ceux de la vue précédente.";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    async lire(vue) {
      const { no_update, callback_context, set_props } = window.dash_clientside;
      const parties = callback_context.outputs_list;
      try {
        const r = await fetch(`${atlas.racine()}lecture${vue}`, { headers: { Accept: "application/json" } });
        if (!r.ok) throw new Error(`lecture : ${r.status}`);
        return await r.json();
      } catch (e) {
        console.error(e);
        set_props("avis-adresse", { children: ERREUR });
        return parties.map(() => no_update);
      }
    },
  });
})(window.atlas = window.atlas || {});
