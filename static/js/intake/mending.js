/** On the preview: who types a correction has chosen it, and a click on a suggestion's cell does not yet. Sends nothing. */

document.querySelectorAll(".mend input[type=text]").forEach((input) => {
  const use = input.parentElement.querySelector("input[value=use]");
  input.addEventListener("input", () => { use.checked = input.value.trim() !== ""; });
});
