//! The services that answer, behind one type.

use chalice::__private::{api_service, hand_over};
use invocation::{Invoke, exchange, ready};

use crate::{routes_1, routes_130, routes_1000};

/// The app of that many paths, started.
pub fn invoke(routes: usize) -> Option<Invoke> {
    macro_rules! started {
        ($module:ident) => {{
            let mut service = ready(api_service(&$module::APP))?.ok()?;
            Some(Box::new(move |event, context| {
                // As the layer does that `chalice::run` puts around the service.
                exchange(&mut service, &hand_over(event), context)
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
