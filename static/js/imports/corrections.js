/** On the preview: who types a correction has chosen it, and Enter sends nothing for a cell without a choice. */

document.querySelectorAll(".mend input[type=text]").forEach((input) => {
  const [use, leave] = ["use", "leave"].map((value) => input.parentElement.querySelector(`input[value=${value}]`));
  input.addEventListener("input", () => { use.checked = input.value.trim() !== ""; });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || use.checked || leave.checked) return;
    event.preventDefault();
    use.focus(); // the next key chooses, or Tab goes on to leaving the cell out
  });
});
