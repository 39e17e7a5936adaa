// Searching, opening all, and a count of what is shown. The rest of the page works without it.
const scripts = [...document.querySelectorAll(".script")];
const form = document.querySelector(".filters");
const search = form.querySelector("input[type=search]");
const fold = form.querySelector(".fold");
const texts = new Map();

const textOf = (script) => {
  if (!texts.has(script)) texts.set(script, script.textContent.toLowerCase());
  return texts.get(script);
};

const update = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const script of scripts) {
    const text = words.length ? textOf(script) : "";
    script.hidden = !words.every((word) => text.includes(word));
  }
  const shown = scripts.filter((script) => getComputedStyle(script).display !== "none");
  form.querySelector(".shown").textContent = `${shown.length} of ${scripts.length} shown`;
};

search.parentElement.hidden = false;
fold.hidden = false;
form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
fold.addEventListener("click", () => {
  const opening = fold.textContent === "Open all";
  for (const script of scripts) script.open = opening;
  fold.textContent = opening ? "Close all" : "Open all";
});
// A link to a script that a filter hides shows it.
addEventListener("hashchange", () => {
  const target = document.getElementById(location.hash.slice(1))?.closest(".script");
  if (!target) return;
  form.reset();
  update();
  target.open = true;
  target.scrollIntoView();
});
update();
