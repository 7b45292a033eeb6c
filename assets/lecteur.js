/* The player: one year after another, in the classes that every day shares. The address follows without a trace. */
(function (atlas) {
  "use strict";
  const PAS = 1100;  // milliseconds between two years
  let jours = [], attente = null;

  const bouton = () => document.getElementById("lecteur");
  const jourLu = () => new URLSearchParams(location.search).get("date") || bouton().dataset.dernier;

  function annees({ premiere, dernier }) {
    const fin = Number(dernier.slice(0, 4)), tous = [];
    for (let an = Number(premiere); an < fin; an++) tous.push(`${an}-12-31`);
    return [...tous, dernier];
  }

  /* The map shown at a day; the year is written large on it while the player runs. */
  function montrer(jour) {
    window.dash_clientside.set_props("filtre-date", { value: jour });
    const cadre = document.querySelector(".carte-zone");
    let dit = cadre.querySelector(".annee-lue");
    if (!dit) {
      dit = cadre.appendChild(document.createElement("p"));
      dit.className = "annee-lue";
      dit.setAttribute("role", "status");
    }
    dit.textContent = jour.slice(0, 4);
  }

  function avancer() {
    const jour = jours.shift();
    if (!jour) return arreter();
    let peint = false, attendu = false;
    const suite = () => { if (peint && attendu && atlas.lecture) avancer(); };
    const cadre = document.getElementById("carte");
    cadre.addEventListener("atlas:peint", () => { peint = true; suite(); }, { once: true });
    attente = setTimeout(() => { attendu = true; suite(); }, PAS);
    if (jour === jourLu()) peint = true;
    montrer(jour);
  }

  function lire() {
    const tous = annees(bouton().dataset), ici = jourLu();
    jours = ici >= tous[tous.length - 1] ? tous : tous.filter((j) => j > ici);
    history.pushState(null, "", location.href);  // Back returns to the day from which it started.
    atlas.lecture = true;
    bouton().textContent = "Arrêter la lecture";
    avancer();
  }

  function arreter() {
    clearTimeout(attente);
    atlas.lecture = false;
    document.querySelector(".annee-lue")?.remove();
    bouton().textContent = "Lire les années";
  }


  document.addEventListener("click", (e) => {
    if (e.target.id === "lecteur") return atlas.lecture ? arreter() : lire();
    if (atlas.lecture && e.target.closest("#filtres")) arreter();
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape" && atlas.lecture) arreter(); });
  window.addEventListener("popstate", () => atlas.lecture && arreter());
})((window.atlas = window.atlas || {}));
