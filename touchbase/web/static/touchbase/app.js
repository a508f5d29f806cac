// Touchbase works without this file. It adds a copy button, the right keyboard, and where focus goes after a swap.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const say = (text) => { if (live()) live().textContent = text; };

  // Buttons that need a script stay hidden until there is one.
  const show = (root) => root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });

  const copy = async (button) => {
    const from = document.getElementById(button.dataset.copy);
    const text = from.value ?? from.innerText;
    try {
      await navigator.clipboard.writeText(text);
      say("");
      setTimeout(() => say(document.body.dataset.copied), 50);
      button.dataset.label ??= button.textContent;
      button.textContent = document.body.dataset.copied;
      setTimeout(() => { button.textContent = button.dataset.label; }, 4000);
    } catch {
      if (from.select) { from.focus(); from.select(); }
    }
  };

  // One box for a number or an address: the keyboard follows the picked way.
  const keyboard = (form) => {
    const way = form.querySelector("[name=channel]:checked");
    const box = form.querySelector("[name=contact]");
    if (!way || !box) return;
    box.inputMode = box.autocomplete = way.value === "email" ? "email" : "tel";
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
    const leave = event.target.closest("[data-leave]");
    if (leave && event.button === 0 && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      location.replace(leave.href); // "Back" doesn't lead here again
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "channel") keyboard(event.target.form);
  });

  // After a swap: to the error summary, else to the new heading; and the result is spoken once.
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    show(part);
    const place = part.querySelector(".errors, h1[tabindex], h2[tabindex]");
    if (place) place.focus();
    const said = part.querySelector("[role=status]");
    if (said) say(said.textContent.trim());
  });

  // A form that comes back from the browser's memory would carry an old random number, and what was typed.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[name=once]")) location.reload();
  });

  document.addEventListener("DOMContentLoaded", () => {
    show(document);
    document.querySelectorAll("form").forEach(keyboard);
    document.querySelector(".errors")?.focus();
  });
})();
