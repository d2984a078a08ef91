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
  for (const hint of form.querySelectorAll("[data-stek-partners]")) {
    hint.hidden = hint.dataset.stekPartners !== theme;
  }
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest("[data-stek-question]");
    if (!form) return;
    if (event.target.name === "theme") showOfTheme(form);
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
  if (form) showOfTheme(form);
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id === "card") {
    settle();
    const wrong = document.querySelector("#card [role=alert]");
    (wrong ?? document.getElementById("card")).scrollIntoView({ block: "nearest" });
  }
});
settle();
