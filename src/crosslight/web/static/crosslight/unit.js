/* Keys 1 to 4 choose an answer; never while typing, and they can be switched off (WCAG 2.1.4). */
const KEPT = "crosslight.keys";
for (const hint of document.querySelectorAll("[data-keys]")) {
  const choices = document.querySelectorAll(`[name="${hint.dataset.keys}"]`);
  const button = hint.querySelector("button");
  let isOn = localStorage.getItem(KEPT) !== "off";
  const say = () => (button.textContent = isOn ? button.dataset.off : button.dataset.on);
  hint.hidden = false;
  say();
  button.addEventListener("click", () => {
    isOn = !isOn;
    localStorage.setItem(KEPT, isOn ? "on" : "off");
    say();
  });
  addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("textarea, select, input:not([type=radio])");
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const choice = choices[Number(event.key) - 1];
    if (!isOn || isTyping || !isPlain || !choice) return;
    choice.checked = true;
    choice.focus();
  });
}
