/* « Ajouter à une séance » : the view that the map shows becomes a scene, its sentence and figures proposed. */
(function (atlas) {
  "use strict";
  const h = (...x) => atlas.carnet.h(...x);
  const NOUVELLE = "";

  document.addEventListener("click", (e) => { if (e.target.closest("#bouton-seance")) ouvrir(e.target.closest("#bouton-seance")); });

  async function ouvrir(bouton) {
    const boite = h("dialog", { class: "ajout", "aria-label": "Ajouter cette vue à une séance", onclose: () => { boite.remove(); bouton.focus(); } }, h("h2", {}, "Ajouter cette vue à une séance"), h("p", {}, "Chargement…"));
    document.body.append(boite);
    boite.showModal();
    try {
      const vue = location.search || "?";
      const [{ seances }, proposee] = await Promise.all([atlas.carnet.demander("GET", "seances"), atlas.carnet.demander("GET", `proposition?vue=${encodeURIComponent(vue)}`)]);
      boite.lastChild.replaceWith(formulaire(boite, seances.filter((s) => !s.archivee), proposee));
      boite.querySelector("select").focus();
    } catch (e) {
      boite.lastChild.replaceWith(h("p", { role: "alert" }, e.message), h("form", { method: "dialog" }, h("button", { class: "bouton-seance" }, "Fermer")));
    }
  }

  function champ(nom, id, libelle, props = {}) {
    const entree = h(nom, { id, autocomplete: "off", ...props });
    return { entree, bloc: h("div", { class: "saisie" }, h("label", { for: id }, libelle), entree) };
  }

  function formulaire(boite, seances, proposee) {
    const choix = champ("select", "ajout-seance", "Séance");
    choix.entree.append(...seances.map((s) => h("option", { value: s.id }, s.titre)), h("option", { value: NOUVELLE }, "Nouvelle séance…"));
    const nouvelle = champ("input", "ajout-nouvelle", "Titre de la nouvelle séance", { maxlength: 200 });
    const titre = champ("input", "ajout-titre", "Titre de la scène", { value: proposee.titre });
    const lecture = champ("textarea", "ajout-lecture", "Ce que montre la carte, en une phrase", { rows: 2, maxlength: 600 });
    const question = champ("textarea", "ajout-question", "Question au conseil", { rows: 2, maxlength: 400 });
    const notes = champ("textarea", "ajout-notes", "Notes de la personne qui présente", { rows: 2 });
    let chiffres = proposee.chiffres;
    const message = h("p", { class: "saisie-etat", role: "status" });
    const montrer = () => { nouvelle.bloc.hidden = choix.entree.value !== NOUVELLE; nouvelle.entree.required = !nouvelle.bloc.hidden; };
    choix.entree.addEventListener("change", montrer);
    montrer();
    const fermer = h("button", { class: "lien", type: "button", onclick: () => boite.close() }, "Annuler");
    const ajouter = h("button", { class: "bouton-seance", type: "submit" }, "Ajouter la scène");
    return h("form", {
      onsubmit: async (e) => {
        e.preventDefault();
        ajouter.disabled = true;
        try {
          const id = choix.entree.value || (await atlas.carnet.demander("POST", "seances", { titre: nouvelle.entree.value })).id;
          await atlas.carnet.demander("POST", `seances/${id}/scenes`, { adresse: proposee.adresse, titre: titre.entree.value, lecture: lecture.entree.value, question: question.entree.value, notes: notes.entree.value, chiffres: chiffres.join(",") });
          message.replaceChildren("Scène ajoutée. ", h("a", { href: `/seances/?seance=${id}` }, "Ouvrir la séance"));
          fermer.textContent = "Fermer";
          fermer.focus();
        } catch (faute) {
          message.textContent = faute.message;
          ajouter.disabled = false;
        }
      },
    }, choix.bloc, nouvelle.bloc, titre.bloc, lecture.bloc,
      h("fieldset", { class: "chiffres-choix" }, h("legend", {}, "Chiffres montrés (3 au plus)"), atlas.carnet.chiffres(proposee.connus, chiffres, (ids) => { chiffres = ids; })),
      question.bloc, notes.bloc, h("p", { class: "actions" }, ajouter, fermer), message);
  }
})(window.atlas = window.atlas || {});
