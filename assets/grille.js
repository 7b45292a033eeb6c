/* Rows into a table of the page: kept where they are when only their values change, brought in slices when many. */
(function (atlas) {
  "use strict";
  const TRANCHE = 1500;
  const plus_tard = window.requestIdleCallback || ((f) => setTimeout(f, 30));
  const contenus = new Map();  // by table: what it holds, and whether all of it has come

  function api(id) {
    try { return window.dash_ag_grid.getApi(id); } catch { return null; }
  }

  /* `quoi` is equal from one call to the next when the rows are those of the same territories. */
  atlas.remplirGrille = function (id, quoi, lignes, colonnes) {
    const grille = api(id), tete = JSON.stringify(colonnes), avant = contenus.get(id);
    if (grille && avant && avant.complet && avant.quoi === quoi && avant.tete === tete) return changer(grille, lignes, colonnes);
    const contenu = { quoi, tete, complet: lignes.length <= TRANCHE };
    contenus.set(id, contenu);
    window.dash_clientside.set_props(id, { rowData: lignes.slice(0, TRANCHE), columnDefs: colonnes });
    if (!contenu.complet) plus_tard(() => ajouter(id, contenu, lignes, TRANCHE));
  };

  function changer(grille, lignes, colonnes) {
    for (const ligne of lignes) {
      const donnees = grille.getRowNode(ligne.id).data;
      for (const { field } of colonnes) donnees[field] = ligne[field];
    }
    if (grille.isAnyFilterPresent() || grille.getColumnState().some((c) => c.sort)) grille.refreshClientSideRowModel("filter");
    grille.refreshCells({ force: true });
  }

  /* A slice at a time, between two gestures of the reader; given up when the table is filled anew. */
  function ajouter(id, contenu, lignes, debut) {
    const grille = api(id);
    if (contenus.get(id) !== contenu) return;
    if (grille && grille.getRowNode(lignes[0].id)) {
      grille.applyTransaction({ add: lignes.slice(debut, debut + TRANCHE) });
      debut += TRANCHE;
    }
    contenu.complet = debut >= lignes.length;
    if (!contenu.complet) plus_tard(() => ajouter(id, contenu, lignes, debut));
  }
})(window.atlas = window.atlas || {});
