"""moto's server on a free port of 127.0.0.1.

Prints the port once it listens, and ends with the standard input: so it never
outlives the process that started it, however that one ends.
"""

import logging
import os
import sys

from moto.server import ThreadedMotoServer

# A line per request, otherwise.
logging.getLogger("werkzeug").setLevel(logging.ERROR)

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
print(port, flush=True)
sys.stdin.read()
# At once: there is nothing to tidy up, and whoever waits for the end need not wait long.
os._exit(0)
