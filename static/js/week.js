/* The inbox of the week by keyboard: j and k go along the lines, a letter presses the button that
   carries it. Without this script the lines are plain forms. A line is replaced by htmx when
   something was decided on it; the focus stays on it, so that j goes on from there. */

const inbox = document.querySelector("[data-stek-inbox]");
const keys = document.querySelector("[data-stek-keys]");
const said = () => document.getElementById("week-said");
const lines = () => [...document.querySelectorAll("[data-stek-item]")];
const here = () => document.activeElement?.closest("[data-stek-item]");

let last = null; // the line that was left for what does not live on a line
let sent = null; // id and place of the line that is being decided on

function go(step) {
  const all = lines();
  const at = all.indexOf(here() ?? last);
  const next = at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(letter) {
  const button = here()?.querySelector(`[data-stek-key="${letter}"]`);
  if (!button) return false;
  button.click();
  // What opens beside the buttons is gone on with at once.
  if (button.tagName === "SUMMARY" && button.parentElement.open) button.parentElement.querySelector("button, input")?.focus();
  return true;
}

function tell(text) {
  const line = document.createElement("p");
  line.className = "note note-off";
  line.textContent = text;
  said()?.replaceChildren(line);
}

const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

if (inbox) {
  const opener = document.querySelector("[data-stek-keys-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());

  document.addEventListener("focusin", () => {
    last = here() ?? last;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (document.querySelector("dialog[open]") || typing(event.target)) return;
    if (event.key === "?") keys.showModal();
    else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (!/^[gmwaduo]$/.test(event.key) || !press(event.key)) return;
    event.preventDefault();
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.target.matches("[data-stek-decide]")) return;
    const line = event.target.closest("[data-stek-item]");
    sent = { id: line.id, place: lines().indexOf(line) };
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (!sent) return;
    // Gone: solved meanwhile by somebody else. The next one stands in its place.
    const line = document.getElementById(sent.id) ?? lines()[Math.min(sent.place, lines().length - 1)];
    sent = null;
    line?.focus({ preventScroll: true });
  });

  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => tell(inbox.dataset.offline));
  }
  document.addEventListener("htmx:responseError", (event) => {
    tell(event.detail.xhr.status === 403 ? inbox.dataset.signedout : inbox.dataset.offline);
  });
  // The session ended: the answer is the page to sign in, without the line in it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.target.closest("[data-stek-item]") || event.detail.serverResponse.includes("data-stek-inbox")) return;
    event.detail.shouldSwap = false;
    tell(inbox.dataset.signedout);
  });
}
