// Uses the client that is generated from the document of examples/todo, at the address in the
// first argument. That it compiles is a part of the test: the types are those of the document.

import { client } from "./generated/client.gen";
import { change, create, index, list, remove, show } from "./generated/sdk.gen";
import type { Counts, ErrorResponse, Item } from "./generated/types.gen";

declare const process: { argv: string[]; exitCode: number };

function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
  }
}

async function main(): Promise<void> {
  client.setConfig({ baseUrl: process.argv[2] });

  const milk = await create({ body: { title: "buy milk" } });
  same(milk.response?.status, 201);
  const item: Item | undefined = milk.data;
  same(item, { id: 1, title: "buy milk", done: false });
  await create({ body: { title: "sleep", done: true } });

  const open = await list({ query: { done: false } });
  same(open.data?.map((item: Item) => item.title), ["buy milk"]);

  const changed = await change({ path: { id: 1 }, body: { done: true } });
  same(changed.data?.done, true);
  const counts: Counts | undefined = (await index()).data;
  same(counts, { open: 0, done: 2 });

  same((await remove({ path: { id: 1 } })).response?.status, 204);
  const missing = await show({ path: { id: 1 } });
  const error: ErrorResponse | undefined = missing.error;
  same([missing.response?.status, error?.Code], [404, "NotFoundError"]);

  console.log("all is well");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
