// Sending, and what becomes of it when the server is not there: a page that isn't known yet waits,
// a lost connection is said, a server that was started anew is loaded anew, and what was typed or
// not answered yet is kept.
(() => {
  "use strict";
  const moodreel = window.moodreel;
  const KEPT = "moodreel-kept";
  const OFTEN = 3000;
  const box = () => document.querySelector("#box textarea");
  const button = () => document.querySelector("#box .submit-button");

  let here = false; // Python knows who this is
  let gone = false; // the server doesn't answer
  let run = null; // which run of the server answered last
  let first = null; // what was pressed before Python knew
  let wanted = false; // sending was tried without a connection
  let pending = ""; // sent, and not shown in the dialogue yet

  const fill = (text) => {
    const field = box();
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Called by Gradio with what it is about to send. It leaves the box at once, so that it can't be
  // sent twice; Python puts back what it refuses.
  moodreel.sent = (given) => {
    pending = given[0];
    fill("");
    setTimeout(look, 1000);
    return given;
  };

  let rows = 0;
  moodreel.drawn = (now) => {
    if (now > rows) pending = "";
    rows = now;
  };

  const hold = (event, element) => {
    const sends = element !== null && element === button();
    const blank = sends && !box()?.value.trim();
    if (!element || (here && !gone && !blank)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (blank) return;
    if (!here) first = element;
    else if (sends) {
      wanted = true;
      look();
    }
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== box()) return;
      kept.text = "";
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) hold(event, button());
    },
    { capture: true },
  );

  const held = "#box .submit-button, #dialogue .example, #new";
  document.addEventListener(
    "click",
    (event) => hold(event, event.target instanceof Element ? event.target.closest(held) : null),
    { capture: true },
  );

  moodreel.arrived = () => {
    here = true;
    if (kept.send && kept.text) {
      fill(kept.text);
      first = button();
    }
    const pressed = first;
    first = null;
    setTimeout(() => (kept.text = ""), pressed ? 0 : 2000);
    if (pressed) setTimeout(() => pressed.click(), 50);
  };

  // After loading anew: Gradio may still set its own value, so the text is put in until it stays.
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  sessionStorage.removeItem(KEPT);

  const restoring = setInterval(() => {
    if (!kept.text) clearInterval(restoring);
    else if (box() && !box().value) fill(kept.text);
  }, 200);

  const unanswered = () => {
    const waiting = document.querySelector("#dialogue .mr-reply[aria-busy]")?.closest(".bot-row");
    let row = waiting?.previousElementSibling;
    while (row && !row.matches(".user-row")) row = row.previousElementSibling;
    return row?.querySelector("[data-testid]")?.textContent?.trim() ?? "";
  };

  const keep = () => {
    const typed = box()?.value ?? "";
    const text = typed || unanswered() || pending || kept.text || "";
    sessionStorage.setItem(KEPT, JSON.stringify({ text, send: wanted && Boolean(typed) }));
  };

  const loadAnew = () => {
    keep();
    location.reload();
  };

  // Gradio too loads the page anew when its server is back, and may be the first to see it.
  window.addEventListener("pagehide", () => {
    if (gone) keep();
  });

  const banner = (text) => {
    let place = document.getElementById("mr-connection");
    if (!place) {
      place = Object.assign(document.createElement("div"), { id: "mr-connection" });
      place.setAttribute("role", "alert");
      document.body.append(place);
    }
    if (place.textContent !== text) place.textContent = text;
    place.hidden = !text;
  };

  const look = async () => {
    try {
      const answer = await fetch("health", { cache: "no-store", signal: AbortSignal.timeout(4000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const there = await answer.json();
      if (run && there.run !== run) return loadAnew();
      run = there.run;
      gone = false;
      banner("");
      if (wanted) button()?.click();
    } catch {
      gone = true;
      banner("The connection is gone; trying again …");
      if (pending && !box()?.value) fill(pending);
      pending = "";
    }
    wanted = false;
  };

  const keepLooking = async () => {
    if (!document.hidden) await look();
    setTimeout(keepLooking, OFTEN);
  };
  document.addEventListener("visibilitychange", look);
  keepLooking();
})();
