/* Light or dark, the same on every page: what was chosen, else what the machine prefers. */
(function (atlas) {
  "use strict";
  const CLEF = "atlas-theme";

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    theme(clics) {
      const voulu = localStorage.getItem(CLEF) || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      const schema = clics ? (voulu === "dark" ? "light" : "dark") : voulu;
      if (clics) localStorage.setItem(CLEF, schema);
      document.documentElement.dataset.theme = schema;
      if (clics && atlas.repeindre) setTimeout(() => atlas.repeindre(), 0);
      return schema;
    },
  });
})(window.atlas = window.atlas || {});
