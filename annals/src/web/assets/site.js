// Comfort for pages that work without it: the choice of colours, keys, search while typing, the value under the pointer,
// buttons that copy a citation. Nothing is loaded, and nothing but these two choices is kept.
"use strict";
(() => {
  const root = document.documentElement;
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* then it holds for this page */ } };
  const chosen = kept("annals-theme");
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  const make = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  function theme(tools) {
    const button = make("button", "", { type: "button" });
    const tell = () => { button.textContent = isDark() ? "☀ Light" : "☾ Dark"; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      keep("annals-theme", root.dataset.theme);
      tell();
    });
    tell();
    tools.append(button);
    return button;
  }

  // A place inside a fold is shown by opening what it is folded in.
  function unfold() {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const own = place.querySelector(":scope > details");
    if (own && place.closest(".timeline, .people, .due")) own.open = true;
    place.scrollIntoView();
  }

  const STOPS = ".timeline > li > details > summary, .lead summary, .people li > details > summary, .stories h2 a, .hits h2 a, .wide th a";
  function step(by) {
    const stops = [...document.querySelectorAll(STOPS)].filter((s) => s.checkVisibility());
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement);
    const next = stops[Math.min(Math.max(at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by, 0), stops.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function help() {
    const dialog = make("dialog", "", { class: "keys", "aria-labelledby": "keys-head" });
    dialog.append(make("h2", "Keys", { id: "keys-head" }));
    const list = make("dl", "");
    for (const [key, told] of [["/", "to the search box"], ["j k", "to the next, the previous line"], ["Enter", "opens or closes it"], ["t", "light or dark"], ["?", "this help"]]) {
      const dt = make("dt", "");
      dt.append(make("kbd", key));
      list.append(dt, make("dd", told));
    }
    const label = make("label", " use these single keys");
    const box = make("input", "", { type: "checkbox" });
    box.checked = kept("annals-keys") !== "off";
    box.addEventListener("change", () => keep("annals-keys", box.checked ? "on" : "off"));
    label.prepend(box);
    const line = make("p", "");
    line.append(label);
    const form = make("form", "", { method: "dialog" });
    form.append(make("button", "Close", { type: "submit" }));
    dialog.append(list, line, form);
    document.body.append(dialog);
    return dialog;
  }

  function keys(tools, themeButton) {
    const dialog = help();
    const button = make("button", "? Keys", { type: "button" });
    button.addEventListener("click", () => dialog.showModal());
    tools.append(button);
    document.addEventListener("keydown", (event) => {
      const writes = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
      if (writes || event.ctrlKey || event.metaKey || event.altKey || kept("annals-keys") === "off") return;
      const deeds = {
        "/": () => document.getElementById("q")?.focus(),
        j: () => step(1),
        k: () => step(-1),
        t: () => themeButton.click(),
        "?": () => dialog.showModal(),
      };
      const deed = deeds[event.key];
      if (!deed) return;
      event.preventDefault();
      deed();
    });
  }

  // The same page is asked for as the button would, and its results put in the place of these.
  function live(form) {
    const results = document.getElementById("results");
    if (!results) return;
    let waiting;
    let asking;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        asking?.abort();
        asking = new AbortController();
        const fields = [...new FormData(form)].filter(([, value]) => value !== "");
        const address = `${form.getAttribute("action")}?${new URLSearchParams(fields)}`;
        try {
          const answer = await fetch(address, { signal: asking.signal });
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const found = page.getElementById("results");
          if (!found) return;
          document.getElementById("results").replaceChildren(...document.importNode(found, true).childNodes);
          history.replaceState(null, "", address);
        } catch { /* a newer question is on its way, or the server is gone: the button still works */ }
      }, 250);
    });
  }

  function charts() {
    for (const chart of document.querySelectorAll(".chart")) {
      const drawing = chart.querySelector(".steps");
      const points = [...drawing.querySelectorAll(".point")];
      const readout = make("p", " ", { class: "readout", "aria-hidden": "true" });
      drawing.after(readout);
      const clear = () => {
        points.forEach((p) => p.classList.remove("near"));
        readout.textContent = " ";
      };
      drawing.addEventListener("pointermove", (event) => {
        const far = (point) => {
          const box = point.lastElementChild.getBoundingClientRect();
          return Math.hypot(box.x + box.width / 2 - event.clientX, (box.y + box.height / 2 - event.clientY) / 3);
        };
        const near = points.reduce((a, b) => (far(b) < far(a) ? b : a));
        clear();
        near.classList.add("near");
        readout.textContent = near.dataset.told;
      });
      drawing.addEventListener("pointerleave", clear);
    }
  }

  // One listener for all citations, also those that come with results.
  function citations() {
    document.addEventListener("toggle", (event) => {
      const cite = event.target;
      if (!cite.matches?.("details.cite") || !cite.open || cite.querySelector("button")) return;
      const button = make("button", "Copy", { type: "button" });
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(cite.querySelector(".citation").textContent);
          button.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(cite.querySelector(".citation"));
          button.textContent = "Marked: copy it with the keyboard";
        }
      });
      cite.append(button);
    }, true);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const tools = document.querySelector(".tools");
    keys(tools, theme(tools));
    document.querySelectorAll("form.filters, .front form.find").forEach(live);
    charts();
    citations();
    unfold();
    addEventListener("hashchange", unfold);
  });
})();
