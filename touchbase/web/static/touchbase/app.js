// Touchbase works without this file. It adds copy buttons, the right keyboard, keys for the board, the open part
// in sight on a phone, and where focus goes after a swap.
"use strict";
(() => {
  const live = () => document.getElementById("live");
  const say = (text) => { if (live()) live().textContent = text; };

  // Buttons that need a script stay hidden until there is one; those that only stand in for one go.
  const show = (root) => {
    root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
    root.querySelectorAll("[data-plain]").forEach((button) => { button.hidden = true; });
  };

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
    if ("private" in box.dataset) { box.inputMode = way.value === "email" ? "email" : "tel"; return; }
    box.inputMode = box.autocomplete = way.value === "email" ? "email" : "tel";
  };

  // Single keys, on the board only: they are listed there, and can be turned off for good (WCAG 2.1.4).
  const keysAreOn = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  const listKeys = () => document.querySelectorAll("[data-keys]").forEach((line) => {
    line.hidden = (line.dataset.keys === "on") !== keysAreOn();
  });
  const turnKeys = (way) => {
    try { localStorage.setItem("keys", way); } catch { /* then they stay on, and listed */ }
    listKeys();
    document.querySelector(`[data-keys="${way}"] button`)?.focus();
  };
  const move = (by) => {
    const rows = [...document.querySelectorAll(".queue a.row")].filter((row) => row.checkVisibility());
    const focused = rows.indexOf(document.activeElement);
    const opened = rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = focused >= 0 ? focused + by : opened;
    rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
  };
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    a: () => document.getElementById("ask")?.focus(),
    "?": () => document.getElementById("keys").focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!document.getElementById("keys") || !keysAreOn()) return;
    const act = KEYS[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    const turn = event.target.closest("[data-turn]");
    if (turn) turnKeys(turn.dataset.turn);
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

  // On a phone the parts stand in one line that scrolls: the one that is open is brought into sight.
  const bringHere = (link) => {
    const line = link?.closest("nav");
    if (!line) return;
    const [at, all] = [link.getBoundingClientRect(), line.getBoundingClientRect()];
    line.scrollLeft += at.left - all.left - (all.width - at.width) / 2;
  };

  // A form that comes back from the browser's memory would carry an old random number, and what was typed.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector("[name=once]")) location.reload();
  });

  document.addEventListener("DOMContentLoaded", () => {
    show(document);
    listKeys();
    document.querySelectorAll("form").forEach(keyboard);
    bringHere(document.querySelector(".rail nav a[aria-current]"));
    document.querySelector(".errors")?.focus();
  });
})();
