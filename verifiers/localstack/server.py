"""LocalStack on a free port of 127.0.0.1, without docker.

The functions of AWS Lambda are processes (`process_executor.py`), and AWS CloudFormation has
custom resources (`custom_resource.py`). Writes its port before it begins to answer. Ends with its
standard input, and with it all processes of its group: so none of them outlives whoever started
it, however that one ends.
"""

import os
import signal
import socket
import sys
import threading

# What LocalStack prints is no answer of ours.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def end_with_stdin():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_stdin, daemon=True).start()

listener = socket.create_server(("127.0.0.1", 0), backlog=128)
address = "127.0.0.1:%d" % listener.getsockname()[1]
os.environ.update(
    GATEWAY_LISTEN=address,
    # The host in URLs that it gives out: its default is a name that a DNS server has to know.
    LOCALSTACK_HOST=address,
    SQS_ENDPOINT_STRATEGY="path",
    # Nothing is told to its makers, nothing is downloaded, and there is no DNS server.
    DISABLE_EVENTS="1",
    SKIP_SSL_CERT_DOWNLOAD="1",
    DNS_ADDRESS="0",
    OVERRIDE_IN_DOCKER="0",
)

from twisted.internet import endpoints

# It would listen on all addresses, whatever `GATEWAY_LISTEN` says.
endpoints.TCP4ServerEndpoint = lambda reactor, port, *_, **__: endpoints.AdoptedStreamServerEndpoint(
    reactor, listener.fileno(), socket.AF_INET
)

import custom_resource
import process_executor

process_executor.install()
custom_resource.install()

from localstack.runtime.main import main

print(address, file=answers, flush=True)
main()
