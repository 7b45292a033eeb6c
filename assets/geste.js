/* A choice among the filters shows its map first. The drawing is asked for at the click itself; React and Dash, whose
   work takes longer than the map's, hear of it once it is painted (navigation.js). Before the click, the pointer that
   rests on a choice, or the focus that enters it, has its drawing asked for in advance: one at a time, dropped on leave. */
(function (atlas) {
  "use strict";
  const CONTROLES = { "filtre-champ": "filtre-champ-choix", "filtre-couches": "filtre-couches-choix", "filtre-maille": "filtre-maille", "filtre-nb": "filtre-nb" };
  const CADRES = Object.keys(CONTROLES).map((id) => `#${id}`).join();
  const REPOS = 80;  // milliseconds on a choice before its drawing is asked for
  let vise = null, attente = null;

  /* The control of a box or a radio button and its value once this one is checked or not; null for any other element. */
  function choix(entree, coche) {
    const cadre = entree instanceof HTMLInputElement && entree.closest(CADRES);
    if (!cadre) return null;
    const boites = cadre.id === "filtre-couches";
    if (entree.type !== (boites ? "checkbox" : "radio")) return null;
    if (!boites) return coche ? [CONTROLES[cadre.id], entree.value] : null;
    const toutes = [...cadre.querySelectorAll("input[type=checkbox]")];
    return [CONTROLES[cadre.id], toutes.filter((b) => (b === entree ? coche : b.checked)).map((b) => b.value)];
  }

  window.addEventListener("click", (e) => {
    const choisi = choix(e.target, e.target.checked);
    if (choisi === null || !atlas.mener([choisi])) return;
    e.stopImmediatePropagation();
    viser(null);
  }, true);

  /* The button or box under the pointer or the focus; failing that, nothing. */
  const entreeDe = (cible) => (cible.closest && cible.closest("label")?.control) || cible;

  /* From the radio button that is checked, the arrow goes to the next one. */
  function voisine(entree) {
    if (entree.type !== "radio" || !entree.checked) return entree;
    const toutes = [...document.getElementsByName(entree.name)];
    return toutes[(toutes.indexOf(entree) + 1) % toutes.length];
  }

  function viser(entree, repos = REPOS) {
    if (entree === vise) return;
    clearTimeout(attente);
    if (vise) atlas.renoncer();
    const choisi = entree && choix(entree, !entree.checked);
    vise = choisi ? entree : null;
    if (choisi && !navigator.connection?.saveData) attente = setTimeout(() => {
      const adresse = atlas.adresseDe([choisi]);
      if (adresse) atlas.devancer(adresse);
    }, repos);
  }

  document.addEventListener("pointerover", (e) => viser(entreeDe(e.target)));
  document.addEventListener("focusin", (e) => viser(voisine(e.target)));
})(window.atlas = window.atlas || {});
