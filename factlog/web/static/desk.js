// What makes the desk quicker; every form works without it.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Names on record complete a field as it is written.
  const asked = new WeakMap();
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.type === "range") {
      const shown = $(`output[for="${field.id}"]`);
      if (shown) shown.textContent = `${field.value}%`;
    }
    const kind = field.dataset && field.dataset.names;
    if (!kind || !field.list) return;
    clearTimeout(asked.get(field));
    asked.set(field, setTimeout(async () => {
      const words = new URLSearchParams({ kind, q: field.value });
      const answer = await fetch(`/names?${words}`).catch(() => null);
      if (!answer || !answer.ok) return;
      field.list.replaceChildren(...(await answer.json()).map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }));
    }, 120));
  });

  // What a subject was narrowed to stands in the address, to be kept, sent and loaded again.
  const controls = $("form.controls");
  if (controls) document.addEventListener("htmx:after:swap", () => {
    const filled = [...new FormData(controls)].filter(([, value]) => value);
    history.replaceState(null, "", `?${new URLSearchParams(filled)}${location.hash}`);
  });

  // Sentences are copied by a button, where the browser can.
  for (const button of all("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText($(`#${button.dataset.copy}`).textContent);
      button.textContent = "Copied";
    });
  }

  // The inbox by keys: j and k go through the cards, a accepts, s skips, e mends, u takes back.
  const cards = all("li.card");
  const current = () => cards.findIndex((card) => card.classList.contains("current"));
  const choose = (place, mend) => {
    const card = cards[place];
    if (!card) return;
    for (const one of all(".current")) one.classList.remove("current");
    card.classList.add("current");
    const value = $(`#value-${card.dataset.card}`);
    if (value) {
      value.classList.add("current");
      value.scrollIntoView({ block: "nearest" });
    }
    card.scrollIntoView({ block: "nearest" });
    const first = $('input[name="claims"]', card);
    if (mend && first) first.focus();
  };
  for (const value of all("a.value")) {
    value.addEventListener("click", (event) => {
      const place = cards.findIndex((card) => card.dataset.card === value.dataset.card);
      if (place < 0) return; // its card is on another page, which the link leads to
      event.preventDefault();
      choose(place);
    });
  }
  cards.forEach((card, place) => card.addEventListener("focusin", () => {
    if (place !== current()) choose(place);
  }));
  const press = (card, what) => {
    const button = card && $(`button[value="${what}"]`, card);
    if (button) button.click();
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select");
    if (event.key === "Escape" && writing) writing.blur();
    if (!cards.length || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = current();
    const keys = {
      j: () => choose(Math.min(at + 1, cards.length - 1)),
      k: () => choose(Math.max(at - 1, 0)),
      e: () => choose(Math.max(at, 0), true),
      a: () => press(cards[at], "accept"),
      s: () => press(cards[at], "skip"),
      u: () => { const undo = $("form.undo button"); if (undo) undo.click(); },
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  if (cards.length && current() >= 0) choose(current());

  // A file that is dropped on the page is the article.
  const file = $('input[type="file"]');
  if (file) {
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) file.files = event.dataTransfer.files;
    });
  }

  // Another browser's or a terminal's changes are told of.
  const told = $(".pulse");
  let first = null;
  const look = async () => {
    const answer = document.hidden ? null : await fetch("/pulse").catch(() => null);
    if (answer && answer.ok) {
      const { event } = await answer.json();
      if (first === null) first = event;
      told.hidden = event === first;
    }
    setTimeout(look, 3000);
  };
  if (told) {
    $("a", told).addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
    look();
  }
})();
