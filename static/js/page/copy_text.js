/** button[data-copies="ID"] copies the text of that field; navigator.clipboard is missing on plain HTTP, where this system runs. */

const SHOWN = 2000; // ms that the button says it is done

function copyFrom(field) {
  field.focus();
  field.select();
  return document.execCommand("copy");
}

function confirmOn(button) {
  const words = button.textContent;
  button.textContent = button.dataset.done;
  button.setAttribute("aria-live", "polite");
  button.disabled = true;
  setTimeout(() => {
    button.textContent = words;
    button.disabled = false;
  }, SHOWN);
}

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.addEventListener("click", () => {
    if (copyFrom(document.getElementById(button.dataset.copies))) confirmOn(button);
  });
}
