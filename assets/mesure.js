/* Distances as the crow flies, on the ellipsoid of GPS (WGS 84): points clicked, or two territories named. */
(function (atlas) {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const VOLET = "volet-mesurer";
  let voile = null, points = [], trace = null, finie = false;

  /* Vincenty's inverse formula; the sphere where it does not converge, which is on the other side of the Earth. */
  atlas.distance = function (de, a) {
    const grand = 6378137, plat = 1 / 298.257223563, petit = grand * (1 - plat), rad = Math.PI / 180;
    const u1 = Math.atan((1 - plat) * Math.tan(de.lat * rad)), u2 = Math.atan((1 - plat) * Math.tan(a.lat * rad));
    const ecart = (a.lng - de.lng) * rad, [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let l = ecart;
    for (let i = 0; i < 100; i++) {
      const sl = Math.sin(l), cl = Math.cos(l);
      const ss = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
      if (ss === 0) return 0;
      const cs = s1 * s2 + c1 * c2 * cl, sigma = Math.atan2(ss, cs), sa = (c1 * c2 * sl) / ss, ca2 = 1 - sa * sa;
      const c2m = ca2 ? cs - (2 * s1 * s2) / ca2 : 0, c = (plat / 16) * ca2 * (4 + plat * (4 - 3 * ca2));
      const avant = l;
      l = ecart + (1 - c) * plat * sa * (sigma + c * ss * (c2m + c * cs * (2 * c2m * c2m - 1)));
      if (Math.abs(l - avant) > 1e-12) continue;
      const k = (ca2 * (grand * grand - petit * petit)) / (petit * petit);
      const ka = 1 + (k / 16384) * (4096 + k * (-768 + k * (320 - 175 * k))), kb = (k / 1024) * (256 + k * (-128 + k * (74 - 47 * k)));
      const d = kb * ss * (c2m + (kb / 4) * (cs * (2 * c2m * c2m - 1) - (kb / 6) * c2m * (4 * ss * ss - 3) * (4 * c2m * c2m - 3)));
      return petit * ka * (sigma - d);
    }
    return L.CRS.Earth.distance(de, a);
  };

  function dire(metres) {
    const km = metres / 1000, n = (v, d) => new Intl.NumberFormat("fr-FR", { minimumFractionDigits: d, maximumFractionDigits: d }).format(v);
    return km < 1 ? `${n(metres, 0)}\u00a0m` : `${n(km, km < 100 ? 1 : 0)}\u00a0km`;
  }

  const longueur = () => points.slice(1).reduce((somme, p, i) => somme + atlas.distance(points[i], p), 0);

  function tracer(bout) {
    const carte = atlas.etat.carte;
    if (!trace || trace.carte !== carte) trace = { carte, groupe: L.layerGroup().addTo(carte) };
    const style = atlas.dessus(carte);
    const ligne = bout ? [...points, bout] : points;
    trace.groupe.clearLayers();
    trace.groupe.addLayer(L.polyline(ligne, { ...style, color: "#ffffff", weight: 6, opacity: 0.9 }));
    trace.groupe.addLayer(L.polyline(ligne, { ...style, color: "#a3154f", weight: 2.5 }));
    points.forEach((p) => trace.groupe.addLayer(L.circleMarker(p, { ...style, radius: 4, color: "#ffffff", weight: 1.5, fillColor: "#a3154f", fillOpacity: 1 })));
  }

  function annoncer(noms) {
    const n = points.length;
    if (n < 2) { $("mesure-resultat").textContent = n ? "Premier point posé." : ""; return; }
    const trajet = noms ? `De ${noms[0]} à ${noms[1]} : ` : n > 2 ? `${n - 1} segments : ` : "";
    $("mesure-resultat").textContent = `${trajet}${dire(longueur())} à vol d'oiseau`;
  }

  function effacer() {
    points = [];
    finie = false;
    if (trace) trace.groupe.clearLayers();
    if ($("mesure-resultat")) $("mesure-resultat").textContent = "";
  }

  /* ---- by mouse or finger ---- */
  function commencer() {
    const carte = atlas.etat.carte;
    voile = carte.getContainer().appendChild(document.createElement("div"));
    voile.className = "voile mesure";
    atlas.etat.occupe = true;
    carte.on("click", poser).on("mousemove", tirer).on("dblclick", finir);
    carte.doubleClickZoom.disable();
  }

  function poser(e) {
    if (finie) effacer();
    const dernier = points.at(-1);
    if (dernier && atlas.etat.carte.latLngToContainerPoint(dernier).distanceTo(e.containerPoint) < 3) return;  // the second click of a double one
    points.push(e.latlng);
    tracer();
    annoncer();
  }

  const tirer = (e) => { if (points.length && !finie) tracer(e.latlng); };

  function finir() {
    finie = points.length > 1;
    tracer();
  }

  function cesser() {
    const carte = atlas.etat.carte;
    if (!voile) return;
    voile.remove();
    voile = null;
    atlas.etat.occupe = false;
    if (carte) carte.off("click", poser).off("mousemove", tirer).off("dblclick", finir);
    if (carte && atlas.etat.dessin && atlas.etat.dessin.maille === "commune") carte.doubleClickZoom.enable();
    effacer();
  }

  /* ---- between two territories named ---- */
  function entreDeux() {
    const codes = ["mesure-de", "mesure-a"].map((id) => atlas.resoudre($(id).value));
    const manque = codes.map((c, i) => (c ? "" : $(["mesure-de", "mesure-a"][i]).value.trim() || ["le départ", "l'arrivée"][i])).filter(Boolean);
    effacer();
    if (manque.length) { $("mesure-resultat").textContent = `À préciser : ${manque.join(" ; ")}.`; return; }
    const lieux = codes.map((c) => { const m = atlas.mailleDe(c), i = m.rang.get(c); return [m.noms[i], L.latLng(m.centres[i])]; });
    points = lieux.map(([, p]) => p);
    finie = true;
    tracer();
    annoncer(lieux.map(([nom]) => nom));
    const bornes = L.latLngBounds(points);
    if (!atlas.etat.carte.getBounds().contains(bornes)) { atlas.etat.libre = true; atlas.etat.carte.fitBounds(bornes.pad(0.2), { animate: false }); }
  }

  document.addEventListener("atlas:volet", (e) => {
    if (e.target.id !== VOLET) return;
    if (e.detail && atlas.etat.carte) commencer();
    else cesser();
  });

  document.addEventListener("input", (e) => {
    if (e.target.id !== "mesure-de" && e.target.id !== "mesure-a") return;
    $("mesure-choix").replaceChildren(...(e.target.value.length > 1 ? atlas.proposer(e.target.value, 8) : []).map((p) => {
      const option = document.createElement("option");
      option.value = p.label;
      return option;
    }));
  });

  document.addEventListener("click", (e) => {
    const action = e.target.closest("button[data-action]")?.dataset.action;
    if (action === "mesurer") entreDeux();
    if (action === "effacer-mesure") effacer();
  });

  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.target.id === "mesure-de" || e.target.id === "mesure-a")) entreDeux();
    if (e.key === "Escape" && voile && points.length) {
      effacer();
      e.preventDefault();
    }
  }, true);
})(window.atlas);
