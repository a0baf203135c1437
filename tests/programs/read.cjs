// node read.cjs PROGRAM FILE…: one line of JSON per file, sheet -> [[row, column, value], …]; dates as their serial numbers.
"use strict";

const path = require("path");

const modules = path.join(__dirname, "..", "..", "node_modules");
const DAY = 86400000;

function serial(date) {
  return date.getTime() / DAY + 25569;
}

function bySheetjs(file) {
  const xlsx = require(path.join(modules, "xlsx"));
  const book = xlsx.readFile(file, { WTF: true });
  const sheets = {};
  for (const title of book.SheetNames) {
    sheets[title] = [];
    for (const [address, cell] of Object.entries(book.Sheets[title])) {
      if (!address.startsWith("!") && cell.v !== undefined) {
        const place = xlsx.utils.decode_cell(address);
        sheets[title].push([place.r + 1, place.c + 1, cell.v]);
      }
    }
  }
  return sheets;
}

function plain(value) {
  if (value instanceof Date) return serial(value);
  if (value === null || typeof value !== "object") return value;
  if ("formula" in value || "sharedFormula" in value) return plain(value.result === undefined ? null : value.result);
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  if ("hyperlink" in value) return plain(value.text);
  return JSON.stringify(value);
}

async function byExceljs(file) {
  const excel = require(path.join(modules, "exceljs"));
  const book = new excel.Workbook();
  await book.xlsx.readFile(file);
  const sheets = {};
  for (const sheet of book.worksheets) {
    sheets[sheet.name] = [];
    sheet.eachRow((row, number) =>
      row.eachCell((cell, column) => {
        if (cell.master === cell) sheets[sheet.name].push([number, column, plain(cell.value)]);
      }),
    );
  }
  return sheets;
}

async function main([program, ...files]) {
  const read = program === "sheetjs" ? bySheetjs : byExceljs;
  for (const file of files) console.log(JSON.stringify(await read(file)));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
