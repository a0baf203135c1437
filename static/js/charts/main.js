// Draws the charts of a page beside their tables. Where ECharts or a column is missing, the table stays as it is.

import { barsOption, trendOption } from "./options.js";
import { readColumn } from "./table_data.js";

const KINDS = {
  trend: (column) => trendOption(column),
  bars: (column, place) => barsOption(column, place.dataset.total),
};

function draw(place) {
  const table = document.getElementById(place.dataset.table);
  const column = table && readColumn(table, place.dataset.key);
  if (!column || column.points.filter((point) => point.value !== null).length < 2) {
    return;
  }
  place.hidden = false;
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", place.dataset.label);
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption(KINDS[place.dataset.chart](column, place));
  window.addEventListener("resize", () => chart.resize());
  const beside = place.parentElement.querySelector("details.chart-data");
  if (beside) {
    beside.open = false;
    window.addEventListener("beforeprint", () => { beside.open = true; }); // paper has no chart: its figures go there
  }
}

if (window.echarts) {
  document.querySelectorAll("[data-chart]").forEach(draw);
}
