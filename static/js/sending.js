/* Forms that must not get lost: each is sent with its key until the server has answered.
   They leave in the order in which they were made; the field is free for the next visitor at once.
   When the line is down they wait here and are tried again: the key makes sending twice harmless. */

const AGAIN = 3000; // milliseconds until the next try
const queue = [];
let busy = false;
let timer = 0;

const net = document.querySelector("[data-stek-net]");
if (net) net.hidden = false;

/* "Everything is kept" is only said when nothing waits here any more. */
function say(online) {
  if (!net || (online && queue.length)) return;
  net.classList.toggle("net-off", !online);
  net.querySelector(".dot").classList.toggle("dot-off", !online);
  const text = online ? net.dataset.online : `${net.dataset.offline} (${queue.length})`;
  net.querySelector("[data-stek-net-text]").textContent = text;
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

async function next() {
  if (busy || !queue.length) return;
  busy = true;
  clearTimeout(timer);
  const item = queue[0];
  try {
    const values = {};
    for (const [name, value] of item.values) values[name] = value;
    item.answered = 0;
    await window.htmx.ajax("POST", item.url, { source: item.form, values, target: item.target, swap: "outerHTML" });
  } catch {
    // htmx reports what went wrong through its events, below.
  }
  busy = false;
  if (item.answered >= 200 && item.answered < 500 && item.answered !== 403) {
    queue.shift();
    say(true);
    next();
  } else if (item.answered === 403 || item.answered === 500) {
    queue.shift();
    sendWholePage(item);
  } else {
    say(false);
    timer = setTimeout(next, AGAIN);
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  // The answer is for the form that was sent; a page without the piece is not swapped in.
  if (queue.length && busy && event.detail.requestConfig.path === queue[0].url) queue[0].answered = event.detail.xhr.status;
});
document.addEventListener("htmx:sendError", () => say(false));
document.addEventListener("htmx:timeout", () => say(false));
document.addEventListener("htmx:afterOnLoad", (event) => {
  // The list asks by itself every few seconds: if that came through, the line is up again.
  if (event.detail.xhr.status < 500) say(true);
  if (event.detail.xhr.responseURL.includes("/aanmelden/") && event.detail.pathInfo.requestPath.includes("/lijst/")) window.location.reload();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-stek-send]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  const values = [...new FormData(form, event.submitter)].filter(([, value]) => typeof value === "string");
  queue.push({ url: new URL(form.action).pathname, values, form: keep(form), target: "#card", answered: 0 });
  if (form.matches("[data-stek-ask]") || form.closest("#hits")) {
    // The next visitor is another visit: the field is emptied and gets a key of its own.
    document.getElementById("q").value = "";
    document.getElementById("hits").replaceChildren();
    document.getElementById("ask-key").value = crypto.randomUUID();
  }
  if (net?.classList.contains("net-off")) say(false);
  next();
});

/* A form may be swapped away while it waits; an empty copy with its hx-* attributes stays. */
function keep(form) {
  const copy = form.cloneNode(false);
  copy.removeAttribute("data-stek-send");
  copy.removeAttribute("id");
  copy.hidden = true;
  document.body.append(copy);
  setTimeout(() => copy.remove(), 10 * 60 * 1000);
  return copy;
}

window.addEventListener("online", next);
window.addEventListener("beforeunload", (event) => {
  if (queue.length) event.preventDefault();
});
