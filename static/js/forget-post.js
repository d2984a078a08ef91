/* A browser keeps the form that it sent together with the page that answered it, and writes both to
   the file from which it opens its windows again: names and notes, on a laptop that is shared. This
   takes the form out before that file is written. The page is then the one where the form was: what
   F5 and the back button ask for. Not a module, because it must not wait for the page. */

history.replaceState(null, "", window.location.href);

document.addEventListener("DOMContentLoaded", () => {
  const before = document.referrer;
  if (!before.startsWith(`${window.location.origin}/`)) return;
  // What was written from this address still leads there.
  for (const form of document.querySelectorAll("form:not([action])")) form.setAttribute("action", window.location.href);
  for (const link of document.querySelectorAll("a[href^='?']")) link.setAttribute("href", link.href);
  history.replaceState(null, "", before);
});
