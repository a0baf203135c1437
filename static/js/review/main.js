/** The review list by keyboard: how many are ticked, all without findings, the unit before and after. */

const form = document.getElementById("pass-form");
const button = document.getElementById("pass-ticked");

function boxes() {
  return Array.from(form.querySelectorAll("input[name=pick]"));
}

/** The button says how many it is about. */
function count() {
  if (!button) return;
  const ticked = boxes().filter((box) => box.checked).length;
  button.textContent = button.dataset.words + " " + ticked;
  button.setAttribute("aria-disabled", ticked ? "false" : "true");
}

function tickClean(event) {
  event.preventDefault();
  boxes().forEach((box) => { box.checked = "clean" in box.dataset; });
  count();
  button.focus();
}

/** J and K, as the lines beside the table say; not while somebody types. */
function step(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
  const link = { j: "unit-after", k: "unit-before" }[event.key.toLowerCase()];
  const found = link && document.getElementById(link);
  if (found) found.click();
}

form.addEventListener("change", count);
document.addEventListener("keydown", step);
const clean = document.getElementById("tick-clean");
if (clean) clean.addEventListener("click", tickClean);
count();
