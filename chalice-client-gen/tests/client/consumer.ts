// A program that uses the client of the catalogue. That it compiles is a test of the types.

import { ApiError, CatalogueClient } from "./client.js";
import type { ApiResponse, Article, Credential, External, Internal, Promise2, Shapes, Size, Tree } from "./client.js";

const token: Credential = async () => "token";

const client = new CatalogueClient({
    baseUrl: "https://example.com",
    apiKey: "key",
    credentials: { token, key: "key", key_tenant: () => "tenant", login: "Bearer x", My_Pool: undefined },
    sign: async ({ method, url, headers, body }) => ({ authorization: `${method} ${url} ${headers.has("a")} ${body}` }),
    fetch: async (url, init) => new Response(`${url} ${init.method}`),
});

const article: Article = { id: 1, title: "a", size: "small", parts: [{ id: 2, title: "b" }] };
const tree: Tree = { children: [{ children: [], left: null }] };
const circle: Internal = { type: "circle", radius: 1 };
const nothing: External = "Unit";
const promise: Promise2 = { kept: true };

export const shapes: Shapes = {
    external: { Two: [1, "b"] },
    internal: circle,
    adjacent: { kind: "Number", value: 1 },
    untagged: [["a", { flat: true }]],
    pair: ["a", 1.5],
    triple: [1, 2, 3],
    nested: [null, [true]],
    by_name: { a: { type: "nothing" } },
    by_number: { 1: "a" },
    tree,
    flat: true,
    "flat-too": 3,
    empty: {},
    nothing: null,
    anything: [1, { a: null }],
    promise,
    constructor: "c",
    page: { items: [tree], next: null },
    "a \"hostile\" `name` ${with} \\ */ \u2028": true,
};

export async function main(): Promise<void> {
    const text: string = (await client.rootGet()).data;
    const articles: Article[] = (await client.articlesGet({ shop: "s", page: 1, size: "small", tag: ["a"] })).data;
    const none: undefined = (await client.articlesHead({ shop: "s" })).data;
    const added: ApiResponse<Article> = await client.articlesPost({}, article, { signal: AbortSignal.timeout(1) });
    const found = await client.articlesIdGet({ id: 7n });
    const size: Size | null | undefined = found.data.size;
    const any: unknown = (await client.articlesIdPut({ id: 7 }, article)).data;
    await client.articlesIdDelete({ id: 7 }, undefined, { headers: { a: "b" }, queryParams: { c: [1, 2] } });
    const html: string = (await client.sizesSizeNameGet({ size: "large", name: "n" })).data;
    const bytes: Uint8Array = (await client.filesPathGet({ path: "a/b" })).data;
    await client.filesPathPut({ path: "a/b" }, new Blob(["x"], { type: "image/png" }));
    await client.filesPathPut({ path: "a/b" }, bytes);
    await client.loginPost(undefined, { name: "me", remember: true }, { redirect: "manual" });
    await client.hookPost({}, "text");
    const secret: unknown = (await client.secretPut({}, { whatever: 1 })).data;
    const stream: ReadableStream<Uint8Array> = (await client.exportRowsGet({ rows: 3 })).data;
    const all: Shapes = (await client.shapesPatch({}, shapes)).data;
    const order: string | null = (await client.ordersIdGet({ id: "a", id2: "b", "it's-\"hostile\"": true })).data;
    const numbers: number[] = [(await client.aBGet()).data, (await client.aBGet2()).data];
    const filters: { [key: string]: string } = (await client.filtersGet({ filter: { a: "b" } })).data;
    try {
        await client.rootGet();
    } catch (error) {
        if (error instanceof ApiError) {
            const code: string | undefined = error.code;
            console.log(error.status, code, error.message, error.operation, error.body, error.headers.get("x"));
        }
    }
    console.log(text, articles, none, added.data.id, size, any, html, secret, stream, all, order, numbers, filters, nothing);
}
