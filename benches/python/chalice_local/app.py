from chalice import Chalice

app = Chalice(app_name="local_gateway")


@app.route("/hello")
def hello():
    return {"hello": "world"}
