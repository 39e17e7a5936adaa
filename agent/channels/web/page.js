// The page's own script: presses in our HTML reach Python, files are saved, the address follows the
// conversation, and a lost connection is said.
(() => {
  "use strict";
  const moodreel = (window.moodreel = window.moodreel || { bridges: {} });
  moodreel.bridges = moodreel.bridges || {};

  const press = (element) => {
    const { to, ...data } = element.dataset;
    const bridge = moodreel.bridges[to];
    if (bridge) bridge(data);
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const copied = target?.closest("[data-copy]");
    if (copied) return copy(copied);
    const pressed = target?.closest("[data-to]");
    if (pressed && !pressed.disabled) press(pressed);
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-to]") : null;
    const native = target?.matches("button, a[href], summary, input, select, textarea");
    if (!target || native || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    press(target);
  });

  const copy = async (button) => {
    const says = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Your browser doesn't allow copying";
    }
    setTimeout(() => (button.textContent = says), 2000);
  };

  // The conversation that this tab shows stands in its address, so that a reload resumes it.
  moodreel.at = (conversation) => {
    const url = new URL(location.href);
    if (conversation) url.searchParams.set("c", conversation);
    else url.searchParams.delete("c");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
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
})();
