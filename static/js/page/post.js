/** One POST and what came of it, as one of six words. */

const PATIENCE = 20000; // ms until an answer counts as lost

/** A batch of cells. */
export function send(url, token, batch) {
  return post(url, token, JSON.stringify(batch), { patience: PATIENCE, headers: { "Content-Type": "application/json" } });
}

/** -> {outcome: saved | conflict | refused | signed-out | stale-page | unreachable, answer}. Never throws. */
export async function post(url, token, body, { patience, headers = {} }) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual", // a redirect is the sign-in page: the session has ended
      signal: stop.signal,
      headers: { Accept: "application/json", "X-CSRFToken": token, ...headers },
      body,
    });
    return { outcome: outcomeOf(response), answer: await answerOf(response) };
  } catch (lost) {
    return { outcome: "unreachable", answer: {} };
  } finally {
    clearTimeout(timer);
  }
}

/** A key that no other batch has. crypto.randomUUID is missing on plain HTTP, where this system runs. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function outcomeOf(response) {
  if (response.status === 200) return "saved";
  if (response.status === 401 || response.type === "opaqueredirect") return "signed-out";
  if (response.status === 403) return "stale-page";
  if (response.status === 409) return "conflict";
  if (response.status >= 500 || response.status === 429 || response.status === 408) return "unreachable";
  return "refused";
}

async function answerOf(response) {
  const kind = response.headers.get("Content-Type") || "";
  if (kind.startsWith("application/json")) return response.json();
  if (response.status === 200) throw new Error("an answer of another making: a portal or a proxy, not the server");
  return {};
}
