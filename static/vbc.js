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

  // When htmx cannot reach the server, say so in words instead of doing nothing.
  document.addEventListener("htmx:sendError", (event) => {
    const place = event.detail.elt.querySelector("[role=status]");
    if (place) place.textContent = "We cannot reach the service. We keep trying.";
  });
})();
