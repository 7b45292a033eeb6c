/* Days as people write them in French: « 31/12/2026 » in the field, 2026-12-31 in what is kept. */
(function (atlas) {
  "use strict";
  const FORMES = [/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$/, /^(\d{2})(\d{2})(\d{4})$/];
  const LONG = new Intl.DateTimeFormat("fr-FR", { dateStyle: "full", timeZone: "UTC" });
  const REFUS = "Écrire le jour, le mois et l'année, comme 31/12/2026.";
  const deux = (n) => String(n).padStart(2, "0");

  /* Read a day: as ISO, "" for nothing, null for what is not a day of the calendar. */
  function lire(texte) {
    const dit = texte.trim();
    if (!dit) return "";
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dit), lu = FORMES.map((f) => f.exec(dit)).find(Boolean);
    const [a, m, j] = iso ? iso.slice(1).map(Number) : lu ? lu.slice(1).reverse().map(Number) : [];
    const annee = a < 100 ? 2000 + a : a, jour = new Date(Date.UTC(annee, m - 1, j));
    const juste = annee >= 1900 && annee < 2200 && jour.getUTCMonth() === m - 1 && jour.getUTCDate() === j;
    return juste ? `${annee}-${deux(m)}-${deux(j)}` : null;
  }

  const ecrire = (iso) => { const [a, m, j] = iso.split("-"); return j ? `${j}/${m}/${a}` : iso; };

  /* A field for a day, and what it says under it: the day in full where it is one, else what is expected. `change(iso)`
     is told each day read, `quitte()` that the field is left. */
  atlas.jour = { lire, ecrire, REFUS };
  atlas.jour.champ = function (id, change, quitte) {
    const h = atlas.carnet.h;
    const dit = h("p", { id: `${id}-jour`, class: "discret saisie-jour" });
    const entree = h("input", {
      id, type: "text", autocomplete: "off", placeholder: "jj/mm/aaaa", maxlength: 12, "aria-describedby": `${id}-jour ${id}-choix`,
      oninput: () => { const iso = lire(entree.value); montrer(false); if (iso !== null) change(iso); },
      onblur: () => { const iso = lire(entree.value); if (iso) entree.value = ecrire(iso); montrer(true); if (quitte) quitte(); },
    });
    function montrer(fini) {
      const iso = lire(entree.value), faux = iso === null && fini;
      if (faux) entree.setAttribute("aria-invalid", "true"); else entree.removeAttribute("aria-invalid");
      dit.classList.toggle("refus", faux);
      dit.textContent = iso ? LONG.format(new Date(iso)).replace(/ 1 /, " 1er ") : faux ? `« ${entree.value.trim()} » n'est pas une date. ${REFUS}` : "";
      if (faux) dit.setAttribute("role", "alert"); else dit.removeAttribute("role");
    }
    entree.lire = () => lire(entree.value);
    /* A day that is not one stays in its field until it is put right. */
    entree.ecrire = (iso) => { if (entree.lire() !== null && entree.lire() !== iso) entree.value = ecrire(iso); montrer(true); };
    return { entree, dit };
  };
})(window.atlas = window.atlas || {});
