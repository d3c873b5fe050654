//! The services that answer, behind one type.

use chalice::__private::api_service;
use invocation::{Exchanged, exchange, ready};

use crate::{routes_1, routes_130, routes_1000};

/// An app that has started.
pub type Invoke = Box<dyn FnMut(&[u8], lambda_runtime::Context) -> Exchanged>;

/// The app of that many paths, started.
pub fn invoke(routes: usize) -> Option<Invoke> {
    macro_rules! started {
        ($module:ident) => {{
            let mut service = ready(api_service(&$module::APP))?.ok()?;
            Some(Box::new(move |event, context| {
                exchange(&mut service, event, context)
            }))
        }};
    }
    match routes {
        1 => started!(routes_1),
        130 => started!(routes_130),
        1_000 => started!(routes_1000),
        _ => None,
    }
}
