/* Windows that show one séance stay in step: at once in one browser, within a second from one machine to another. */
(function (atlas) {
  "use strict";
  const SONDER_MS = 1000;

  /* `recevoir(etat)` is told what another window said; `reseau(present)` whether the server answers. A window opened
     on a scene of its own (`libre`) takes what was said before it as known, and follows what is said after. */
  atlas.Synchro = class {
    constructor(id, recevoir, { reseau, libre } = {}) {
      Object.assign(this, { id, recevoir, libre, reseau: reseau || (() => {}), moment: 0, tour: 0, cle: `atlas-seance:${id}` });
      const garde = JSON.parse(localStorage.getItem(this.cle) || "null");
      if (garde) [this.etat, this.moment] = [garde.etat, garde.moment];
      this.depuis = Date.now();
      this.canal = new BroadcastChannel(this.cle);
      this.canal.onmessage = ({ data }) => {
        if (data.question) { if (this.etat) this.canal.postMessage({ etat: this.etat, moment: this.moment }); }
        else this.adopter(data.etat, data.moment);
      };
      this.canal.postMessage({ question: true });
      setInterval(() => this.sonder(), SONDER_MS);
      this.sonder();
    }

    adopter(etat, moment) {
      if (moment <= this.moment) return;
      [this.etat, this.moment] = [etat, moment];
      if (!this.libre || moment > this.depuis) this.recevoir(etat);
    }

    /* Say the new state to every window. */
    dire(etat) {
      this.etat = etat;
      this.moment = Math.max(Date.now(), this.moment + 1);
      localStorage.setItem(this.cle, JSON.stringify({ etat, moment: this.moment }));
      this.canal.postMessage({ etat, moment: this.moment });
      this.publier();
    }

    publier() {
      const envoi = this.moment;
      return atlas.carnet.demander("POST", `seances/${this.id}/position`, { origine: atlas.carnet.fenetre, etat: { ...this.etat, moment: envoi } })
        .then((p) => { this.tour = Math.max(this.tour, p.tour); this.publie = envoi; this.reseau(true); }, () => this.reseau(false));
    }

    async sonder() {
      try {
        const p = await atlas.carnet.demander("GET", `seances/${this.id}/position`);
        this.reseau(true);
        if (this.etat && this.publie !== undefined && this.publie !== this.moment && p.origine === atlas.carnet.fenetre) return this.publier();
        const premier = !this.sonde;
        this.sonde = true;
        if (p.tour <= this.tour) return;
        this.tour = p.tour;
        if (premier && this.libre) return;
        const { moment, ...etat } = p.etat;
        /* Clocks of two machines differ: a turn never seen is news, unless this browser already knows it. */
        if (p.origine !== atlas.carnet.fenetre && moment !== this.moment) {
          [this.etat, this.moment] = [etat, Math.max(moment, this.moment)];
          this.recevoir(etat);
        }
      } catch { this.reseau(false); }
    }
  };
})(window.atlas = window.atlas || {});
