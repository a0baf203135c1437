/** Keeps what is ticked in the tree when a branch is opened or another page of it is shown: by the address of the link. */

const FIELD = "units";

function ticked() {
  const boxes = document.querySelectorAll(`input[type="checkbox"][name="${FIELD}"]`);
  return Array.from(boxes).filter((box) => box.checked).map((box) => box.value);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href^='?']");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("ticked", ticked().join(","));
  link.href = address.href;
});
