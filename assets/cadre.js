/* The map in a frame of the comparison page: nothing around it, and its movements told to the page that holds it. */
(function (atlas) {
  "use strict";
  if (window.parent === window || !/^atlas-cadre-\d$/.test(window.name)) return;
  document.documentElement.dataset.cadre = "";
  const dire = (message) => window.parent.postMessage({ atlas: true, ...message }, location.origin);
  const poser = (id, props) => window.dash_clientside.set_props(id, props);
  let muet = false, repere = null;

  /* The page that holds the frame keeps the history. */
  history.pushState = history.replaceState;

  const attente = setInterval(() => {
    const carte = atlas.etat && atlas.etat.carte;
    if (!carte || !document.querySelector("#carte[data-peint]")) return;
    clearInterval(attente);
    const redire = () => dire({ quoi: "emprise", centre: [carte.getCenter().lat, carte.getCenter().lng], zoom: carte.getZoom() });
    carte.on("move zoomend", () => { if (!muet) redire(); });
    carte.on("mousemove", (e) => dire({ quoi: "pointe", ou: [e.latlng.lat, e.latlng.lng] }));
    carte.on("mouseout", () => dire({ quoi: "pointe", ou: null }));
    atlas.choisir = (code) => dire({ quoi: "choix", code });
    window.addEventListener("message", (e) => {
      if (e.source !== window.parent || e.origin !== location.origin || !e.data.atlas) return;
      if (e.data.quoi === "vue") { history.replaceState(null, "", `/${e.data.adresse}`); poser("adresse", { data: e.data.adresse }); }
      if (e.data.quoi === "redire") redire();
      if (e.data.quoi === "pointe") pointer(carte, e.data.ou);
      if (e.data.quoi === "emprise") {
        muet = true;
        carte.setView(e.data.centre, e.data.zoom, { animate: false });
        muet = false;
      }
    });
    dire({ quoi: "pret", adresse: location.search });
  }, 50);

  /* Where the pointer of another map is, on this one. */
  function pointer(carte, ou) {
    if (repere) repere.remove();
    repere = ou && L.circleMarker(ou, { radius: 7, weight: 2.5, color: "#0b1620", fill: false, interactive: false, pane: "markerPane" }).addTo(carte);
  }
})(window.atlas = window.atlas || {});
