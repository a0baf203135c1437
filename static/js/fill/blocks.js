/** Blocks of text as Excel and WPS put them on the clipboard: tabs between cells, CRLF between rows, quotes where needed. Pure. */

const NEEDS_QUOTES = /[\t\r\n"]/;

/** Clipboard text -> rows of texts. A cell that begins with a quote runs to its closing quote, tabs and line ends included. */
export function readBlock(text) {
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    rows[rows.length - 1].push(cell);
    if (end >= text.length) break;
    at = end + 1;
    if (text[end] === "\t") continue;
    if (text[end] === "\r" && text[at] === "\n") at += 1;
    if (at >= text.length) break; // the line end after the last row begins no row
    rows.push([]);
  }
  return rows;
}

/** Rows of texts -> clipboard text that Excel and WPS take back as the same cells. */
export function writeBlock(rows) {
  const quote = (text) => (NEEDS_QUOTES.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  return rows.map((row) => row.map(quote).join("\t")).join("\r\n");
}

/** A pasted cell as a cell of the sheet holds it: one line, without spaces around. */
export function oneLine(text) {
  return text.replace(/[\r\n\t]+/g, " ").trim();
}

function plain(text, start) {
  let end = start;
  while (end < text.length && text[end] !== "\t" && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return [text.slice(start, end), end];
}

function quoted(text, start) {
  let cell = "";
  let at = start + 1;
  while (at < text.length) {
    if (text[at] !== '"') {
      cell += text[at];
    } else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else {
      break;
    }
    at += 1;
  }
  if (at >= text.length) return plain(text, start); // no closing quote: the quote is a letter like any other
  const [rest, end] = plain(text, at + 1);
  return [cell + rest, end];
}
