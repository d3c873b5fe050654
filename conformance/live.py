"""Answers inputs by the app in Python: JSON lines in, JSON lines out.

Each line in is an object with `driver`, `debug` and `input`; each line out is the
`output` of a case. Whatever else prints goes to stderr.
"""
import json
import os
import sys

OUT = os.fdopen(os.dup(1), 'w', encoding='utf-8')
os.dup2(2, 1)
sys.stdout = sys.stderr
os.environ.setdefault('AWS_DEFAULT_REGION', 'us-west-2')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import app as subject  # noqa: E402
from chalice.config import Config  # noqa: E402
from chalice.local import LocalGateway, LocalGatewayException  # noqa: E402

APP = subject.app
# The routes as they are now: the app adds to them whenever it is asked for a path that it lacks.
GATEWAY = LocalGateway(APP, Config())


class Context:
    function_name = 'fn'
    memory_limit_in_mb = 128
    function_version = '$LATEST'
    invoked_function_arn = ''
    aws_request_id = 'conformance'
    log_group_name = ''
    log_stream_name = ''
    identity = None
    client_context = None

    def get_remaining_time_in_millis(self):
        return 3000


def local(request):
    body = request['body']
    body = None if body is None else body.encode('utf-8')
    try:
        return GATEWAY.handle_request(request['method'], request['path'], dict(request['headers']), body)
    except LocalGatewayException as error:
        headers = {name: value for name, value in error.headers.items()}
        return Answered(error.CODE, headers, error.body.decode('utf-8'))


class Answered:
    """What the local gateway answers by itself."""

    def __init__(self, status, headers, body):
        self.output = {'gateway_error': {'status': status, 'headers': headers, 'body': body}}


DRIVERS = {
    'lambda': lambda event: APP(event, Context()),
    'local': local,
    'authorizer': lambda event: subject.auth(event, Context()),
}


def answer(line):
    question = json.loads(line)
    APP.debug = question.get('debug', False)
    APP.log.setLevel(100)
    try:
        result = DRIVERS[question['driver']](question['input'])
        if isinstance(result, Answered):
            return json.dumps(result.output)
        # AWS Lambda makes JSON of the result, and fails if it cannot.
        return json.dumps({'result': result})
    except Exception as error:
        return json.dumps({'raised': type(error).__name__, 'msg': str(error)})


for line in sys.stdin:
    OUT.write(answer(line) + '\n')
    OUT.flush()
