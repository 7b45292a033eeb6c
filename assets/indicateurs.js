/* Search in the lists by theme: every word typed, in any order, in the theme or in the name, accents or not. */
(function (atlas) {
  "use strict";
  const plat = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/œ/g, "oe").replace(/[-'’\u202f\u00a0]/g, " ");

  function retenir(option, theme, mots) {
    const texte = plat(`${theme} ${option.label}`);
    return mots.every((mot) => texte.includes(mot));
  }

  const fonctions = (window.dashMantineFunctions = window.dashMantineFunctions || {});
  fonctions.atlasFiltrer = ({ options, search }) => {
    const mots = plat(search || "").split(" ").filter(Boolean);
    return options
      .map((o) => (o.items ? { ...o, items: o.items.filter((i) => retenir(i, o.group, mots)) } : o))
      .filter((o) => (o.items ? o.items.length : retenir(o, "", mots)));
  };
})(window.atlas);
