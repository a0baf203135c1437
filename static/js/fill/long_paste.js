/** A pasted list that is longer than the page: its rest waits in this tab and goes on from the top of the next page. */

const PLACE = "going-on";

/** Keep the rest for the page at `address` (a path with its query). */
export function keep(address, rows, column) {
  sessionStorage.setItem(PLACE, JSON.stringify({ address, rows, column }));
}

/** The rest that waits for this page, once; null where none does. */
export function take() {
  const held = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  if (!held || held.address !== location.pathname + location.search) return null;
  sessionStorage.removeItem(PLACE);
  return held;
}
