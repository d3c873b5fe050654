// What the client of the catalogue sends, and what it makes of answers.

import assert from "node:assert/strict";
import { ApiError, CatalogueClient } from "./client.js";

let sent;
let answer;

async function fetch(url, init) {
    assert.equal(this, undefined, "called as a method");
    const headers = Object.fromEntries(init.headers);
    sent = { url, method: init.method, headers, body: init.body, init };
    return answer();
}

const json = (value, status = 200, headers = {}) => () =>
    new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });

const settings = {
    baseUrl: "https://example.com/v1//",
    headers: { "X-Trace": "1", Accept: "text/x" },
    apiKey: () => "the key",
    credentials: {
        token: async () => "the token",
        key: "the header",
        key_tenant: "me & you",
        login: "Bearer jwt",
        My_Pool: () => undefined,
    },
    sign: async (request) => ({ Authorization: `AWS4 ${request.method} ${request.url} ${request.headers.get("x-trace")}` }),
    fetch,
};
const client = new CatalogueClient(settings);
const plain = new CatalogueClient({ baseUrl: "https://example.com", fetch });

// Paths, query strings and headers.
answer = () => new Response("hello");
let response = await plain.rootGet();
assert.deepEqual([sent.method, sent.url, sent.body], ["GET", "https://example.com/", undefined]);
assert.deepEqual(sent.headers, { accept: "text/plain" });
assert.deepEqual([response.status, response.data], [200, "hello"]);
assert.ok(response.headers instanceof Headers);
await client.rootGet();
assert.deepEqual(sent.headers, { accept: "text/x", "x-trace": "1" }, "no credentials where none are needed");
assert.equal(sent.url, "https://example.com/v1/");
const { signal } = new AbortController();
await client.rootGet({}, undefined, { headers: { "x-trace": "2" }, queryParams: { a: [1, "b"], c: null }, signal });
assert.equal(sent.headers["x-trace"], "2");
assert.equal(sent.url, "https://example.com/v1/?a=1&a=b");
assert.equal(sent.init.signal, signal);

answer = json([]);
await plain.articlesGet({ shop: "a+b c&d=é", page: 0, size: undefined, tag: ["x", "y z"] });
assert.equal(sent.url, "https://example.com/articles?page=0&shop=a%2Bb%20c%26d%3D%C3%A9&tag=x&tag=y%20z");
assert.equal(sent.headers.accept, "application/json");
await plain.filtersGet({ filter: { a: "1", __proto__x: "2" } });
assert.equal(sent.url, "https://example.com/filters?a=1&__proto__x=2");
await plain.filtersGet();
assert.equal(sent.url, "https://example.com/filters");
await plain.ordersIdGet({ id: "a/b ?#%", id2: "c", "it's-\"hostile\"": false });
assert.equal(
    sent.url,
    "https://example.com/orders/a%2Fb%20%3F%23%25?id=c&it%27s-%22hostile%22=false",
);
answer = () => new Response(new Uint8Array([1, 255]));
response = await plain.filesPathGet({ path: "a b/c%/d" });
assert.equal(sent.url, "https://example.com/files/a%20b/c%25/d");
assert.deepEqual(response.data, new Uint8Array([1, 255]));
assert.equal(sent.headers.accept, "application/octet-stream");
await plain.articlesIdGet({ id: 18446744073709551615n }).catch(() => {});
assert.equal(sent.url, "https://example.com/articles/18446744073709551615");

// Paths that would be others.
sent = undefined;
for (const id of [undefined, null, "", ".", ".."]) {
    await assert.rejects(plain.ordersIdGet({ id }), /TypeError: the parameter "id" is /);
}
for (const path of ["", "..", "a/../../b", "a/./b"]) {
    await assert.rejects(plain.filesPathGet({ path }), TypeError);
}
await assert.rejects(plain.ordersIdGet(), TypeError);
assert.equal(sent, undefined, "nothing was sent");

// Who sends it.
answer = json({ id: 1 }, 201);
response = await client.articlesPost({}, { id: 1, title: "é" });
assert.equal(sent.headers["x-api-key"], "the key");
assert.equal(sent.headers["x-token"], "the token");
assert.equal(sent.headers["content-type"], "application/json");
assert.equal(sent.body, '{"id":1,"title":"é"}');
assert.deepEqual([response.status, response.data], [201, { id: 1 }]);
await client.articlesIdPut({ id: 1 });
assert.deepEqual([sent.headers["x-key"], sent.url], ["the header", "https://example.com/v1/articles/1?tenant=me%20%26%20you"]);
assert.deepEqual([sent.body, sent.headers["content-type"]], [undefined, undefined]);
await client.articlesIdGet({ id: 1 });
assert.equal(sent.headers.authorization, "Bearer jwt");
await client.articlesIdGet({ id: 1 }, undefined, { headers: { authorization: "mine" } });
assert.equal(sent.headers.authorization, "mine");
answer = () => new Response("<p>");
await client.sizesSizeNameGet({ size: "small", name: "n" });
assert.equal(sent.headers.authorization, undefined);
await client.filesPathGet({ path: "a" });
assert.equal(sent.headers.authorization, "AWS4 GET https://example.com/v1/files/a 1");

// Bodies.
answer = () => new Response(null, { status: 204 });
response = await plain.filesPathPut({ path: "a" }, new Uint8Array([1]));
assert.deepEqual([response.data, sent.headers["content-type"]], [undefined, "image/png"]);
await plain.filesPathPut({ path: "a" }, new Blob(["x"], { type: "image/jpeg" }));
assert.equal(sent.headers["content-type"], "image/jpeg");
await plain.hookPost({}, "text", { headers: { "content-type": "text/plain" } });
assert.deepEqual([sent.body, sent.headers["content-type"]], ["text", "text/plain"]);
await plain.loginPost({}, { name: "a&b", remember: true }, { redirect: "manual" });
assert.equal(sent.body, "name=a%26b&remember=true");
assert.equal(sent.headers["content-type"], "application/x-www-form-urlencoded");
assert.equal(sent.init.redirect, "manual");

// Answers.
answer = () => new Response(null, { status: 303, headers: { location: "/there" } });
response = await plain.loginPost({}, { name: "a" }, { redirect: "manual" });
assert.deepEqual([response.status, response.headers.get("location"), response.data], [303, "/there", undefined]);
answer = () => new Response("ab");
const { data: stream } = await plain.exportRowsGet({ rows: 2 });
const chunks = [];
for await (const chunk of stream) {
    chunks.push(...chunk);
}
assert.deepEqual(chunks, [97, 98]);
for (const [type, body, expected] of [
    ["application/json", '{"a":1}', { a: 1 }],
    ["application/problem+json; charset=utf-8", "[1]", [1]],
    ["text/csv", "a,b", "a,b"],
    ["image/png", "ab", new Uint8Array([97, 98])],
]) {
    answer = () => new Response(body, { headers: { "content-type": type } });
    assert.deepEqual((await client.articlesIdPut({ id: 1 })).data, expected);
}
answer = () => new Response(null);
assert.equal((await plain.articlesHead({ shop: "s" })).data, undefined);

// Errors.
async function failure(call) {
    try {
        await call;
    } catch (error) {
        assert.ok(error instanceof ApiError && error instanceof Error);
        assert.deepEqual([error.name, error.operation], ["ApiError", "articlesIdGet"]);
        assert.ok(error.headers instanceof Headers);
        return [error.status, error.code, error.message, error.body];
    }
    assert.fail("there was no error");
}
const show = () => failure(client.articlesIdGet({ id: 1 }));
answer = json({ Code: "NotFoundError", Message: "no such article" }, 404);
assert.deepEqual(await show(), [404, "NotFoundError", "no such article", { Code: "NotFoundError", Message: "no such article" }]);
answer = json({ message: "Forbidden" }, 403, { "x-amzn-errortype": "ForbiddenException:http://internal" });
assert.deepEqual(await show(), [403, "ForbiddenException", "Forbidden", { message: "Forbidden" }]);
answer = () => new Response("Bad Gateway", { status: 502 });
assert.deepEqual(await show(), [502, undefined, "articlesIdGet was answered with the status 502", "Bad Gateway"]);
answer = json(["odd"], 500);
assert.deepEqual(await show(), [500, undefined, "articlesIdGet was answered with the status 500", ["odd"]]);
answer = () => new Response("<html>");
assert.deepEqual(await show(), [200, undefined, "articlesIdGet was answered with no JSON", "<html>"]);
answer = () => {
    throw new Error("no network");
};
await assert.rejects(client.rootGet(), { message: "no network" });

console.log("all is well");
