// The page's own script: presses in our HTML reach Python, files are saved, the address follows
// the conversation, and the latest message stays in view.
(() => {
  "use strict";
  const moodreel = (window.moodreel = { bridges: {} });
  const box = () => document.querySelector("#box textarea");

  // The buttons "back" and "forward" of a browser go from conversation to conversation.

  const named = () => new URL(location.href).searchParams.get("c") ?? "";
  let moving = false; // somebody goes to another conversation

  window.addEventListener("popstate", () => {
    moving = false;
    if (named()) moodreel.bridges.sessions?.({ act: "open", id: named() });
    else document.querySelector("#new")?.click();
  });

  // Presses

  const press = (element) => {
    const { to, ...data } = element.dataset;
    moodreel.bridges[to]?.(data);
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("#new, #sessions [data-to]")) closeSidebar();
    if (target?.closest("#new, [data-to=sessions]")) moving = Boolean(named());
    if (event.detail === 0 && target?.closest("#dialogue .example")) box()?.focus();
    const pressed = target?.closest("[data-to], [data-copy], [data-toggles]");
    if (!pressed || pressed.disabled) return;
    if (pressed.dataset.copy !== undefined) copy(pressed);
    else if (pressed.dataset.toggles) toggle(pressed);
    else press(pressed);
    // By keyboard: what had the focus may be drawn anew, and the next thing is to type.
    if (event.detail === 0 && pressed.dataset.to === "chat") box()?.focus();
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-to]") : null;
    const native = target?.matches("button, a[href], summary, input, select, textarea");
    if (!target || native || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    press(target);
  });

  // Files that are dropped on the conversation are brought in like those that are chosen.

  const zone = (event) => {
    const target = event.target instanceof Element ? event.target.closest("#chat") : null;
    return event.dataTransfer?.types.includes("Files") ? target : null;
  };
  const leave = () => document.querySelector("#chat")?.classList.remove("mr-dropping");

  document.addEventListener("dragover", (event) => {
    const target = zone(event);
    if (!target) return;
    event.preventDefault();
    target.classList.add("mr-dropping");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? leave());
  document.addEventListener("drop", (event) => {
    leave();
    const input = zone(event) && document.querySelector("#typing input[type=file]");
    if (!input) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // Tabs are walked as screen readers announce them: with arrows.
  document.addEventListener("keydown", (event) => {
    const tab = event.target instanceof Element ? event.target.closest("[role=tab]") : null;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!tab || !step) return;
    const all = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
    const next = all[(all.indexOf(tab) + step + all.length) % all.length];
    event.preventDefault();
    next.focus();
    next.click();
  });

  // On a phone the tabs stand at the lower edge: what was chosen comes into view.
  document.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest("[role=tab]") : null;
    if (tab?.getBoundingClientRect().top > innerHeight / 2) tab.scrollIntoView();
  });

  const copy = async (button) => {
    const says = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Your browser doesn't allow that";
    }
    setTimeout(() => (button.textContent = says), 2000);
  };

  const toggle = (button) => {
    const open = document.querySelector(button.dataset.toggles)?.classList.toggle("open");
    button.setAttribute("aria-expanded", String(Boolean(open)));
  };

  const closeSidebar = () => {
    document.querySelector("#sidebar")?.classList.remove("open");
    document.querySelector("[data-toggles='#sidebar']")?.setAttribute("aria-expanded", "false");
  };

  // What Python asks for

  moodreel.at = (conversation) => {
    const url = new URL(location.href);
    if (conversation.length > 1) url.searchParams.set("c", conversation);
    else url.searchParams.delete("c");
    const change = moving ? "pushState" : "replaceState";
    if (url.href !== location.href) history[change](history.state, "", url);
    moving = false;
    following = true;
  };

  moodreel.save = (offered) => {
    if (!offered) return;
    const { name, text } = JSON.parse(offered);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // The latest message stays at the top of the view while its answer grows below it, until the
  // person scrolls.

  let following = true;
  let rows = 0;

  const follow = () => {
    const mine = document.querySelectorAll("#dialogue .user-row");
    if (mine.length > rows) following = true;
    rows = mine.length;
    const last = mine[mine.length - 1];
    const view = last?.closest(".bubble-wrap");
    if (!following || !view) return;
    view.scrollTop += last.getBoundingClientRect().top - view.getBoundingClientRect().top - 8;
  };

  for (const moved of ["wheel", "touchmove", "keydown", "pointerdown"])
    document.addEventListener(
      moved,
      (event) => {
        if (event.target instanceof Element && event.target.closest("#dialogue")) following = false;
      },
      { passive: true },
    );

  // Names that Gradio leaves out, for those who hear the page.

  const name = () => {
    document.querySelector("#box .submit-button")?.setAttribute("aria-label", "Send");
    for (const said of document.querySelectorAll("#dialogue [data-testid][aria-label]:not([role])")) {
      said.setAttribute("role", "group");
      const whose = said.dataset.testid === "user" ? "You" : "Moodreel";
      said.setAttribute("aria-label", whose);
    }
    const starters = document.querySelector("#dialogue .examples[role=list]");
    starters?.setAttribute("role", "group");
    starters?.setAttribute("aria-label", "To begin with");
    for (const tab of document.querySelectorAll("[role=tab][aria-controls]")) {
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel?.setAttribute("aria-labelledby", tab.id);
    }
  };

  let drawing = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(() => {
      name();
      moodreel.restore?.();
      follow();
      moodreel.drawn?.(rows);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
