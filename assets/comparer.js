/* The comparison page: gives each frame its view, and hands the movements of one map to the others. */
(function (atlas) {
  "use strict";
  const cadres = () => [...document.querySelectorAll("iframe[name^='atlas-cadre-']")];
  const prets = new Set();
  let voulues = [];

  function dire(cadre, message) {
    cadre.contentWindow.postMessage({ atlas: true, ...message }, location.origin);
  }

  /* A frame is loaded once; afterwards its address is changed in place. Nothing of it enters the history: Back is the page's. */
  function poser(cadre, adresse) {
    const charger = (ou) => cadre.contentWindow.location.replace(ou);
    if (adresse === undefined) {
      if (cadre.dataset.vue) { charger("about:blank"); delete cadre.dataset.vue; prets.delete(cadre); }
    } else if (!cadre.dataset.vue) charger(`/${adresse}`);
    else if (cadre.dataset.vue !== adresse && prets.has(cadre)) dire(cadre, { quoi: "vue", adresse });
    if (adresse !== undefined) cadre.dataset.vue = adresse;
  }

  window.addEventListener("message", (e) => {
    if (e.origin !== location.origin || !e.data || !e.data.atlas) return;
    const de = cadres().find((c) => c.contentWindow === e.source);
    if (!de) return;
    if (e.data.quoi === "pret") {
      prets.add(de);
      const modele = cadres().find((c) => c !== de && prets.has(c));
      if (modele) dire(modele, { quoi: "redire" });
      if (e.data.adresse !== de.dataset.vue) dire(de, { quoi: "vue", adresse: de.dataset.vue });
    } else if (e.data.quoi === "choix") choisir(e.data.code);
    else cadres().forEach((c) => c !== de && prets.has(c) && dire(c, e.data));
  });

  /* The territory chosen on one map is chosen in the address, hence on all of them. */
  function choisir(code) {
    const lu = new URLSearchParams(location.search);
    if (code) lu.set("territoire", code); else lu.delete("territoire");
    window.dash_clientside.set_props("comparer-adresse", { search: `?${lu.toString().replaceAll("%2C", ",")}` });
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.atlas = Object.assign(window.dash_clientside.atlas || {}, {
    poserVolets(volets) {
      voulues = (volets && volets.adresses) || [];
      cadres().forEach((cadre, i) => poser(cadre, voulues[i]));
      return voulues.length;
    },
    glisser(valeur) { return { "--volet": `${valeur ?? 50}%` }; },
  });
})(window.atlas = window.atlas || {});
