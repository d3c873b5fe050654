"""The runtime of functions in Python: takes events from the Runtime API, and calls the handler."""

import importlib
import json
import os
import sys
import traceback
import urllib.request

API = "http://%s/2018-06-01/runtime/" % os.environ["AWS_LAMBDA_RUNTIME_API"]

sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
module, function = os.environ["_HANDLER"].rsplit(".", 1)
handler = getattr(importlib.import_module(module), function)

while True:
    with urllib.request.urlopen(API + "invocation/next") as response:
        invocation = response.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.load(response)
    try:
        outcome, answer = "response", handler(event, None)
    except Exception as error:
        traceback.print_exc()
        outcome, answer = "error", {"errorType": type(error).__name__, "errorMessage": str(error)}
    sys.stdout.flush()
    body = json.dumps(answer).encode()
    urllib.request.urlopen(f"{API}invocation/{invocation}/{outcome}", data=body).close()
