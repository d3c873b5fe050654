"""The reference app: what the live run drives, and what the cases were recorded from."""
import decimal, json
from chalice import (Chalice, Response, CORSConfig, BadRequestError, UnauthorizedError, ForbiddenError, NotFoundError,
    ConflictError, TooManyRequestsError, UnprocessableEntityError, ChaliceViewError, ChaliceUnhandledError, AuthResponse, AuthRoute,
    CognitoUserPoolAuthorizer, IAMAuthorizer)
from chalice.app import MethodNotAllowedError, RequestTimeoutError
app = Chalice(app_name='rt')
app.log.setLevel(100)
cors = CORSConfig(allow_origin='https://foo.example.com', allow_headers=['X-Special'], max_age=600, expose_headers=['A', 'B'], allow_credentials=True)
ERR = {c.__name__: c for c in (BadRequestError, UnauthorizedError, ForbiddenError, NotFoundError, ConflictError, TooManyRequestsError,
    UnprocessableEntityError, ChaliceViewError, MethodNotAllowedError, RequestTimeoutError)}


class MyErr(BadRequestError):
    STATUS_CODE = 418


@app.authorizer()
def auth(req):
    if req.token == 'allow': return AuthResponse(['/authed/*', AuthRoute('/m', ['GET'])], 'user', context={'k': 'v'})
    if req.token == 'all': return AuthResponse(['*'], 'user')
    if req.token == 'deny': return AuthResponse([], 'nobody')
    if req.token == 'none': return None
    if req.token == 'raw': return {'context': {}, 'principalId': 'p', 'policyDocument': {'Version': '2012-10-17', 'Statement': [{'Action': ['execute-api:Invoke'], 'Effect': 'Allow', 'Resource': ['arn:*']}]}}
    return AuthResponse(['/authed/?'], 'q')


cog = CognitoUserPoolAuthorizer('C', provider_arns=['arn'])


@app.route('/')
def index(): return {'hello': 'world'}


@app.route('/echo/{a}/x/{b}', methods=['GET', 'POST', 'PUT'])
def echo(a, b):
    r = app.current_request
    return {'a': a, 'b': b, 'd': r.to_dict(), 'raw': r.raw_body.decode('utf-8', 'replace') if isinstance(r.raw_body, bytes) else r.raw_body}


@app.route('/json', methods=['POST'])
def j(): return {'json': app.current_request.json_body}


@app.route('/form', methods=['POST'], content_types=['application/x-www-form-urlencoded', 'Text/Plain'])
def form(): return {'raw': app.current_request.raw_body.decode()}


@app.route('/anytype', methods=['POST'], content_types=['*/*'])
def anytype(): return {'ok': 1, 'json': app.current_request.json_body}


@app.route('/noctypes', methods=['POST'], content_types=[])
def noctypes(): return 'plain-string'


@app.route('/ret/{kind}')
def ret(kind):
    return {'none': None, 'list': [1, 2.5, 'x'], 'int': 3, 'true': True, 'str': 'raw string', 'unicode': {'u': 'é☃😀'}, 'ustr': 'é☃',
            'decimal': {'d': decimal.Decimal('1.50'), 'i': decimal.Decimal('3')}, 'nan': {'n': float('nan')}, 'nested': {'a': {'b': [1, {'c': None}]}},
            'intkey': {1: 2, None: 3, True: 4}, 'tuple': (1, 2), 'slash': {'s': 'a/b<>&"\u2028'}, 'float': [1e100, 0.1, 1e-7, 1.0, -0.0]}[kind]


@app.route('/unserializable')
def unser(): return {'o': object()}


@app.route('/multiquery')
def mq():
    q = app.current_request.query_params
    return None if q is None else {'d': dict(q), 'l': {k: q.getlist(k) for k in q}, 'len': len(q), 'asjson': q}


@app.route('/resp/{kind}')
def resp(kind):
    if kind == 'created': return Response({'x': 1}, status_code=201, headers={'X-A': 'b'})
    if kind == 'text': return Response('hi', headers={'Content-Type': 'text/plain'})
    if kind == 'multi': return Response('', headers={'Set-Cookie': ['a=1', 'b=2'], 'X': 'y'})
    if kind == 'badheader': return Response('', headers={'X': 'a\nb'})
    if kind == 'binary': return Response(b'\x00\xff', headers={'Content-Type': 'application/octet-stream'})
    if kind == 'binary-lc': return Response(b'\x00\xff', headers={'content-type': 'IMAGE/PNG; charset=x'})
    if kind == 'binstr': return Response('notbytes', headers={'Content-Type': 'image/png'})
    if kind == 'redirect': return Response('', status_code=302, headers={'Location': '/x'})
    if kind == 'empty204': return Response(None, status_code=204)
    if kind == 'jsonstr': return Response('{"already": "json"}', headers={'Content-Type': 'application/json'})
    if kind == 'bytes-text': return Response(b'abc', headers={'Content-Type': 'text/plain'})


@app.route('/err/{name}')
def err(name): raise ERR[name]('msg for ' + name)


@app.route('/err2/{name}', cors=True)
def err2(name):
    if name == 'my': raise MyErr('teapot')
    if name == 'empty': raise NotFoundError()
    if name == 'unhandled': raise ChaliceUnhandledError('boom')
    raise ValueError('x')


@app.route('/cors', methods=['GET', 'POST'], cors=True)
def c1(): return {}


@app.route('/cors2', methods=['PUT'], cors=cors)
def c2(): return Response({}, headers={'Access-Control-Allow-Origin': 'override', 'access-control-max-age': '1'})


@app.route('/corsbin', cors=True)
def c3(): return Response(b'x', headers={'Content-Type': 'image/png'})


@app.route('/authed/{x}', authorizer=auth, methods=['GET', 'POST'], cors=True)
def authed(x): return {'ctx': app.current_request.context.get('authorizer')}


@app.route('/m', authorizer=auth, methods=['GET', 'POST'])
def m(): return {'ctx': app.current_request.context.get('authorizer')}


@app.route('/cog', authorizer=cog)
def cg(): return {'ctx': app.current_request.context.get('authorizer')}


@app.route('/iam', authorizer=IAMAuthorizer())
def iam_(): return {}


@app.route('/foo/bar')
def fb(): return {'r': 'foo/bar'}


@app.route('/foo/{p}')
def fp(p): return {'r': 'foo/p', 'p': p}


@app.route('/greedy/{proxy+}')
def greedy(): return {'p': app.current_request.uri_params}


@app.route('/opts', methods=['OPTIONS', 'GET'])
def opts(): return {'m': app.current_request.method}


@app.route('/ctx')
def ctx():
    r = app.current_request
    return {'fn': r.lambda_context.function_name, 'mem': r.lambda_context.memory_limit_in_mb, 'sv': r.stage_vars, 'path': r.path, 'method': r.method, 'same': app.lambda_context is r.lambda_context}


@app.route('/headers')
def headers_(): return dict(app.current_request.headers)
