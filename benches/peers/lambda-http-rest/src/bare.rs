//! `service_fn` without routing.

use bytes::Bytes;
use invocation::{Batch, Invoke, Received, Stored, Work, exchange, order};
use lambda_http::{Adapter, Body, Error, Request, RequestExt, Response, service_fn};

/// The function for that work.
pub(crate) fn invoke(work: Work) -> Invoke {
    macro_rules! started {
        ($function:ident) => {{
            let mut service = Adapter::from(service_fn($function));
            Box::new(move |event: Bytes, context| exchange(&mut service, &event, context))
        }};
    }
    match work {
        Work::Small => started!(show),
        Work::Json => started!(create),
        Work::Bytes => started!(store),
    }
}

fn id(request: &Request) -> Result<u64, Error> {
    let parameters = request.path_parameters_ref();
    let id = parameters.and_then(|parameters| parameters.first("id"));
    Ok(id.ok_or("the event has no id")?.parse()?)
}

fn answer(value: &impl serde::Serialize) -> Result<Response<Body>, Error> {
    Ok(Response::builder()
        .header("content-type", "application/json")
        .body(Body::Text(serde_json::to_string(value)?))?)
}

async fn show(request: Request) -> Result<Response<Body>, Error> {
    answer(&order(id(&request)?))
}

async fn create(request: Request) -> Result<Response<Body>, Error> {
    let batch: Batch = serde_json::from_slice(request.body())?;
    answer(&Received::of(id(&request)?, &batch))
}

async fn store(request: Request) -> Result<Response<Body>, Error> {
    let bytes = request.body().len();
    answer(&Stored {
        id: id(&request)?,
        bytes,
    })
}
