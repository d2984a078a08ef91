/* A signal from any screen: F8, or the button, opens the two lines in a dialog over the page. The
   page below stays as it is, with what was half typed. Without this script the button is a link.
   It fetches by itself and not through htmx: the counter listens to whatever htmx does. */

const SHOWN = 20_000; // milliseconds that the thanks stay; they wait while somebody is in them

const dialog = document.querySelector("[data-stek-signal-dialog]");
const said = document.querySelector("[data-stek-signal-said]");
const link = document.querySelector("[data-stek-signal-open]");
let timer = 0;
let busy = false;

const pieceOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector("#signaal, #signaal-genoteerd");

function alertIn(place, text) {
  place.querySelector("[data-stek-signal-problem]")?.remove();
  const line = document.createElement("p");
  line.className = "note note-off";
  line.setAttribute("role", "alert");
  line.dataset.stekSignalProblem = "";
  line.textContent = text;
  place.prepend(line);
}

/* The page below has its own title: here it is one of a part. */
function retitle(piece) {
  const title = piece?.querySelector("h1");
  if (!title) return piece;
  const part = document.createElement("h2");
  part.id = title.id;
  part.textContent = title.textContent;
  title.replaceWith(part);
  return piece;
}

async function ask(address, options = {}) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  return { piece: retitle(pieceOf(await answer.text())), status: answer.status };
}

function showForm(piece) {
  dialog.replaceChildren(piece);
  if (!dialog.open) dialog.showModal();
  (piece.querySelector("[aria-invalid]") ?? piece.querySelector("[data-stek-focus]"))?.focus();
}

function say(content) {
  clearTimeout(timer);
  said.replaceChildren(content);
  said.hidden = false;
  timer = setTimeout(hush, SHOWN);
}

function hush() {
  if (said.matches(":hover, :focus-within")) timer = setTimeout(hush, SHOWN);
  else said.hidden = true;
}

async function open(address) {
  if (busy || dialog.open) return;
  busy = true;
  said.hidden = true;
  try {
    const { piece, status } = await ask(address);
    if (piece) showForm(piece);
    // Not to the sign-in page: what is half typed below would be gone.
    else say(document.createTextNode(status < 500 ? dialog.dataset.signedout : dialog.dataset.offline));
  } catch {
    say(document.createTextNode(dialog.dataset.offline));
  }
  busy = false;
}

/* The session ended while somebody typed: a new key, as soon as they signed in in another tab. */
async function newKey(form) {
  const key = (await ask(link.href)).piece?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (key) form.elements.csrfmiddlewaretoken.value = key;
  return Boolean(key);
}

async function send(form) {
  const post = () => ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const answer = await post();
  return answer.status === 403 && (await newKey(form)) ? post() : answer;
}

async function submit(form) {
  if (busy) return;
  busy = true;
  try {
    const { piece, status } = await send(form);
    if (status === 403) alertIn(form, dialog.dataset.signedout);
    else if (status >= 500) alertIn(form, dialog.dataset.offline);
    else if (!piece) form.submit(); // an answer that is a page of its own
    else if (piece.id === "signaal") showForm(piece);
    else {
      dialog.close();
      say(piece);
    }
  } catch {
    alertIn(form, dialog.dataset.offline);
  }
  busy = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href);
});
document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-stek-signal]");
  const closer = event.target.closest("[data-stek-signal-close]");
  if (opener) {
    event.preventDefault();
    open(opener.href);
  } else if (closer?.closest("dialog")) {
    event.preventDefault();
    dialog.close();
  } else if (closer && said.contains(closer)) {
    event.preventDefault();
    said.hidden = true;
  }
});
for (const place of [dialog, said]) {
  place.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-stek-signal-form]")) return;
    event.preventDefault();
    submit(event.target);
  });
}
/* The keys of the page below are not meant here, so they stop before anybody else hears them. Enter
   goes on: to the next line, then it saves. */
window.addEventListener(
  "keydown",
  (event) => {
    if (!dialog.open) return;
    event.stopPropagation();
    if (event.key !== "Enter" || event.target.tagName !== "TEXTAREA" || event.isComposing || event.shiftKey) return;
    event.preventDefault();
    const lines = [...dialog.querySelectorAll("textarea")];
    const next = lines[lines.indexOf(event.target) + 1];
    if (next) next.focus();
    else event.target.form.requestSubmit();
  },
  true,
);
