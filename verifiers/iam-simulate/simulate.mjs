// Whether a policy of a role allows an action on a resource: a question per line of the standard
// input, and true or false per line of the standard output. What is no question ends the program.

import { createInterface } from "node:readline";
import { runSimulation } from "@cloud-copilot/iam-simulate";

async function isAllowed({ policy, account, action, resource }) {
  const simulation = {
    identityPolicies: [{ name: "role", policy }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    request: {
      action,
      principal: `arn:aws:iam::${account}:role/tested`,
      // ARNs of buckets and objects have no account.
      resource: { resource, accountId: resource.split(":")[4] || account },
      contextVariables: {},
    },
  };
  const result = await runSimulation(simulation, {});
  switch (result.overallResult) {
    case "Allowed":
      return true;
    case "ImplicitlyDenied":
    case "ExplicitlyDenied":
      return false;
    default:
      throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  }
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(await isAllowed(JSON.parse(line)));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
