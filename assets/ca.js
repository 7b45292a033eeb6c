/* The board's page on paper: the curve is drawn again at the width of its column, then as it was. */
(function () {
  "use strict";
  const LARGEUR_PX = 452, HAUTEUR_PX = 175;  // two thirds of an A4 less its margins, at 96 pixels an inch
  const courbes = () => [...document.querySelectorAll(".ca .js-plotly-plot")];

  window.addEventListener("beforeprint", () => courbes().forEach((c) => window.Plotly.relayout(c, { autosize: false, width: LARGEUR_PX, height: HAUTEUR_PX })));
  window.addEventListener("afterprint", () => courbes().forEach((c) => window.Plotly.relayout(c, { autosize: true, width: undefined, height: undefined })));
  document.addEventListener("click", (e) => { if (e.target.id === "ca-imprimer") window.print(); });
})();
