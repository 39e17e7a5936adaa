// What is drawn anew stays as the person left it: what was unfolded, and where the focus was.
(() => {
  "use strict";
  const moodreel = window.moodreel;
  const dialogue = () => document.getElementById("dialogue");
  let unfolded = new Set(); // places of open disclosures
  let focus = null; // what had the focus in an answer, and its place
  let shown = ""; // the conversation that those are places of

  const conversation = () => new URLSearchParams(location.search).get("c") ?? "";
  const rows = () => [...(dialogue()?.querySelectorAll(".bot-row") ?? [])];

  // An answer, one of its films, and a number within that: all but the latter two are drawn anew.
  const placeOf = (element, kind) => {
    const card = element.closest("[data-item]");
    const row = element.closest(".bot-row");
    if (!card || !row || !dialogue()?.contains(row)) return null;
    return JSON.stringify([
      rows().indexOf(row),
      card.dataset.item,
      [...card.querySelectorAll(kind)].indexOf(element),
    ]);
  };

  const at = (place, kind) => {
    const [row, item, number] = JSON.parse(place);
    const cards = [...(rows()[row]?.querySelectorAll("[data-item]") ?? [])];
    return cards.find((card) => card.dataset.item === item)?.querySelectorAll(kind)[number];
  };

  const DISCLOSURES = "details";
  const CONTROLS = "summary, button, a[href]";

  document.addEventListener(
    "toggle",
    ({ target }) => {
      const place = target instanceof Element && placeOf(target, DISCLOSURES);
      if (!place) return;
      if (target.open) unfolded.add(place);
      else unfolded.delete(place);
    },
    { capture: true },
  );

  document.addEventListener("focusin", ({ target }) => {
    const place = placeOf(target, CONTROLS);
    focus = place && { element: target, place };
  });

  document.addEventListener("pointerdown", ({ target }) => {
    if (!focus?.element.contains(target)) focus = null;
  });

  const anotherConversation = () => {
    const now = conversation();
    if (now !== shown && shown) [unfolded, focus] = [new Set(), null];
    shown = now;
  };

  // Called after every drawing, before the next frame is seen.
  moodreel.restore = () => {
    anotherConversation();
    for (const place of unfolded) {
      const disclosure = at(place, DISCLOSURES);
      if (disclosure && !disclosure.open) disclosure.open = true;
    }
    const lost = focus && !focus.element.isConnected && document.activeElement === document.body;
    if (lost) at(focus.place, CONTROLS)?.focus({ preventScroll: true });
  };
})();
