// Photos of a form: shown at once, sent at once, kept on the phone until the server has them; the form carries their ids.
// Without scripts the same inputs travel with the form.
import * as keep from "./keep.js";

const newId = () =>
  crypto.randomUUID ? crypto.randomUUID() : "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

const here = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation || !window.isSecureContext) return resolve(null);
    navigator.geolocation.getCurrentPosition((at) => resolve(at.coords), () => resolve(null), { timeout: 4000, maximumAge: 60000 });
  });

export const photos = () => ({
  shots: [],
  place: null,
  key: "",
  busy: false,
  async init() {
    const form = this.$root.closest("form[data-draft]");
    if (form) {
      this.key = `${form.dataset.draft}:${this.$root.dataset.name}`;
      for (const one of (await keep.read(this.key)) || []) this.show({ ...one, state: one.state === "kept" ? "kept" : "waiting" });
      this.sendAll();
    }
    window.addEventListener("online", () => this.sendAll());
  },
  show(one) {
    const picture = one.blob.type.startsWith("image/");
    this.shots.push({ ...one, src: picture ? URL.createObjectURL(one.blob) : "", say: picture ? "" : one.name });
  },
  get counted() {
    const n = this.shots.filter((one) => one.state !== "refused").length + this.$root.querySelectorAll("[data-kept]").length;
    return n ? `已选 ${n} 件` : "";
  },
  async take(event) {
    const files = [...event.target.files];
    event.target.value = "";
    if (!this.place) this.place = await here();
    for (const blob of files) {
      this.show({ id: newId(), blob, name: blob.name, taken: new Date(blob.lastModified).toISOString(), state: "waiting" });
    }
    await this.store();
    await this.sendAll();
  },
  async store() {
    if (!this.key) return;
    const plain = this.shots.map(({ id, blob, name, taken, state }) => ({ id, blob, name, taken, state }));
    await keep.write(this.key, plain);
  },
  async sendAll() {
    if (this.busy) return;
    this.busy = true;
    let next = this.shots.find((one) => one.state === "waiting" && !one.failed);
    while (next) {
      await this.send(next);
      next.failed = next.state === "waiting";
      next = this.shots.find((one) => one.state === "waiting" && !one.failed);
    }
    for (const one of this.shots) one.failed = false;
    this.busy = false;
  },
  async send(one) {
    const body = new FormData();
    body.append("file", one.blob, one.name);
    body.append("id", one.id);
    body.append("taken_at", one.taken);
    body.append("kind", this.$root.dataset.kind || "photo");
    if (this.place) {
      body.append("latitude", this.place.latitude);
      body.append("longitude", this.place.longitude);
    }
    const token = this.$root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
    one.state = "sending";
    try {
      const answer = await fetch(this.$root.dataset.upload, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" } });
      const said = await answer.json().catch(() => ({}));
      if (answer.ok) {
        one.state = "kept";
        one.say = (said.doubts || []).join("；") || (one.src ? "" : one.name);
      } else {
        one.state = answer.status >= 500 || answer.status === 403 || answer.status === 401 ? "waiting" : "refused";
        one.say = said.say || "没有传上去，先存在本机，稍后再传";
      }
    } catch {
      one.state = "waiting";
      one.say = "没有信号，先存在本机";
    }
    await this.store();
  },
  async remove(id) {
    this.shots = this.shots.filter((one) => one.id !== id);
    await this.store();
  },
});
