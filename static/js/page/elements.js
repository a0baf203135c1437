/** Makes elements from plain values: text stays text, so nothing a person typed becomes markup. */

export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(attribute, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(attribute, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** "%(n)s cells" and {n: 3} -> "3 cells": the form in which gettext gives sentences with gaps. */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (gap, name) => (name in values ? values[name] : gap));
}

/** What the server wrote into the page as JSON. */
export function given(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
