/* The table: what is half filled in is kept as a draft, and papers of the chosen theme come first.
   Without this script the form is complete; it only shows more at once. */

const WAIT = 500; // milliseconds after the last tap
const AGAIN = 3000; // until the next try when the line is down

let timer = 0;
let sending = null; // the draft that is on its way

const questionForm = () => document.querySelector("[data-stek-question]");

function keepDraft() {
  const form = questionForm();
  if (!form) return;
  sending?.abort();
  sending = new AbortController();
  const stays = { method: "POST", body: new URLSearchParams(new FormData(form)), signal: sending.signal };
  fetch(form.dataset.stekDraft, { ...stays, credentials: "same-origin", redirect: "error" })
    .then((answer) => {
      const said = form.querySelector("[data-stek-drafted]");
      if (answer.status === 204) said.hidden = false;
    })
    .catch((error) => {
      if (error.name !== "AbortError") timer = setTimeout(keepDraft, AGAIN);
    });
}

function forget() {
  clearTimeout(timer);
  sending?.abort();
}

/* The papers that belong to the theme; the others behind one tap. */
function showOfTheme(form, all = false) {
  const theme = form.querySelector("[name=theme]:checked")?.value ?? "";
  let left = 0;
  for (const input of form.querySelectorAll("[data-stek-documents] input")) {
    const fits = all || !theme || input.checked || input.dataset.themes.split(" ").includes(theme);
    input.closest("label").hidden = !fits;
    if (!fits) left += 1;
  }
  const button = form.querySelector("[data-stek-all]");
  if (button) button.hidden = !left;
}

/* Who helps with this theme, as soon as "doorverwezen" is chosen; the form goes along, because what
   was chosen before stays chosen. */
function askPartners(form) {
  const place = form.querySelector("[data-stek-referral]");
  if (!place || !window.htmx || form.querySelector("[name=outcome]:checked")?.value !== "referred") return;
  const values = {};
  for (const [name, value] of new FormData(form)) (values[name] ??= []).push(value);
  window.htmx.ajax("POST", place.dataset.stekReferral, { target: place, swap: "innerHTML", values });
}

/* The one button says what it will do. */
function nameSave(form) {
  const save = form.querySelector("[data-stek-referred]");
  if (!save) return;
  save.dataset.stekPlain ??= save.textContent;
  const refers = form.querySelector("[name=outcome]:checked")?.value === "referred" && form.querySelector("[name=partner]:checked");
  save.textContent = refers ? save.dataset.stekReferred : save.dataset.stekPlain;
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("[data-stek-question]");
    if (!form) return;
    if (event.target.name === "theme") showOfTheme(form);
    if (kind === "change" && ["theme", "outcome"].includes(event.target.name)) askPartners(form);
    nameSave(form);
    if (kind === "change" && event.target.name === "partner") form.querySelector("[name=consent]")?.closest("fieldset").scrollIntoView({ block: "nearest" });
    clearTimeout(timer);
    timer = setTimeout(keepDraft, WAIT);
  });
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-stek-all]")) showOfTheme(questionForm(), true);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-stek-question]")) forget();
}, true);

function settle() {
  const form = questionForm();
  if (!form) return;
  showOfTheme(form);
  nameSave(form);
  if (form.querySelector("[data-stek-loading]")) askPartners(form);
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "referral") event.detail.target.scrollIntoView({ block: "nearest" });
  if (event.detail.target.id === "card") {
    settle();
    const wrong = document.querySelector("#card [role=alert]");
    (wrong ?? document.getElementById("card")).scrollIntoView({ block: "nearest" });
  }
});
settle();
