/* The tree of indicators: field, then what the map makes of them, then indicator, under a box that searches it.
   The keyboard is that of a combobox with a tree (ARIA Authoring Practices): the focus stays in the box. */
(function (atlas) {
  "use strict";
  const PEU = 14;  // indicators that are all shown at once
  const boites = [];
  let themes = [];

  function element(balise, attributs, ...enfants) {
    const e = document.createElement(balise);
    for (const [nom, valeur] of Object.entries(attributs)) if (valeur !== null) e.setAttribute(nom, valeur);
    e.append(...enfants);
    return e;
  }

  /* What holds every word typed, in any order, in its theme or in its name; the path of each hit is kept. */
  function garder(noeuds, chemin, mots) {
    return noeuds.flatMap((n) => {
      const dit = `${chemin} ${n.libelle}`;
      if (n.valeur !== undefined) return mots.every((m) => atlas.plat(dit).includes(m)) ? [n] : [];
      const enfants = garder(n.enfants, dit, mots);
      return enfants.length ? [{ ...n, enfants }] : [];
    });
  }

  const feuilles = (noeuds) => noeuds.flatMap((n) => (n.valeur !== undefined ? [n] : feuilles(n.enfants)));
  const libelle = (valeur) => feuilles(themes).find((n) => n.valeur === valeur)?.libelle || "";

  function branche(b, n, niveau, nom, ouvert) {
    const feuille = n.valeur !== undefined, id = `${b.champ.id}-${nom}`, dites = feuilles([n]);
    const ligne = element("div", { class: "arbre-ligne" }, element("span", { id: `${id}-nom` }, n.libelle));
    if (!feuille) ligne.append(element("span", { class: "arbre-nombre" }, String(dites.length)));
    const deplie = !feuille && (ouvert || dites.some((f) => f.valeur === b.valeur));
    const li = element("li", {
      id, role: "treeitem", "aria-level": niveau, "aria-labelledby": `${id}-nom`, class: feuille ? "arbre-feuille" : null,
      "aria-expanded": feuille ? null : String(deplie), "aria-selected": feuille ? String(n.valeur === b.valeur) : null,
      "data-valeur": feuille ? n.valeur : null,
    }, ligne);
    if (!feuille) {
      const groupe = element("ul", { role: "group" }, ...n.enfants.map((e, i) => branche(b, e, niveau + 1, `${nom}-${i}`, ouvert)));
      groupe.hidden = !deplie;
      li.append(groupe);
    }
    return li;
  }

  function ouvrir(b, texte) {
    const mots = atlas.plat(texte).split(" ").filter(Boolean), gardes = garder(themes, "", mots), combien = feuilles(gardes).length;
    const deplier = mots.length > 0 || combien <= PEU;
    b.arbre.replaceChildren(...gardes.map((n, i) => branche(b, n, 1, i, deplier)));
    b.arbre.hidden = !combien;
    b.etat.textContent = combien ? `${combien} indicateur${combien > 1 ? "s" : ""}` : "Aucun indicateur ni thème de ce nom";
    b.hote.classList.add("ouvert");
    b.champ.setAttribute("aria-expanded", String(combien > 0));
    designer(b, mots.length ? b.arbre.querySelector(".arbre-feuille") : null);
    if (!mots.length) b.arbre.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  const ouverte = (b) => b.hote.classList.contains("ouvert");

  function fermer(b) {
    b.hote.classList.remove("ouvert");
    b.champ.setAttribute("aria-expanded", "false");
    b.champ.value = libelle(b.valeur);
    b.etat.textContent = "";
    designer(b, null);
  }

  /* The line that the keys act on. */
  function designer(b, li) {
    b.actif?.classList.remove("actif");
    b.actif = li;
    if (!li) return b.champ.removeAttribute("aria-activedescendant");
    li.classList.add("actif");
    b.champ.setAttribute("aria-activedescendant", li.id);
    li.firstChild.scrollIntoView({ block: "nearest" });
  }

  function deplier(li, ouvert) {
    li.setAttribute("aria-expanded", String(ouvert));
    li.lastChild.hidden = !ouvert;
  }

  function choisir(b, valeur) {
    b.valeur = valeur;
    fermer(b);
    window.dash_clientside.set_props(b.choix, { data: valeur });
  }

  function agir(b, li) {
    if (li.dataset.valeur !== undefined) choisir(b, li.dataset.valeur);
    else deplier(li, li.getAttribute("aria-expanded") !== "true");
  }

  const visibles = (b) => [...b.arbre.querySelectorAll("[role=treeitem]")].filter((li) => !li.parentElement.closest("[role=group][hidden]"));

  function versLaDroite(b, li) {
    if (li.getAttribute("aria-expanded") === "false") deplier(li, true);
    else if (li.hasAttribute("aria-expanded")) designer(b, li.querySelector("[role=treeitem]"));
  }

  function versLaGauche(b, li) {
    if (li.getAttribute("aria-expanded") === "true") deplier(li, false);
    else designer(b, li.parentElement.closest("[role=treeitem]") || li);
  }

  /* Whether the key was for the tree. */
  function touche(b, cle) {
    if (cle === "Escape" || cle === "Tab") return ouverte(b) && (fermer(b), cle === "Escape");
    if (!ouverte(b)) return ["ArrowDown", "ArrowUp", "Enter"].includes(cle) && (ouvrir(b, ""), true);
    const lignes = visibles(b), ici = lignes.indexOf(b.actif), selon = {
      ArrowDown: () => designer(b, lignes[(ici + 1) % lignes.length]),
      ArrowUp: () => designer(b, lignes.at(ici < 0 ? -1 : ici - 1)),
    };
    if (b.actif) Object.assign(selon, {
      ArrowRight: () => versLaDroite(b, b.actif),
      ArrowLeft: () => versLaGauche(b, b.actif),
      Home: () => designer(b, lignes[0]),
      End: () => designer(b, lignes.at(-1)),
      Enter: () => agir(b, b.actif),
    });
    if (!lignes.length || !selon[cle]) return false;
    selon[cle]();
    return true;
  }

  function construire(hote) {
    const { champ: id, choix, libelle: nom, vide, effacer } = hote.dataset;
    const champ = element("input", {
      id, type: "text", role: "combobox", placeholder: vide, autocomplete: "off", spellcheck: "false",
      "aria-haspopup": "tree", "aria-expanded": "false", "aria-controls": `${id}-arbre`, "aria-autocomplete": "list",
    });
    const bouton = element("button", { type: "button", class: "arbre-effacer", "aria-label": effacer }, element("span", { class: "icone icone-fermer", "aria-hidden": "true" }));
    const arbre = element("ul", { id: `${id}-arbre`, role: "tree", class: "arbre-liste", "aria-label": nom });
    const etat = element("p", { class: "arbre-etat", role: "status" });
    hote.append(element("label", { for: id }, nom), element("div", { class: "arbre-champ" }, champ, bouton), etat, arbre);
    const b = { hote, champ, bouton, arbre, etat, choix, valeur: null, actif: null };
    champ.addEventListener("click", () => { if (!ouverte(b)) { champ.select(); ouvrir(b, ""); } });
    champ.addEventListener("input", () => ouvrir(b, champ.value));
    champ.addEventListener("keydown", (e) => { if (touche(b, e.key)) { e.preventDefault(); e.stopPropagation(); } });
    champ.addEventListener("blur", () => fermer(b));
    bouton.addEventListener("click", () => { choisir(b, null); champ.focus(); });
    arbre.addEventListener("mousedown", (e) => e.preventDefault());  // the focus stays in the box
    arbre.addEventListener("click", (e) => { const li = e.target.closest(".arbre-ligne")?.parentElement; if (li) { designer(b, li); agir(b, li); } });
    boites.push(b);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    indicateurs(liste, ...valeurs) {
      themes = liste;
      if (!boites.length) document.querySelectorAll(".arbre").forEach(construire);
      boites.forEach((b, i) => {
        b.valeur = valeurs[i] || null;
        b.bouton.hidden = !b.valeur;
        if (!ouverte(b)) b.champ.value = libelle(b.valeur);
      });
    },
  });
})(window.atlas);
