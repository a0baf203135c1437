// From a column of figures to what ECharts draws. Knows no page and no table; chart colours are tokens of the style sheet.

const MOST_NAMED = 36; // names below bars; of more the tooltip tells

function tokens() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    red: read("--red"), ink: read("--ink-2"), quiet: read("--ink-3"), line: read("--hairline"), soft: read("--hairline-2"),
    sheet: read("--sheet"), edge: read("--edge"), face: read("--face").replace(/"/g, "'"),
  };
}

function frame(column, colours, tall) {
  return {
    animation: false,
    textStyle: { fontFamily: colours.face, fontSize: 12, color: colours.ink },
    grid: { left: 56, right: 20, top: 26, bottom: tall ? 66 : 30 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: colours.sheet,
      borderColor: colours.edge,
      textStyle: { color: colours.ink, fontSize: 12 },
      formatter: (hits) => pointText(column.shown[hits[0].dataIndex], column.unit),
    },
    yAxis: {
      type: "value",
      scale: true,
      axisLabel: { color: colours.quiet },
      splitLine: { lineStyle: { color: colours.soft } },
    },
  };
}

function pointText(point, unit) {
  const figure = point.value === null ? "—" : `${point.text} ${unit}`;
  return `${point.label}\n${figure}${point.short ? ` ${point.short}` : ""}\n${point.cover}`;
}

/** What is not complete is drawn hollow: it cannot be compared with what is. */
function drawn(point, colours) {
  const style = { color: point.short ? colours.sheet : colours.red, borderColor: colours.red, borderWidth: 2 };
  return { value: point.value, itemStyle: point.short ? style : { color: colours.red, borderColor: colours.red } };
}

function labels(points, colours, tall) {
  return {
    type: "category",
    data: points.map((point) => point.label),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.edge } },
    axisLabel: points.length > MOST_NAMED ? { show: false } : tall
      ? { interval: 0, rotate: 48, width: 76, overflow: "truncate", color: colours.ink }
      : { interval: 0, color: colours.ink },
  };
}

/** A line over the periods; a period without a figure is a gap, and no line leads to one of which most is still missing,
 *  nor over a change of the definition: there another line begins, with a mark. */
export function trendOption(column) {
  const colours = tokens();
  const shown = column.points;
  const option = frame({ ...column, shown }, colours, false);
  option.xAxis = labels(shown, colours, false);
  const label = { show: true, position: "top", color: colours.ink, formatter: (hit) => shown[hit.dataIndex].text };
  const stretch = stretches(shown);
  const points = (isDrawn) => shown.map((point, at) => (isDrawn(point, at) ? drawn(point, colours) : null));
  const common = { name: column.name, symbol: "circle", symbolSize: 7, label };
  option.series = [
    ...[...new Set(stretch)].map((number) => ({
      ...common, type: "line", data: points((point, at) => !point.isSparse && stretch[at] === number), showAllSymbol: true,
      connectNulls: false, lineStyle: { color: colours.red, width: 2 }, markLine: breakMark(shown, stretch, number, colours),
    })),
    { ...common, type: "scatter", data: points((point) => point.isSparse) },
  ];
  return option;
}

/** The number of the line on which each point stands: a new one from each change of the definition on. */
function stretches(points) {
  let number = 0;
  return points.map((point) => (point.breaks ? ++number : number));
}

/** An upright dashed line where a stretch begins after a change. */
function breakMark(points, stretch, number, colours) {
  const at = stretch.indexOf(number);
  if (!points[at].breaks) {
    return undefined;
  }
  const lineStyle = { color: colours.ink, type: "dashed" };
  return { silent: true, symbol: "none", label: { show: false }, lineStyle, data: [{ xAxis: points[at].label }] };
}

/** Bars, the highest first; who has no figure is left out; the whole as a dashed line where it can be compared. */
export function barsOption(column, totalWord) {
  const colours = tokens();
  const shown = column.points.filter((point) => point.value !== null).sort((one, other) => other.value - one.value);
  const tall = shown.length > 6 && shown.length <= MOST_NAMED;
  const option = frame({ ...column, shown }, colours, tall);
  option.xAxis = labels(shown, colours, tall);
  option.yAxis.scale = false;
  option.series = [{
    type: "bar",
    name: column.name,
    data: shown.map((point) => drawn(point, colours)),
    barMaxWidth: 26,
    label: shown.length > 16 ? { show: false } : { show: true, position: "top", color: colours.ink, formatter: (hit) => shown[hit.dataIndex].text },
    markLine: wholeLine(column, totalWord, colours),
  }];
  return option;
}

/** A ratio of the whole can stand beside those of its parts; a sum cannot. */
function wholeLine(column, word, colours) {
  if (!column.total || column.total.value === null || !/^[%％‰]$/.test(column.unit)) {
    return undefined;
  }
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colours.ink, type: "dashed" },
    label: { position: "insideEndTop", color: colours.ink, formatter: `${word} ${column.total.text}` },
    data: [{ yAxis: column.total.value }],
  };
}
