"""Runs functions of AWS Lambda as processes, in the place of containers.

Each execution environment is a process and a Runtime API (AWS Lambda, "Building a custom runtime") on 127.0.0.1.
"""

import importlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from localstack.services.lambda_.invocation import runtime_executor
from localstack.services.lambda_.invocation.lambda_models import InvocationResult

RUNTIME_API = "/2018-06-01/runtime/"
PYTHON_RUNTIME = Path(__file__).with_name("python_runtime.py")


class RuntimeApi(ThreadingHTTPServer):
    """The Runtime API of one process, which has one invocation at a time."""

    daemon_threads = True

    def __init__(self, timeout):
        super().__init__(("127.0.0.1", 0), Exchange)
        self.function_timeout = timeout
        self.events = queue.Queue()
        self.answers = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != RUNTIME_API + "invocation/next":
            return self.reply(404)
        event = self.server.events.get()
        headers = {
            "Lambda-Runtime-Aws-Request-Id": event["invoke-id"],
            "Lambda-Runtime-Deadline-Ms": str(int((time.time() + self.server.function_timeout) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": event["invoked-function-arn"],
            "Lambda-Runtime-Trace-Id": event["trace-id"],
        }
        self.reply(200, (event["payload"] or "{}").encode(), headers)

    def do_POST(self):
        if "Content-Length" not in self.headers:
            return self.reply(411)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind, *rest = self.path.removeprefix(RUNTIME_API).split("/")
        if (kind, rest) == ("init", ["error"]):
            self.server.answers.put((None, True, body))
        elif kind == "invocation" and rest[1:] in (["response"], ["error"]):
            self.server.answers.put((rest[0], rest[1] == "error", body))
        else:
            return self.reply(404)
        self.reply(202)

    def reply(self, status, body=b"{}", headers={}):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ProcessExecutor(runtime_executor.RuntimeExecutor):
    api = process = log = None

    def start(self, env_vars):
        config = self.function_version.config
        folder = str(config.code.get_unzipped_code_location())
        command = [os.path.join(folder, "bootstrap")]
        if config.runtime.startswith("python"):
            command = [sys.executable, "-I", str(PYTHON_RUNTIME)]
        self.api = RuntimeApi(config.timeout)
        variables = {name: str(value) for name, value in env_vars.items() if not name.startswith("LOCALSTACK_")}
        variables.update(
            PATH=os.environ["PATH"],
            AWS_LAMBDA_RUNTIME_API="127.0.0.1:%d" % self.api.server_port,
            LAMBDA_TASK_ROOT=folder,
        )
        self.log = tempfile.NamedTemporaryFile(suffix=".log")
        self.process = subprocess.Popen(
            command, env=variables, cwd=folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT
        )

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
        if self.api:
            self.api.shutdown()
            self.api.server_close()

    def invoke(self, payload):
        invocation = payload["invoke-id"]
        before = len(self.get_logs())
        self.api.events.put(payload)
        is_error, body = self.answer(invocation)
        lines = self.get_logs()[before:]
        logs = f"START RequestId: {invocation}\n{lines}END RequestId: {invocation}"
        qualifier = self.function_version.id.qualifier
        return InvocationResult(invocation, body, is_error=is_error, logs=logs, executed_version=qualifier)

    def answer(self, invocation):
        deadline = time.monotonic() + self.api.function_timeout
        while time.monotonic() < deadline:
            try:
                answered, is_error, body = self.api.answers.get(timeout=0.1)
            except queue.Empty:
                status = self.process.poll()
                if status is None:
                    continue
                return True, failure("Runtime.ExitError", f"the process ended with {status}")
            # Of one that timed out, otherwise.
            if answered in (invocation, None):
                return is_error, body
        return True, failure("Sandbox.Timedout", f"timed out after {self.api.function_timeout} seconds")

    def get_logs(self):
        return Path(self.log.name).read_text() if self.log else ""

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return "http://127.0.0.1"

    @classmethod
    def prepare_version(cls, function_version):
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass


def failure(kind, message):
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()


def install():
    """Makes LocalStack run functions so, in each module that has the choice."""
    for module in ("runtime_executor", "execution_environment", "version_manager"):
        module = importlib.import_module("localstack.services.lambda_.invocation." + module)
        module.get_runtime_executor = lambda: ProcessExecutor
    importlib.import_module("localstack.services.lambda_.provider").get_runtime_executor = lambda: ProcessExecutor
