/* The stand-alone page: its table is searched, sorted, and shows its territories on the map. */
(function (atlas) {
  "use strict";
  const plat = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[-'\u2019]/g, " ");
  const compare = new Intl.Collator("fr", { numeric: true }).compare;

  document.querySelectorAll(".tableau").forEach((section) => {
    const corps = section.querySelector("tbody"), champ = section.querySelector("input"), compte = section.querySelector(".compte");
    if (!corps) return;
    const lignes = [...corps.rows];
    champ.addEventListener("input", () => {
      const q = plat(champ.value.trim());
      let vues = 0;
      lignes.forEach((l) => { l.hidden = q !== "" && !plat(l.textContent).includes(q); vues += !l.hidden; });
      compte.textContent = `${vues.toLocaleString("fr-FR")} ligne${vues < 2 ? "" : "s"}`;
    });
    section.querySelectorAll("th button").forEach((bouton) => bouton.addEventListener("click", () => {
      const entete = bouton.closest("th"), sens = entete.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      const rang = entete.cellIndex, cle = (l) => l.cells[rang].dataset.valeur ?? l.cells[rang].textContent;
      section.querySelectorAll("th[aria-sort]").forEach((t) => t.removeAttribute("aria-sort"));
      entete.setAttribute("aria-sort", sens > 0 ? "ascending" : "descending");
      const vide = (l) => cle(l) === "";
      lignes.sort((a, b) => (vide(a) - vide(b)) || sens * compare(cle(a), cle(b)));
      corps.append(...lignes);
    }));
    corps.addEventListener("click", (e) => {
      const bouton = e.target.closest("button[data-territoire]");
      if (bouton) atlas.montrer(bouton.dataset.territoire);
    });
  });
})(window.atlas);
