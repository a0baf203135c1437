/** One POST to a real server of this machine, and which of six words came of it. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { newKey, post, send } from "../../static/js/page/post.js";

const JSON_ANSWER = { "Content-Type": "application/json" };
const ANSWERS = {
  "/saved": [200, JSON_ANSWER, '{"said": "yes"}'],
  "/with-charset": [200, { "Content-Type": "application/json; charset=utf-8" }, '{"said": "yes"}'],
  "/portal": [200, { "Content-Type": "text/html" }, "<p>Sign in to this hotel</p>"],
  "/broken": [200, JSON_ANSWER, '{"said": '],
  "/conflict": [409, JSON_ANSWER, '{"said": "no"}'],
  "/signed-out": [401, JSON_ANSWER, "{}"],
  "/stale": [403, { "Content-Type": "text/html" }, "csrf"],
  "/refused": [400, JSON_ANSWER, '{"said": "why"}'],
  "/gone": [404, { "Content-Type": "text/html" }, "none"],
  "/no-kind": [413, {}, ""],
  "/busy": [429, {}, ""],
  "/slow": [408, {}, ""],
  "/failed": [500, { "Content-Type": "text/html" }, "oh"],
  "/gateway": [502, {}, ""],
};
const WANTED = {
  "/saved": ["saved", { said: "yes" }],
  "/with-charset": ["saved", { said: "yes" }],
  "/portal": ["unreachable", {}],
  "/broken": ["unreachable", {}],
  "/conflict": ["conflict", { said: "no" }],
  "/signed-out": ["signed-out", {}],
  "/stale": ["stale-page", {}],
  "/refused": ["refused", { said: "why" }],
  "/gone": ["refused", {}],
  "/no-kind": ["refused", {}],
  "/busy": ["unreachable", {}],
  "/slow": ["unreachable", {}],
  "/failed": ["unreachable", {}],
  "/gateway": ["unreachable", {}],
};
const asked = [];
let server;
let address;

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    asked.push({ method: request.method, headers: request.headers, body });
    if (request.url === "/never") return;
    const [status, headers, text] = ANSWERS[request.url];
    response.writeHead(status, headers).end(text);
  });
  await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
  address = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

for (const [path, [outcome, answer]] of Object.entries(WANTED)) {
  test(`${path} is ${outcome}`, async () => assert.deepEqual(await post(address + path, "t", "", { patience: 5000 }), { outcome, answer }));
}

test("a batch is sent as JSON with the token", async () => {
  assert.equal((await send(address + "/saved", "token", { cells: { A: "1" } })).outcome, "saved");
  const { method, headers, body } = asked[asked.length - 1];
  assert.deepEqual([method, headers["content-type"], headers["x-csrftoken"]], ["POST", "application/json", "token"]);
  assert.equal(headers.accept, "application/json");
  assert.deepEqual(JSON.parse(body), { cells: { A: "1" } });
});

test("an answer that never comes is lost after its time", async () => {
  assert.deepEqual(await post(address + "/never", "t", "", { patience: 50 }), { outcome: "unreachable", answer: {} });
});

test("a server that is not there is unreachable", async () => {
  assert.deepEqual(await post("http://127.0.0.1:9/", "t", "", { patience: 5000 }), { outcome: "unreachable", answer: {} });
});

test("keys are 32 signs and differ", () => {
  const keys = Array.from({ length: 100 }, newKey);
  assert.ok(keys.every((key) => /^[0-9a-f]{32}$/.test(key)));
  assert.equal(new Set(keys).size, 100);
});
