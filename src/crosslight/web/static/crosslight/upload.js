/* Sends one file in pieces, each with its checksum; goes on after a cut, a pause or a reload.
   The server says where it stands: nothing is remembered here, since the device may be searched. */
import { Sha256, base64, hex } from "./sha256.js";

const LONGEST_WAIT = 60e3;
const MOST_DAMAGED = 5;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const inWords = (bytes) => {
  const unit = bytes < 1e6 ? ["kilobyte", 1e3] : bytes < 1e9 ? ["megabyte", 1e6] : ["gigabyte", 1e9];
  const how = { style: "unit", unit: unit[0], maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, how).format(bytes / unit[1]);
};

class Stopped extends Error {}

class Sending {
  constructor(form) {
    this.form = form;
    this.words = form.dataset;
    this.piece = Number(this.words.piece);
    this.url = this.words.upload;
    this.line = form.querySelector(".sending-words");
    this.bar = form.querySelector("progress");
    this.button = form.querySelector("[data-pause]");
    this.isPaused = false;
    this.button.addEventListener("click", () => this.toggle());
  }

  async run(file) {
    this.form.querySelector(".sending").hidden = false;
    this.form.querySelector("[type=submit]").disabled = true;
    this.say(this.words.reading);
    try {
      const digest = await this.read(file);
      let offset = 0;
      if (this.url) {
        const isSame = !this.words.sha256 || this.words.sha256 === digest;
        if (!isSame || Number(this.words.size) !== file.size) throw new Stopped(this.words.other);
        offset = await this.standing();
      } else {
        offset = await this.announce(file, digest);
      }
      await this.send(file, offset);
      location.assign(this.words.done);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      this.say(error.message);
      this.form.querySelector("[type=submit]").disabled = false;
    }
  }

  async read(file) {
    const hash = new Sha256();
    for (let at = 0; at < file.size; at += this.piece) {
      hash.update(await this.bytes(file, at));
      this.show(Math.min(at + this.piece, file.size), file.size);
    }
    return hex(hash.digest());
  }

  async announce(file, digest) {
    const body = new FormData(this.form);
    body.delete("file");
    body.set("size", file.size);
    body.set("sha256", digest);
    body.set("media_type", file.type);
    const answer = await this.ask(this.words.announce, { method: "POST", body });
    if (answer.status === 429) throw new Stopped(this.words.full);
    if (answer.status !== 201) throw new Stopped(this.words.refused);
    this.url = answer.headers.get("Location");
    const now = await answer.json();
    // A reload opens the page on which this upload goes on.
    history.replaceState(null, "", now.page);
    return now.offset;
  }

  async send(file, from) {
    let offset = from;
    let damaged = 0;
    while (offset < file.size) {
      await this.whilePaused();
      this.tell(offset, file.size);
      const bytes = await this.bytes(file, offset);
      const answer = await this.ask(this.url, {
        method: "PATCH",
        body: bytes,
        headers: {
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": offset,
          "Upload-Checksum": `sha256 ${base64(new Sha256().update(bytes).digest())}`,
          "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value,
        },
      });
      if (answer.ok) {
        offset = Number(answer.headers.get("Upload-Offset"));
        continue;
      }
      if (answer.status !== 409) damaged += 1;
      if (damaged > MOST_DAMAGED) throw new Stopped(this.words.damaged);
      offset = await this.standing();
    }
    this.tell(offset, file.size);
  }

  async standing() {
    const answer = await this.ask(this.url, { method: "HEAD" });
    if (!answer.ok) throw new Stopped(this.words.refused);
    return Number(answer.headers.get("Upload-Offset"));
  }

  /* Waits out a missing connection and a busy server; longer each time, and not all at once. */
  async ask(url, how) {
    for (let wait = 1e3; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        const answer = await fetch(url, { ...how, redirect: "manual" });
        if (answer.type === "opaqueredirect") throw new Stopped(this.words.signedOut);
        if (answer.status < 500) return answer;
      } catch (error) {
        if (error instanceof Stopped) throw error;
      }
      this.say(this.words.waiting);
      await Promise.race([
        sleep(wait * (0.5 + Math.random())),
        new Promise((done) => addEventListener("online", done, { once: true })),
      ]);
      await this.whilePaused();
    }
  }

  async bytes(file, at) {
    try {
      return new Uint8Array(await file.slice(at, at + this.piece).arrayBuffer());
    } catch {
      // It was moved or changed on the device since it was chosen.
      throw new Stopped(this.words.other);
    }
  }

  async whilePaused() {
    while (this.isPaused) {
      this.say(this.words.paused);
      await sleep(300);
    }
  }

  toggle() {
    this.isPaused = !this.isPaused;
    this.button.textContent = this.isPaused ? this.button.dataset.go : this.button.dataset.pause;
  }

  tell(sent, size) {
    const words = this.words.sent;
    this.say(words.replace("{sent}", inWords(sent)).replace("{size}", inWords(size)));
    this.show(sent, size);
  }

  show(done, all) {
    this.bar.value = (100 * done) / all;
  }

  say(text) {
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  for (const part of form.querySelectorAll("[data-without-script]")) part.hidden = true;
  for (const part of form.querySelectorAll("[data-with-script]")) part.disabled = false;
  const sending = new Sending(form);
  form.addEventListener("submit", (event) => {
    const [file] = form.elements.file.files;
    if (!file && !sending.url) return;
    event.preventDefault();
    if (file) sending.run(file);
  });
}
