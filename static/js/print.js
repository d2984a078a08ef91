/* A button that prints; without JavaScript the page says which keys do. */
for (const button of document.querySelectorAll("[data-stek-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
