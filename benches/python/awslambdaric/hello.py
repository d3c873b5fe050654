"""The hello world of `cargo lambda new --http`, in AWS Chalice."""

from chalice import Chalice, Response

app = Chalice(app_name="hello")


@app.route("/")
def hello():
    query = app.current_request.query_params or {}
    who = query.get("name", "world")
    greeting = f"Hello {who}, this is an AWS Lambda HTTP request"
    return Response(body=greeting, headers={"Content-Type": "text/html"})
