/* Locks a shared laptop: F9, the button, or some minutes without a key or a tap. The page is gone at
   once, in every window; the form that was being typed goes to the server, which keeps it for who
   typed it. Nothing of it stays in the browser. What the counter could not send yet waits under the
   cover in the memory of the page (js/sending.js), and leaves first, as who entered it.
   The server ends a session that is idle by itself: without this script only the button is missed. */

const form = document.querySelector("[data-stek-lock]");
const IDLE = Number(form.dataset.seconds) * 1000;
const AWAKE = 60_000; // milliseconds: the server is told at most so often that somebody is here
const AGAIN = 3000; // until the next try when the line is down
const others = new BroadcastChannel("stek-lock");

let covered = false;
let seen = Date.now();
let seenSteady = performance.now(); // a clock that is set back must not keep a laptop open
let told = performance.now();

const net = document.querySelector("[data-stek-net]");
const unsent = () => Number(net?.dataset.waiting ?? 0);

/* --- what was being typed --- */

function isTyped(field) {
  if (!field.name || field.disabled || ["hidden", "password", "submit", "button", "file"].includes(field.type)) return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue && field.value.trim() !== "";
}

let last = null; // the form that was typed in last
document.addEventListener("input", (event) => { last = event.target.form ?? last; }, true);

function typedForm() {
  const forms = [...document.querySelectorAll("main form, dialog[open] form")].filter(
    (one) => one.method === "post" && one !== form && !one.matches("[data-stek-waits-form]") && [...one.elements].some(isTyped),
  );
  return forms.includes(last) ? last : forms[0];
}

function whatIsLeft() {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, page: form.elements.page.value });
  const typed = typedForm();
  if (typed) {
    const secret = new Set([...typed.elements].filter((one) => one.type === "password").map((one) => one.name));
    const pairs = [...new FormData(typed)].filter(([name, value]) => typeof value === "string" && !secret.has(name));
    body.set("action", new URL(typed.action).pathname);
    body.set("typed", JSON.stringify(pairs.filter(([name]) => name !== "csrfmiddlewaretoken")));
  }
  return body;
}

/* What the counter asked when the page was covered already; the person sees it after unlocking. */
const unseen = [];
document.addEventListener("stek:unseen", ({ detail }) => {
  const fields = detail.fields.filter(([name]) => name !== "csrfmiddlewaretoken");
  unseen.push([detail.action, fields, detail.asked]);
});

/* --- locking --- */

function cover() {
  const over = document.createElement("div");
  over.className = "lock-cover";
  over.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = form.dataset.said;
  over.append(line);
  document.title = form.dataset.said;
  if (unsent()) {
    // What was sent waits in the memory of this page; only what it needs may stay, unseen.
    document.getElementById("hits")?.replaceChildren();
    for (const one of document.body.children) one.inert = true;
    document.body.append(over);
  } else {
    document.body.replaceChildren(over);
  }
  return line;
}

async function lock({ tellOthers = true } = {}) {
  if (covered) return;
  covered = true;
  if (tellOthers) others.postMessage("lock");
  const body = whatIsLeft();
  document.documentElement.dataset.locked = "";
  document.dispatchEvent(new Event("stek:locked"));
  const line = cover();
  if (unsent()) {
    say(line, "offline");
    await allSent(line);
  }
  if (unseen.length) body.set("unseen", JSON.stringify(unseen));
  for (;;) {
    try {
      // An error of the server is no lock: the session would go on. Refused is: nobody sits here.
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (answer.status < 500) break;
    } catch {
      // No line.
    }
    say(line, "offline");
    await new Promise((done) => { setTimeout(done, AGAIN); });
  }
  window.location.replace(form.dataset.screen);
}

function say(line, what) {
  line.textContent = `${form.dataset.said} ${unsent() || what === "signedout" ? form.dataset[what] : ""}`.trim();
}

/* Until the counter has sent what waited. When the session ended meanwhile it waits for the same
   person, who unlocks in another window. */
function allSent(line) {
  const way = document.createElement("a");
  way.href = form.dataset.screen;
  way.target = "_blank";
  way.className = "btn btn-act";
  way.textContent = form.dataset.open;
  way.hidden = true;
  line.after(way);
  return new Promise((done) => {
    const look = () => {
      if (!unsent()) return done();
      const signedOut = net.dataset.state === "signedout";
      way.hidden = !signedOut;
      say(line, signedOut ? "signedout" : "offline");
      return setTimeout(look, 250);
    };
    look();
  });
}

/* --- idle time --- */

function active() {
  seen = Date.now();
  seenSteady = performance.now();
  if (covered || seenSteady - told < AWAKE) return;
  told = seenSteady;
  others.postMessage("active");
  fetch(form.dataset.awake, { credentials: "same-origin", redirect: "manual" })
    .then((answer) => { if (answer.type === "opaqueredirect") lock(); })
    .catch(() => {}); // no line: the counter says so
}

function look() {
  if (Math.max(Date.now() - seen, performance.now() - seenSteady) >= IDLE) lock();
}

others.addEventListener("message", (event) => {
  if (event.data === "lock") lock({ tellOthers: false });
  else if (event.data === "active") {
    seen = Date.now();
    seenSteady = performance.now();
  }
});
for (const kind of ["keydown", "pointerdown", "wheel", "touchmove"]) window.addEventListener(kind, active, { capture: true, passive: true });
setInterval(look, 1000);
document.addEventListener("visibilitychange", look);

window.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "F9" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lock();
  },
  true,
);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  lock();
});
/* A page that the back button would show from memory. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

/* --- the form that waited is put back where it was --- */

const waits = document.querySelector("[data-stek-waits]");

function putBack(kept) {
  const path = new URL(kept.action).pathname;
  const target = [...document.querySelectorAll("main form")].find(
    (one) => one !== kept && one.method === "post" && new URL(one.action).pathname === path,
  );
  if (!target) return false;
  const values = [...new FormData(kept)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const fields = [...target.elements].filter((one) => one.name && !["submit", "button", "password", "file"].includes(one.type));
  if (!values.every(([name]) => fields.some((one) => one.name === name))) return false;
  const given = new Map();
  for (const [name, value] of values) given.set(name, [...(given.get(name) ?? []), value]);
  for (const field of fields) {
    if (field.name === "csrfmiddlewaretoken") continue;
    const texts = given.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = texts.includes(field.value);
    else if (field.tagName === "SELECT") for (const option of field.options) option.selected = texts.includes(option.value);
    else if (texts.length) field.value = texts.shift();
  }
  target.querySelector("input:not([type=hidden]), textarea, select")?.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const waitsForm = waits?.querySelector("[data-stek-waits-form]");
if (waitsForm && putBack(waitsForm)) {
  waits.hidden = true;
  document.querySelector("[data-stek-waits-back]").hidden = false;
}
