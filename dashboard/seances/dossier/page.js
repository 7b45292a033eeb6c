/* A séance without network: the keys of the projection over scenes that the page holds. */
(function () {
  "use strict";
  const GLISSER_PX = 70, GLISSER_MS = 700, LONG = 110, ZOOM_MAX = 12;
  const scenes = [...document.querySelectorAll(".scene")];
  const noir = document.getElementById("noir"), aide = document.getElementById("aide"), dit = document.getElementById("dit");
  const P = { n: 0, numero: "", zoom: 1, x: 0, y: 0 };

  function dessiner() {
    const { traces, cartes } = JSON.parse(document.getElementById("cartes").textContent);
    const adresses = cartes.map((svg) => URL.createObjectURL(new Blob([svg.replace(/ d="@(\d+)"/g, (_, i) => ` d="${traces[i]}"`)], { type: "image/svg+xml" })));
    document.querySelectorAll("img[data-carte]").forEach((img) => { img.src = adresses[img.dataset.carte]; });
  }

  function afficher(i) {
    P.n = Math.min(Math.max(i, 0), scenes.length - 1);
    scenes.forEach((s, k) => { s.classList.toggle("ici", k === P.n); s.inert = k !== P.n; });
    revenir();
    noircir(false);
    serrer();
    const titre = scenes[P.n].querySelector("h1").textContent;
    dit.textContent = `${P.n + 1} sur ${scenes.length} : ${titre}`;
    document.body.dataset.scene = String(P.n + 1);
    history.replaceState(null, "", `#${P.n + 1}`);
  }

  /* Figures, question and legend are all seen at once: their type gives way. */
  function serrer() {
    const aside = scenes[P.n].querySelector("aside, .page");
    if (!aside) return;
    for (let k = 1; k >= 0.48; k -= 0.04) {
      aside.style.fontSize = `calc(var(--texte) * ${aside.tagName === "ASIDE" ? 0.8 * k : k})`;
      if (aside.scrollHeight <= aside.clientHeight + 1) break;
    }
  }

  function noircir(oui) {
    noir.hidden = !oui;
    document.getElementById("scenes").inert = oui;
  }

  const image = () => scenes[P.n].querySelector(".carte img");

  function placer() {
    const img = image();
    if (img) img.style.transform = P.zoom === 1 ? "" : `translate(${P.x}px, ${P.y}px) scale(${P.zoom})`;
  }

  function revenir() {
    Object.assign(P, { zoom: 1, x: 0, y: 0 });
    placer();
  }

  function zoomer(facteur) {
    const zoom = Math.min(Math.max(P.zoom * facteur, 1), ZOOM_MAX);
    P.x *= zoom / P.zoom;
    P.y *= zoom / P.zoom;
    P.zoom = zoom;
    if (zoom === 1) P.x = P.y = 0;
    placer();
  }

  function pleinEcran() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => { dit.textContent = "Ce navigateur refuse le plein écran ; F11 le donne."; });
  }

  const GESTES = {
    suivant: () => afficher(P.n + 1), precedent: () => afficher(P.n - 1), derniere: () => afficher(scenes.length - 1),
    noir: () => noircir(noir.hidden), retour: () => { revenir(); noircir(false); },
    agrandir: () => zoomer(1.4), reduire: () => zoomer(1 / 1.4), plein: pleinEcran,
    aide: () => { if (aide.open) aide.close(); else aide.showModal(); },
    notes: () => { const n = scenes[P.n].querySelector(".notes"); if (n) n.hidden = !n.hidden; },
  };
  const TOUCHES = {
    ArrowRight: "suivant", ArrowDown: "suivant", PageDown: "suivant", " ": "suivant", ArrowLeft: "precedent", ArrowUp: "precedent", PageUp: "precedent", Backspace: "precedent",
    b: "noir", ".": "noir", r: "retour", Home: "retour", End: "derniere", f: "plein", "?": "aide", "+": "agrandir", "=": "agrandir", "-": "reduire", n: "notes",
  };

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest("dialog[open]")) {
      if (e.key === "?" && aide.open) { e.preventDefault(); aide.close(); }
      return;
    }
    if (/^\d$/.test(e.key)) { P.numero += e.key; return; }
    if (e.key === "Enter" && P.numero) { e.preventDefault(); afficher(Number(P.numero) - 1); P.numero = ""; return; }
    P.numero = "";
    if (e.key === "Escape" && !noir.hidden) return noircir(false);
    if ((e.key === " " || e.key === "Enter") && e.target.closest("button, summary")) return;
    const geste = TOUCHES[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (!geste) return;
    e.preventDefault();
    GESTES[geste]();
  });
  document.querySelectorAll("[data-geste]").forEach((b) => b.addEventListener("click", () => GESTES[b.dataset.geste]()));
  noir.addEventListener("click", () => noircir(false));
  window.addEventListener("resize", serrer);

  document.querySelectorAll(".carte").forEach((carte) => {
    carte.addEventListener("wheel", (e) => { e.preventDefault(); zoomer(e.deltaY < 0 ? 1.15 : 1 / 1.15); }, { passive: false });
    carte.addEventListener("pointerdown", (e) => { if (P.zoom > 1) { carte.setPointerCapture(e.pointerId); P.pris = [e.clientX - P.x, e.clientY - P.y]; } });
    carte.addEventListener("pointermove", (e) => { if (P.pris) { [P.x, P.y] = [e.clientX - P.pris[0], e.clientY - P.pris[1]]; placer(); } });
    ["pointerup", "pointercancel"].forEach((fin) => carte.addEventListener(fin, () => { P.pris = null; }));
  });
  let depart = null;
  document.addEventListener("touchstart", (e) => { depart = e.touches.length === 1 ? [e.touches[0].clientX, e.touches[0].clientY, e.timeStamp] : null; }, { passive: true });
  document.addEventListener("touchend", (e) => {
    if (!depart || P.zoom > 1) return;
    const dx = e.changedTouches[0].clientX - depart[0], dy = e.changedTouches[0].clientY - depart[1];
    if (e.timeStamp - depart[2] < GLISSER_MS && Math.abs(dx) > GLISSER_PX && Math.abs(dx) > 2 * Math.abs(dy)) afficher(P.n + (dx < 0 ? 1 : -1));
  }, { passive: true });

  document.querySelectorAll(".scene h1").forEach((h) => h.classList.toggle("long", h.textContent.length > LONG));
  document.body.classList.add("projete");
  dessiner();
  afficher((Number(location.hash.slice(1)) || 1) - 1);
})();
