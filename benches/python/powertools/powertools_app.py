"""Powertools for AWS Lambda (Python): an app with a number of paths, of which `/orders/<id>` is one."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver


def handler(routes, version):
    app = APIGatewayHttpResolver() if version == "2.0" else APIGatewayRestResolver()

    def other(number):
        def answer(id):
            return f"{number} {id}"

        return answer

    for number in range(routes - 1):
        app.get(f"/m{number // 50}/users{number}/<id>")(other(number))

    @app.get("/orders/<id>")
    def show(id):
        return {"id": int(id), "customer": "Ada Lovelace", "total_cents": 129900, "paid": True}

    return app.resolve
