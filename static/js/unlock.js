/* The lock screen: choosing a name goes on to the digits, and the sixth one sends them.
   Without this script the button does. */

const form = document.querySelector("[data-stek-unlock]");
const pin = form?.elements.pin;
const chosen = () => form.querySelector("[name=who]:checked");

if (form) {
  // A tap, or Enter on a name; going along the names with the arrows stays among them.
  for (const name of form.querySelectorAll("[name=who]")) {
    name.addEventListener("click", (event) => {
      if (event.detail > 0) pin.focus();
    });
    name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      name.checked = true;
      pin.focus();
    });
  }
  pin.addEventListener("input", () => {
    pin.value = pin.value.replace(/\D/g, "");
    if (pin.value.length === 6 && chosen()) form.requestSubmit();
  });
  // Digits typed while a name is still under the cursor belong in the field.
  document.addEventListener("keydown", (event) => {
    if (!/^\d$/.test(event.key) || event.target === pin || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    pin.focus();
    pin.value += event.key;
    pin.dispatchEvent(new Event("input"));
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  if (chosen()) pin.focus();
  else form.querySelector("[name=who]")?.focus();
}

// Other windows of this laptop show somebody's page no longer.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
