/* From one page to another, the filters come along: those of the address that the link does not say itself. */
(function () {
  "use strict";
  const FILTRES = ["caf", "maille", "echelon", "champ", "couches", "definitions", "indicateur", "indicateur2", "classes", "nb", "bornes", "date", "territoire", "communes", "nom", "fond"];
  const SUIVENT = ["/", "/registre/"];

  function emporter(e) {
    const lien = e.target.closest && e.target.closest(".pages a[href], a.vers-registre[href]");
    if (!lien || !SUIVENT.includes(location.pathname)) return;
    const but = new URL(lien.href), ici = new URLSearchParams(location.search);
    if (but.origin !== location.origin || !SUIVENT.includes(but.pathname)) return;
    for (const nom of FILTRES) ici.has(nom) ? but.searchParams.set(nom, ici.get(nom)) : but.searchParams.delete(nom);
    lien.href = but.pathname + but.search.replaceAll("%2C", ",");
  }
  for (const geste of ["click", "auxclick", "focusin", "pointerover"]) document.addEventListener(geste, emporter, true);
})();
