// Keys and dragging: everything here can be done without it too.
"use strict";
(() => {
  document.documentElement.classList.add("keys");
  const dialog = document.getElementById("keys");
  const links = [...document.querySelectorAll(".list h3 a")];
  let at = -1;
  const go = (step) => {
    if (!links.length) return;
    at = Math.min(Math.max(at + step, 0), links.length - 1);
    links[at].focus();
    links[at].closest("li").scrollIntoView({ block: "nearest" });
  };
  links.forEach((link, i) => link.addEventListener("focus", () => { at = i; }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=radio]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const field = document.getElementById("q") || document.querySelector(".quick input");
    const follow = (key) => document.querySelector(`[data-key="${key}"]`)?.click();
    const keys = {
      "/": () => { field.focus(); field.select(); },
      "?": () => (dialog.open ? dialog.close() : dialog.showModal()),
      j: () => go(1),
      k: () => go(-1),
      n: () => follow("n"),
      p: () => follow("p"),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // Days are chosen by dragging over them.
  for (const figure of document.querySelectorAll("[data-histogram]")) {
    const bars = [...figure.querySelectorAll("[data-from]")];
    const form = document.querySelector("form.ask");
    let first = -1, last = -1, moved = false;
    const under = (event) => {
      const box = figure.querySelector("svg").getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      return Math.min(Math.max(Math.floor(share * bars.length), 0), bars.length - 1);
    };
    const show = () => bars.forEach((bar, i) =>
      bar.classList.toggle("picked", first >= 0 && i >= Math.min(first, last) && i <= Math.max(first, last)));
    figure.addEventListener("dragstart", (event) => event.preventDefault());
    figure.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.target.closest("svg")) return;
      first = last = under(event);
      moved = false;
    });
    window.addEventListener("pointermove", (event) => {
      if (first < 0) return;
      const now = under(event);
      if (now !== last) { last = now; moved = true; show(); }
    });
    window.addEventListener("pointerup", () => {
      if (first < 0) return;
      const [from, to] = [bars[Math.min(first, last)].dataset.from, bars[Math.max(first, last)].dataset.to];
      const dragged = moved;
      first = last = -1;
      if (!dragged) return;
      const which = figure.dataset.histogram;
      form.elements[`${which}from`].value = from;
      form.elements[`${which}to`].value = to;
      form.requestSubmit();
    });
    figure.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
  }
})();
