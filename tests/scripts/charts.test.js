/** What a chart gets: a column of the table beside it, which points are hollow, named, left out, and which whole is drawn. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { barsOption, trendOption } from "../../static/js/charts/options.js";
import { readColumn } from "../../static/js/charts/table_data.js";

const COLOURS = { "--red": " #c00 ", "--ink-2": "#222", "--sheet": "#fff", "--edge": "#999", "--face": '"Noto Sans", serif' };

beforeEach(() => {
  globalThis.document = { documentElement: {} };
  globalThis.getComputedStyle = () => ({ getPropertyValue: (name) => COLOURS[name] || "" });
});

function cellOf(dataset, cellIndex = 0, words = "") {
  return { dataset, cellIndex, querySelector: () => ({ textContent: words }) };
}

function rowOf(label, dataset, isTotal = false) {
  return { cells: [cellOf({ label }), cellOf({}), cellOf(dataset)], classList: { contains: (name) => isTotal && name === "is-total" } };
}

function tableOf(rows) {
  const heads = [cellOf({}), cellOf({ key: "B", unit: "人" }, 1, "Other"), cellOf({ key: "A", unit: "家" }, 2, "组织数")];
  return { tHead: { rows: [{ cells: heads }] }, tBodies: [{ rows }] };
}

const point = (label, value, given = {}) => ({ label, value, text: value === null ? "" : String(value), cover: "3/3", short: "", isSparse: false, breaks: false, ...given });
const column = (points, given = {}) => ({ name: "组建率", unit: "%", points, total: null, ...given });

test("a column of the table: its points, and the total apart", () => {
  const table = tableOf([
    rowOf("全县", { value: "12", cover: "4/4" }, true),
    rowOf("甲镇", { value: "7.50", cover: "2/2" }),
    rowOf("乙镇", { value: "", cover: "0/2", short: "缺 2", sparse: "" }),
    rowOf("丙镇", { value: "0", cover: "1/1" }),
  ]);
  assert.deepEqual(readColumn(table, "A"), {
    name: "组织数",
    unit: "家",
    points: [
      { label: "甲镇", value: 7.5, text: "7.50", cover: "2/2", short: "", isSparse: false, breaks: false, isTotal: false },
      { label: "乙镇", value: null, text: "", cover: "0/2", short: "缺 2", isSparse: true, breaks: false, isTotal: false },
      { label: "丙镇", value: 0, text: "0", cover: "1/1", short: "", isSparse: false, breaks: false, isTotal: false },
    ],
    total: { label: "全县", value: 12, text: "12", cover: "4/4", short: "", isSparse: false, breaks: false, isTotal: true },
  });
});

test("no such column, no total", () => {
  assert.equal(readColumn(tableOf([]), "C"), null);
  assert.equal(readColumn(tableOf([]), "A").total, null);
});

test("bars: the highest first, who has no figure left out, the given column as it was", () => {
  const given = column([point("甲", 1), point("乙", null), point("丙", 30), point("丁", -2)]);
  const option = barsOption(given, "全县");
  assert.deepEqual(option.xAxis.data, ["丙", "甲", "丁"]);
  assert.deepEqual(option.series[0].data.map((bar) => bar.value), [30, 1, -2]);
  assert.deepEqual(given.points.map((one) => one.label), ["甲", "乙", "丙", "丁"]);
  assert.equal(option.yAxis.scale, false);
});

test("what is not complete is hollow", () => {
  const [full, hollow] = barsOption(column([point("甲", 2), point("乙", 1, { short: "缺 1" })]), "全县").series[0].data;
  assert.equal(full.itemStyle.color, "#c00");
  assert.deepEqual([hollow.itemStyle.color, hollow.itemStyle.borderColor], ["#fff", "#c00"]);
});

test("many bars: names turned, then left to the tooltip; figures above few of them only", () => {
  const bars = (count) => barsOption(column(Array.from({ length: count }, (_none, at) => point("村" + at, at))), "全县");
  assert.deepEqual([6, 7, 36, 37].map((count) => bars(count).xAxis.axisLabel.rotate), [undefined, 48, 48, undefined]);
  assert.deepEqual([36, 37].map((count) => bars(count).xAxis.axisLabel.show), [undefined, false]);
  assert.deepEqual([6, 7, 37].map((count) => bars(count).grid.bottom), [30, 66, 30]);
  assert.deepEqual([16, 17].map((count) => bars(count).series[0].label.show), [true, false]);
});

test("the whole stands beside its parts only where it is a ratio that is known", () => {
  const total = point("全县", 80.1);
  const line = (given) => barsOption(column([point("甲", 1)], given), "全县").series[0].markLine;
  assert.equal(line({ total }).label.formatter, "全县 80.1");
  assert.deepEqual(line({ total, unit: "‰" }).data, [{ yAxis: 80.1 }]);
  assert.equal(line({ total, unit: "％" }).label.formatter, "全县 80.1");
  for (const given of [{}, { total, unit: "家" }, { total, unit: "%x" }, { total: point("全县", null) }]) assert.equal(line(given), undefined);
});

test("a trend: a gap where nothing is known, no line to a period of which most is missing", () => {
  const points = [point("Q1", 1), point("Q2", null), point("Q3", 3, { isSparse: true }), point("Q4", 4)];
  const { series: [line, apart], xAxis } = trendOption(column(points));
  assert.deepEqual(xAxis.data, ["Q1", "Q2", "Q3", "Q4"]);
  assert.deepEqual(line.data.map((one) => one && one.value), [1, null, null, 4]);
  assert.deepEqual(apart.data.map((one) => one && one.value), [null, null, 3, null]);
  assert.deepEqual([line.type, apart.type, line.connectNulls], ["line", "scatter", false]);
  assert.equal(line.label.formatter({ dataIndex: 3 }), "4");
});

test("a trend: another line with a mark begins where the definition changed", () => {
  const points = [point("Q1", 1), point("Q2", 2), point("Q3", 9, { breaks: true }), point("Q4", 8)];
  const { series: [before, after, apart] } = trendOption(column(points));
  assert.deepEqual(before.data.map((one) => one && one.value), [1, 2, null, null]);
  assert.deepEqual(after.data.map((one) => one && one.value), [null, null, 9, 8]);
  assert.deepEqual([before.markLine, after.markLine.data], [undefined, [{ xAxis: "Q3" }]]);
  assert.equal(apart.type, "scatter");
});

test("the tooltip says the figure as the table prints it, and how much of it is there", () => {
  const say = (one) => trendOption(column([one])).tooltip.formatter([{ dataIndex: 0 }]);
  assert.equal(say(point("Q1", 80.1)), "Q1\n80.1 %\n3/3");
  assert.equal(say(point("Q1", 80.1, { short: "缺 1", cover: "2/3" })), "Q1\n80.1 % 缺 1\n2/3");
  assert.equal(say(point("Q1", null)), "Q1\n—\n3/3");
});

test("a bar tells of itself, not of the row that stood there in the table", () => {
  const option = barsOption(column([point("甲", 1), point("乙", 9)]), "全县");
  assert.equal(option.tooltip.formatter([{ dataIndex: 0 }]), "乙\n9 %\n3/3");
  assert.equal(option.series[0].label.formatter({ dataIndex: 1 }), "1");
});

test("the face of the page, in marks that a style in an attribute can hold", () => {
  assert.equal(trendOption(column([point("Q1", 1)])).textStyle.fontFamily, "'Noto Sans', serif");
});
