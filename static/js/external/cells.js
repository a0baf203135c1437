/** Opens a cell beside the sheet without leaving the place where one is; without this script the link does it. */

const drawn = document.getElementById("drawn");
const beside = document.getElementById("beside");

async function open(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error("not the page");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("beside");
  if (!found) throw new Error("not the page");
  while (beside.firstChild) beside.removeChild(beside.firstChild);
  for (const node of Array.from(found.childNodes)) beside.appendChild(document.adoptNode(node));
  mark(link.closest("td"));
  history.replaceState(null, "", link.href);
  const first = beside.querySelector("input[type=text], select");
  if (first) first.focus();
}

function mark(cell) {
  const before = drawn.querySelector("td.is-chosen");
  if (before) before.classList.remove("is-chosen");
  cell.classList.add("is-chosen");
}

drawn.addEventListener("click", (event) => {
  const link = event.target.closest("a.upper-cell");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  open(link).catch(() => {
    window.location.href = link.href;
  });
});
