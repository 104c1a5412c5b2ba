// What the pages add to the design system's own script. Everything here is a comfort: each page
// works without it.
(() => {
  "use strict";

  // A details menu in the header closes on Escape, and when the focus or a click goes elsewhere.
  for (const menu of document.querySelectorAll(".vbc-account details")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }

  // On paper everything that can be unfolded is unfolded.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    for (const each of folded) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of folded) each.open = false;
  });

  // Keys for what is done hundreds of times. They work only while the focus is inside the part of the
  // page that says so, and never while somebody writes.
  for (const place of document.querySelectorAll("[data-keys]")) {
    place.addEventListener("keydown", (event) => {
      const writes = event.target.closest("input, textarea, select, [contenteditable]");
      if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const wanted = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!wanted) return;
      event.preventDefault();
      if (wanted.matches("textarea")) wanted.focus();
      else wanted.click();
    });
  }

  // When htmx cannot reach the server, say so in words instead of doing nothing.
  document.addEventListener("htmx:sendError", (event) => {
    const place = event.detail.elt.querySelector("[role=status]");
    if (place) place.textContent = "We cannot reach the service. We keep trying.";
  });
})();
