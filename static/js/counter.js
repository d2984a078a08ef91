/* The counter by keyboard and scanner: the cursor is always in the one field.
   Arrows choose, Enter takes the marked line, Esc clears, F2 counts somebody without a name,
   F4 enters a new household, Ctrl+Z takes the last check-in back. */

const field = document.getElementById("q");
const ask = document.getElementById("ask");
const hits = document.getElementById("hits");

const options = () => [...hits.querySelectorAll("[role=option]")];
const marked = () => hits.querySelector("[aria-selected=true]");

function mark(option) {
  for (const one of options()) one.setAttribute("aria-selected", String(one === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
  field.setAttribute("aria-expanded", String(options().length > 0));
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const next = all.indexOf(marked()) + step;
  mark(all[(next + all.length) % all.length]);
}

/* The lines belong to what is typed now, and not to a letter less. */
function hitsAreFresh() {
  const shown = hits.querySelector("[data-stek-hits]");
  return Boolean(shown) && shown.dataset.stekHits.trim() === field.value.trim();
}

function clear() {
  field.value = "";
  hits.replaceChildren();
  const error = document.getElementById("ask-error");
  if (error) error.textContent = "";
}

/* First what is typed; then the question or the form below it. */
function escape() {
  const open = document.querySelector("#card [data-stek-cancel]");
  if (!field.value && open) dismiss();
  else clear();
}

/* A card or a number goes to the server as it is; a name takes the marked line. */
const isName = (text) => !/^\s*(sk|\d)/i.test(text) || /^\s*sk[a-z]/i.test(text);

let waiting = false; // Enter was pressed before the lines came

function enter() {
  const text = field.value.trim();
  if (!text) return;
  if (!isName(text)) {
    ask.requestSubmit();
  } else if (hitsAreFresh()) {
    const option = marked();
    if (option) option.form.requestSubmit(option);
  } else {
    field.dispatchEvent(new Event("input"));
    waiting = true;
  }
}

if (field) {
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      enter();
    } else if (event.key === "Escape") {
      event.preventDefault();
      escape();
    }
  });
  field.addEventListener("input", () => {
    waiting = false;
    if (field.value.trim().length < 2 && hits.firstChild) hits.replaceChildren();
  });

  new MutationObserver(() => mark(marked())).observe(hits, { childList: true });
  hits.addEventListener("htmx:afterSwap", () => {
    // Enter came first: take the line when there is just one, else let a person choose.
    if (waiting && hitsAreFresh() && options().length === 1) options()[0].form.requestSubmit(options()[0]);
    waiting = false;
  });
}

/* A wedge scanner is a very fast typist who doesn't look where the cursor is. On a laptop set to
   AZERTY a scanner set to a US keyboard sends other signs: the physical key (event.code) tells. */
const PHYSICAL = { Minus: "-", NumpadSubtract: "-" };
for (let digit = 0; digit < 10; digit += 1) {
  PHYSICAL[`Digit${digit}`] = String(digit);
  PHYSICAL[`Numpad${digit}`] = String(digit);
}
const FAST = 250; // milliseconds between two keys, at most; a busy laptop hears a scanner slowly
const CARD = /^SK\d{10}-?\d$/; // nobody types that by accident
let burst = "";
let started = null; // what the field under the cursor held before the burst
let last = 0;

function endBurst() {
  burst = "";
  started = null;
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!field || event.ctrlKey || event.altKey || event.metaKey) return;
    const now = event.timeStamp;
    if (now - last > FAST) endBurst();
    last = now;
    if (event.key === "Enter") {
      const text = burst.toUpperCase();
      if (CARD.test(text)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (started && started.element !== field) started.element.value = started.value;
        field.value = text;
        ask.requestSubmit();
      }
      endBurst();
      return;
    }
    if (event.key.length !== 1) return;
    if (!burst && "value" in event.target && event.target.tagName === "INPUT") {
      started = { element: event.target, value: event.target.value };
    }
    burst += PHYSICAL[event.code] ?? event.key;
  },
  true,
);

/* Typing anywhere else than in a field goes to the one field. */
document.addEventListener("keydown", (event) => {
  if (!field || event.defaultPrevented || event.altKey || event.metaKey) return;
  const inField = event.target.closest("input, select, textarea");
  if (event.key === "F2") {
    event.preventDefault();
    document.querySelector("[data-stek-anonymous]")?.requestSubmit();
  } else if (event.key === "F4") {
    event.preventDefault();
    document.querySelector("[data-stek-new]")?.requestSubmit();
  } else if (event.ctrlKey && event.key.toLowerCase() === "z") {
    const undo = document.getElementById("undo");
    if (undo && (!inField || (inField === field && !field.value))) {
      event.preventDefault();
      undo.form.requestSubmit(undo);
    }
  } else if (event.key === "Escape" && !inField) {
    escape();
    field.focus();
  } else if (!event.ctrlKey && !inField && event.key.length === 1 && event.key !== " ") {
    field.focus();
  }
});

/* Minus and plus beside a small number. */
function showSteps(root) {
  for (const one of root.querySelectorAll("[data-step], [data-stek-keys]")) one.hidden = false;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) {
    const input = button.closest("[data-stek-step]").querySelector("input");
    const value = (parseInt(input.value, 10) || 0) + parseInt(button.dataset.step, 10);
    input.value = String(Math.min(Math.max(value, 0), 30));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (event.target.closest("[data-stek-cancel]") && field) {
    event.preventDefault();
    dismiss();
  }
});

/* "Niet aanmelden": the question goes, and who waits behind it goes on. */
function dismiss() {
  document.getElementById("card").replaceChildren();
  clear();
  field.focus();
  document.dispatchEvent(new Event("stek:answered"));
}

/* What was typed and not found may be the name of somebody new. */
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("[data-stek-new]")) event.target.elements.q.value = field.value;
  },
  true,
);

/* After an answer the cursor returns to the field, unless the answer asks for something itself,
   somebody works through the card with the keyboard, or a finger would get a keyboard on screen. */
const touch = window.matchMedia("(pointer: coarse)").matches;
let byKeyboard = false;
document.addEventListener("pointerdown", () => { byKeyboard = false; }, true);
document.addEventListener("keydown", () => { byKeyboard = true; }, true);

function settle() {
  showSteps(document);
  const wanted = document.querySelector("#card [data-stek-focus]");
  if (wanted) wanted.focus();
  else if (field && !touch && !(byKeyboard && document.activeElement.closest("#card"))) field.focus();
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "today" && event.detail.target.id !== "hits") settle();
});
settle();
// Somebody typed before this page was ready.
for (const moment of ["DOMContentLoaded", "load"]) {
  window.addEventListener(moment, () => {
    if (field?.value.trim() && !hitsAreFresh()) field.dispatchEvent(new Event("input"));
  });
}
