"""An app of Chalice with a number of paths, of which `/orders/{id}` is one."""

from chalice import Chalice


def handler(routes, version):
    del version
    app = Chalice(app_name="orders")

    @app.route("/orders/{id}", methods=["GET"])
    def show(id):
        return {"id": int(id), "customer": "Ada Lovelace", "total_cents": 129900, "paid": True}

    def other(number):
        def answer(id):
            return f"{number} {id}"

        return answer

    for number in range(routes - 1):
        app.route(f"/m{number // 50}/users{number}/{{id}}", methods=["GET"])(other(number))
    return app
