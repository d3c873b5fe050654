"""Invokes a Lambda handler in process and prints the nanoseconds of an invocation, batch by batch.

usage: measure.py chalice|powertools ROUTES EVENT BATCHES INVOCATIONS

EVENT is a file with the event as JSON. As in AWS's runtime for Python, an invocation begins at the bytes of the event
and ends at those of the answer: `json.loads`, the handler, `json.dumps`. With one invocation, it prints the answer.
"""

import importlib
import json
import sys
import time


class Context:
    """What both frameworks look at."""

    function_name = "orders"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
    aws_request_id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"

    def get_remaining_time_in_millis(self):
        return 3000


def main():
    framework, routes, path, batches, invocations = sys.argv[1:]
    with open(path, "rb") as file:
        event = file.read()
    version = json.loads(event).get("version", "1.0")
    handler = importlib.import_module(f"{framework}_app").handler(int(routes), version)
    context = Context()

    def invoke():
        return json.dumps(handler(json.loads(event), context), separators=(",", ":")).encode()

    answer = invoke()
    if int(invocations) == 1:
        sys.stdout.buffer.write(answer)
        return
    for _ in range(100):
        invoke()
    nanoseconds = []
    for _ in range(int(batches)):
        start = time.perf_counter_ns()
        for _ in range(int(invocations)):
            invoke()
        nanoseconds.append((time.perf_counter_ns() - start) / int(invocations))
    print(json.dumps(nanoseconds))


main()
