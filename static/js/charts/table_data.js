// Reads one column of a table that the server has rendered: the chart can say nothing that the table does not say.

/** Answers {name, unit, points: [{label, value, text, cover, short, isSparse, breaks}], total} or null where the table has no such column. */
export function readColumn(table, key) {
  const head = Array.from(table.tHead.rows[0].cells).find((cell) => cell.dataset.key === key);
  if (!head) {
    return null;
  }
  const rows = Array.from(table.tBodies[0].rows).map((row) => readRow(row, head.cellIndex));
  return {
    name: head.querySelector(".wrap2").textContent,
    unit: head.dataset.unit,
    points: rows.filter((point) => !point.isTotal),
    total: rows.find((point) => point.isTotal) || null,
  };
}

function readRow(row, index) {
  const cell = row.cells[index];
  const text = cell.dataset.value || "";
  return {
    label: row.cells[0].dataset.label,
    value: text === "" ? null : Number(text),
    text,
    cover: cell.dataset.cover,
    short: cell.dataset.short || "",
    isSparse: "sparse" in cell.dataset,
    breaks: "break" in cell.dataset,
    isTotal: row.classList.contains("is-total"),
  };
}
