/* A séance taken away as files: a short one comes at once, a long one is made aside while its progress is told. */
(function (atlas) {
  "use strict";
  const SUIVRE_MS = 700;
  const FICHIERS = [["pdf", "Dossier PDF"], ["pptx", "Diapositives"], ["html", "Page hors ligne"]];
  const h = (...x) => atlas.carnet.h(...x);
  const attendre = (ms) => new Promise((ok) => setTimeout(ok, ms));

  async function demander(methode, adresse) {
    const corps = methode === "POST" ? { headers: { "Content-Type": "application/json" }, body: "{}" } : {};
    const reponse = await fetch(adresse, { method: methode, ...corps }).catch(() => { throw new Error("Le serveur ne répond pas."); });
    if (!reponse.ok) throw new Error(reponse.headers.get("Content-Type").startsWith("text/plain") ? await reponse.text() : "Le serveur n'a pas pu faire ce fichier.");
    return reponse;
  }

  function enregistrer(contenu, nom) {
    const lien = h("a", { href: URL.createObjectURL(contenu), download: nom });
    lien.click();
    setTimeout(() => URL.revokeObjectURL(lien.href), 60000);
  }

  /* `dire(phrase)` tells what happens; files are made from what is saved: what is being written is saved first. */
  atlas.emporter = function (seance, dire) {
    const partenaire = h("input", { type: "checkbox", id: "emporter-partenaire" }), notes = h("input", { type: "checkbox", id: "emporter-notes" });
    const barre = h("progress", { "aria-label": "Avancement du fichier", hidden: true }), ou = h("span", { class: "discret" });
    const annuler = h("button", { class: "bouton-seance", type: "button", hidden: true }, "Annuler");
    const boutons = FICHIERS.map(([media, libelle]) => h("button", { class: "bouton-seance", "data-fichier": media, onclick: (e) => prendre(e.currentTarget, media, libelle) }, libelle));

    async function prendre(bouton, media, libelle) {
      boutons.forEach((b) => { b.disabled = true; });
      dire(`${libelle} : en préparation…`);
      try {
        await Promise.all([...atlas.carnet.saisies].map((s) => s.enregistrer()));
        const adresse = `/seances/fichiers/${seance.id}.${media}?edition=${partenaire.checked ? "partenaire" : "interne"}&notes=${notes.checked ? 1 : 0}`;
        const { travail } = await (await demander("POST", adresse)).json();
        if (travail && !(await suivre(travail, libelle))) return dire(`${libelle} : annulé.`);
        const reponse = await demander("GET", travail ? `/seances/travaux/${travail}/fichier` : adresse);
        const nom = /filename="?([^";]+)/.exec(reponse.headers.get("Content-Disposition") || "");
        enregistrer(await reponse.blob(), nom ? nom[1] : `seance.${media}`);
        dire(reponse.headers.get("X-Atlas-Journal") ? `${libelle} : fichier prêt, mais le journal des exports ne l'a pas noté.` : `${libelle} : fichier prêt${media === "pptx" && !partenaire.checked ? ", avec les notes de la personne qui présente" : ""}.`);
      } catch (e) {
        dire(e.message);
      } finally {
        boutons.forEach((b) => { b.disabled = false; });
        barre.hidden = annuler.hidden = true;
        ou.textContent = "";
        if ([document.body, annuler].includes(document.activeElement)) bouton.focus();
      }
    }

    /* Follow a file until it is made; false where it was cancelled. */
    async function suivre(travail, libelle) {
      let annule = false;
      annuler.onclick = () => { annule = true; demander("DELETE", `/seances/travaux/${travail}`).catch(() => {}); };
      barre.removeAttribute("value");
      barre.hidden = annuler.hidden = false;
      annuler.focus();
      for (;;) {
        const etat = await demander("GET", `/seances/travaux/${travail}`).then((r) => r.json());
        if (annule) return false;
        if (etat.erreur) throw new Error(`${libelle} : ${etat.erreur}`);
        if (etat.fini) return true;
        if (etat.total) Object.assign(barre, { max: etat.total, value: etat.fait });
        ou.textContent = !etat.total ? `${etat.etape}…` : etat.fait < etat.total - 1 ? `Scène ${etat.fait + 1} sur ${etat.total - 1}` : "Mise en page…";
        await attendre(SUIVRE_MS);
      }
    }

    return h("div", { class: "emporter", role: "group", "aria-label": "Emporter la séance" }, h("span", { class: "discret" }, "Emporter"), boutons,
      h("label", { for: partenaire.id }, partenaire, " Édition partenaire"), h("label", { for: notes.id }, notes, " Avec les notes"), barre, ou, annuler);
  };
})(window.atlas = window.atlas || {});
