/* Leaving at once, copying, autosave, sending once. All works without. */
const all = (what, act) => document.querySelectorAll(what).forEach(act);
const one = (what) => document.querySelector(what);
const exit = one("#quick-exit");
const leave = (event) => {
  event.preventDefault();
  document.body.hidden = true;
  location.replace(exit.href);
};
if (exit) {
  let presses = [];
  exit.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && presses[2] - presses[0] < 2000) leave(event);
  });
}

all("[data-focus]", (part) => part.focus());

all("[data-copy]", (button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = one(button.dataset.copy);
    await navigator.clipboard.writeText(from.value ?? from.textContent.trim());
    button.textContent = button.dataset.copied;
  });
});

all("form[data-autosave]", (form) => {
  const word = one("#saved");
  let dirty = false;
  form.addEventListener("input", () => (dirty = true));
  setInterval(async () => {
    if (!dirty) return;
    dirty = false;
    const body = new FormData(form);
    try {
      const how = { method: "POST", body, headers: { "X-Autosave": 1 } };
      const answer = await fetch(form.dataset.autosave, how);
      if (!answer.ok) throw answer;
      const now = await answer.json();
      word.textContent = now.words;
      if (now.version) form.elements.version.value = now.version;
    } catch {
      dirty = true;
      word.textContent = form.dataset.autosaveFailed;
    }
  }, 15e3);
});

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 1;
  setTimeout(() => delete form.dataset.sent, 5e3);
});
