/* From one page to another, the filters come along: those of the address that the link does not say itself. */
(function () {
  "use strict";
  const FILTRES = ["echelon", "champ", "date", "territoire", "communes", "nom"];
  const SUIVENT = ["/", "/registre/"];

  function emporter(e) {
    const lien = e.target.closest && e.target.closest(".pages a[href], a.vers-registre[href]");
    if (!lien || !SUIVENT.includes(location.pathname)) return;
    const but = new URL(lien.href), ici = new URLSearchParams(location.search);
    if (but.origin !== location.origin || !SUIVENT.includes(but.pathname)) return;
    const seul = but.searchParams.has("ctg");  // an agreement is read whole, at the day of the page
    for (const nom of seul ? ["date"] : FILTRES) if (seul || lien.closest(".pages")) ici.has(nom) ? but.searchParams.set(nom, ici.get(nom)) : but.searchParams.delete(nom);
    lien.href = but.pathname + but.search.replaceAll("%2C", ",");
  }
  for (const geste of ["click", "auxclick", "focusin", "pointerover"]) document.addEventListener(geste, emporter, true);
})();
