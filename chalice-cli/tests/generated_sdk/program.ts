// Uses the clients of examples/todo, examples/authorizers and examples/streaming, at the addresses in the arguments. That
// it compiles is a part of the test: the types are those of the apps.

import { ApiError as AuthorizersError, AuthorizersClient } from "./authorizers/client.js";
import { ApiError as StreamingError, StreamingClient } from "./streaming/client.js";
import { ApiError, TodoClient } from "./todo/client.js";
import type { Counts, Draft, Item } from "./todo/client.js";

declare const process: { argv: string[] };

const [todoUrl = "", authorizersUrl = "", streamingUrl = ""] = process.argv.slice(2);

function same(found: unknown, expected: unknown): void {
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
        throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
    }
}

async function refused(call: Promise<unknown>): Promise<unknown> {
    try {
        await call;
    } catch (error) {
        for (const kind of [ApiError, AuthorizersError, StreamingError]) {
            if (error instanceof kind) {
                return [error.operation, error.status, error.code, error.message];
            }
        }
        throw error;
    }
    throw new Error("the request was not refused");
}

async function todo(): Promise<void> {
    const client = new TodoClient({ baseUrl: todoUrl });
    const draft: Draft = { title: "buy milk" };
    const milk = await client.itemsPost({}, draft);
    const item: Item = milk.data;
    same([milk.status, item], [201, { id: 1, title: "buy milk", done: false }]);
    await client.itemsPost({}, { title: "sleep & dream + more", done: true });
    const open: Item[] = (await client.itemsGet({ done: false })).data;
    same(open.map((item) => item.title), ["buy milk"]);
    same((await client.itemsGet({ title: "& dream +" })).data.length, 1);
    same((await client.itemsGet()).data.length, 2);
    same((await client.itemsIdGet({ id: 2 })).data.done, true);
    same((await client.itemsIdPut({ id: 2 }, { title: "wake up" })).data, { id: 2, title: "wake up", done: false });
    same((await client.itemsIdPatch({ id: 1 }, { done: true })).data.done, true);
    const counts: Counts = (await client.rootGet()).data;
    same(counts, { open: 1, done: 1 });
    const removed = await client.itemsIdDelete({ id: 1n });
    same([removed.status, removed.data], [204, undefined]);
    same(await refused(client.itemsIdGet({ id: 1 })), ["itemsIdGet", 404, "NotFoundError", "no item has the id 1"]);
    const cancelled = client.rootGet({}, undefined, { signal: AbortSignal.abort() });
    same(await cancelled.catch((error: Error) => error.name), "AbortError");
}

async function authorizers(): Promise<void> {
    let token = "Bearer alice";
    const client = new AuthorizersClient({
        baseUrl: authorizersUrl,
        credentials: { bearer: () => token, key: "secret" },
    });
    const anybody: string = (await client.rootGet()).data;
    same(anybody, "anybody is welcome here");
    same((await client.whoamiGet()).data, { admin: false, name: "alice" });
    same((await client.notesOwnerGet({ owner: "alice" })).data, "the notes of alice");
    const [, status] = (await refused(client.notesOwnerGet({ owner: "bob" }))) as unknown[];
    same(status, 403);
    token = "Bearer root";
    same((await client.notesOwnerGet({ owner: "bob" })).data, "the notes of bob");
    same((await client.reportsNameGet({ name: "sales" })).data, "sales for partner");
    const stranger = new AuthorizersClient({ baseUrl: authorizersUrl });
    const [operation, unauthorized, , message] = (await refused(stranger.whoamiGet())) as unknown[];
    same([operation, unauthorized, message], ["whoamiGet", 401, "Unauthorized"]);
}

async function streaming(): Promise<void> {
    const client = new StreamingClient({ baseUrl: streamingUrl });
    const { data } = await client.exportRowsGet({ rows: 3 });
    const reader = data.getReader();
    const decoder = new TextDecoder();
    let table = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        table += decoder.decode(part.value, { stream: true });
    }
    same(table, "number,square\n1,1\n2,4\n3,9\n");
    const log = await client.machinesNameLogGet({ name: "steady" });
    same([log.status, log.headers.get("content-type")], [202, "text/plain"]);
    await log.data.cancel();
    same(await refused(client.machinesNameLogGet({ name: "none" })), [
        "machinesNameLogGet",
        404,
        "NotFoundError",
        "no machine `none`",
    ]);
    const summary: unknown = (await client.summaryGet()).data;
    same(summary, "all is well");
}

await todo();
await authorizers();
await streaming();
console.log("all is well");

export {};
