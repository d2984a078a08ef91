/* Forms that must not get lost: each is sent with its key until the server has answered.
   They leave in the order in which they were made; the field is free for the next visitor at once.
   When the line is down they wait here and are tried again: the key makes sending twice harmless.
   While the counter asks something about one visitor, those behind wait for the answer. */

const AGAIN = 3000; // milliseconds until the next try
const DOUBLE = 600; // two presses within this are one
const SEEN = 1500; // a question that stood there this long was seen: typing on is an answer too
const queue = [];
let busy = false;
let timer = 0;
let askedAt = 0; // since when the counter waits for an answer; 0: it does not
let asked = null; // what was sent and is asked about
let aside = 0; // how many were asked about under the lock, where nobody saw it

const net = document.querySelector("[data-stek-net]");
if (net) net.hidden = false;

const question = () => document.querySelector("#card [data-stek-refused]");

/* "Everything is kept" is only said when nothing waits here any more. */
function say(state) {
  if (net) {
    // For js/lock.js: how many wait in this page, and what for.
    net.dataset.waiting = String(queue.length);
    net.dataset.state = state;
  }
  if (!net || (state === "online" && queue.length)) return;
  const online = state === "online";
  net.classList.toggle("net-off", !online);
  net.querySelector(".dot").classList.toggle("dot-off", !online);
  const waiting = queue.length && !online ? ` (${queue.length})` : "";
  net.querySelector("[data-stek-net-text]").textContent = net.dataset[state] + waiting;
  net.querySelector("a").hidden = state !== "signedout";
}

function showWaiting() {
  const notice = question()?.querySelector("[data-stek-waiting]");
  if (notice) notice.hidden = !queue.length;
}

/* The whole page, as without JavaScript: for a session that ended, and for errors with a page. */
function sendWholePage(item) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = item.url;
  form.hidden = true;
  for (const [name, value] of item.values) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

/* The session ended while several wait: they go on as soon as the same person signed in again,
   in another tab, with the new key of the forms. */
async function waitForSignIn() {
  say("signedout");
  try {
    const answer = await fetch(window.location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-stek-net]")?.dataset.user === net.dataset.user) {
      const token = page.querySelector("main [name=csrfmiddlewaretoken]").value;
      for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
      for (const item of queue) {
        item.values = item.values.map(([name, value]) => [name, name === "csrfmiddlewaretoken" ? token : value]);
      }
      next();
      return;
    }
  } catch {
    // No line either: try again.
  }
  timer = setTimeout(waitForSignIn, AGAIN);
}

/* Under the lock nobody sees an answer. What was asked, or was not kept, goes along with the lock to
   who sent it (js/lock.js); those behind go on. */
const locked = () => "locked" in document.documentElement.dataset;

function setAside(item) {
  aside += 1;
  const said = document.querySelector("#card [data-stek-asked], #card [role=alert]");
  const detail = { action: item.url, fields: item.values, asked: said?.textContent.trim() ?? "" };
  document.dispatchEvent(new CustomEvent("stek:unseen", { detail }));
  document.getElementById("card")?.replaceChildren();
}

document.addEventListener("stek:locked", () => {
  if (askedAt && asked && question()) setAside(asked);
  answered();
});

/* As htmx takes them: of what was ticked more than once, all. */
function grouped(pairs) {
  const values = {};
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  return values;
}

async function next() {
  if (busy || askedAt || !queue.length) return;
  busy = true;
  clearTimeout(timer);
  const item = queue[0];
  item.answered = 0;
  try {
    await window.htmx.ajax("POST", item.url, {
      source: item.form, values: grouped(item.values), target: "#card", swap: "outerHTML",
    });
  } catch {
    // htmx reports what went wrong through its events, below.
  }
  busy = false;
  if (item.answered === 403 && (queue.length > 1 || aside)) {
    waitForSignIn();
  } else if (locked() && (item.answered === 422 || item.answered === 500)) {
    queue.shift();
    item.form.remove();
    setAside(item);
    say("online");
    next();
  } else if (item.answered === 403 || item.answered === 500) {
    queue.shift();
    if (net) net.dataset.waiting = String(queue.length);
    sendWholePage(item);
  } else if (item.answered >= 200 && item.answered < 500) {
    queue.shift();
    item.form.remove();
    asked = item;
    askedAt = question() ? performance.now() : 0;
    showWaiting();
    say("online");
    next();
  } else {
    say("offline");
    timer = setTimeout(next, AGAIN);
  }
}

function answered() {
  askedAt = 0;
  next();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  // The answer is for the form that was sent; a page without the piece is not swapped in.
  if (queue.length && busy && event.detail.requestConfig.path === queue[0].url) queue[0].answered = event.detail.xhr.status;
});
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:afterOnLoad", (event) => {
  // The list asks by itself every few seconds: if that came through, the line is up again.
  const signedOut = /\/(aanmelden|vergrendeld)\//.test(event.detail.xhr.responseURL);
  if (event.detail.xhr.status < 500 && !signedOut) say("online");
  if (signedOut && !queue.length) window.location.reload();
});
document.addEventListener("stek:answered", answered);

let lastSent = "";
let lastTime = -DOUBLE;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-stek-send]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  const values = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
  const key = values.find(([name]) => name === "request_id")?.[1] ?? "";
  const sent = JSON.stringify(values);
  if (key && sent === lastSent && performance.now() - lastTime < DOUBLE) return;
  lastSent = sent;
  lastTime = performance.now();
  const item = { url: new URL(form.action).pathname, values, form: standIn(form), answered: 0 };
  if (askedAt && form.closest("#card")) {
    queue.unshift(item);
    askedAt = 0;
  } else {
    const movedOn = form.matches("[data-stek-new]") || (!queue.length && performance.now() - askedAt > SEEN);
    if (askedAt && movedOn) askedAt = 0;
    queue.push(item);
  }
  freeForTheNext(form, key);
  if (net) net.dataset.waiting = String(queue.length);
  showWaiting();
  if (net?.classList.contains("net-off")) say("offline");
  next();
});

/* The next visitor is another visit: the form is emptied and gets a key of its own. */
function freeForTheNext(form, key) {
  if (form.matches("[data-stek-ask]") || form.closest("#hits")) {
    document.getElementById("q").value = "";
    document.getElementById("hits").replaceChildren();
    document.getElementById("ask-key").value = crypto.randomUUID();
  } else if (form.matches("[data-stek-anonymous]")) {
    setTimeout(() => {
      const input = document.querySelector("[data-stek-anonymous] [name=request_id]");
      if (input?.value === key) input.value = crypto.randomUUID();
    }, DOUBLE);
  }
}

/* A form may be swapped away while it waits. What stands in for it says which pieces of the answer
   belong where: the card always, and those that data-stek-send names. */
function standIn(form) {
  const copy = document.createElement("form");
  copy.hidden = true;
  copy.setAttribute("hx-target", "#card");
  copy.setAttribute("hx-select", "#card");
  // The number of people who wait stands in the menu, on every page.
  copy.setAttribute("hx-select-oob", [form.dataset.stekSend, "#line-count"].filter(Boolean).join(","));
  document.body.append(copy);
  return copy;
}

window.addEventListener("online", next);
window.addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
