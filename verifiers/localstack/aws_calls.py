"""Calls of AWS's services: reads a call per line, and writes an answer per line, both in JSON.

A call is `{"service": "sqs", "operation": "create_queue", "input": {..}}`, in boto3's names; an answer
is `{"output": {..}}` or `{"error": ".."}`. The endpoint is in the environment.
"""

import json
import sys

import boto3
from botocore.config import Config

CONFIG = Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 1})

clients = {}
for line in sys.stdin:
    call = json.loads(line)
    service = call["service"]
    try:
        if service not in clients:
            clients[service] = boto3.client(service, config=CONFIG)
        output = getattr(clients[service], call["operation"])(**call["input"])
        output.pop("ResponseMetadata", None)
        answer = {"output": output}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer, default=str), flush=True)
