//! HTTP requests to the local gateway.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fastrand::Rng;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{KnownRoute, body, headers, one, path, rarely, text};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const TOKENS: &[&str] = &["allow", "all", "deny", "none", "raw", "other", "q", "x y"];

/// A request for some route, or for none.
pub(super) fn request(random: &mut Rng, routes: &[KnownRoute]) -> Value {
    // Those with an authorizer more often.
    let guarded =
        |route: &&KnownRoute| ["/authed/{x}", "/m", "/cog"].contains(&route.path.as_str());
    let guarded: Vec<&KnownRoute> = routes.iter().filter(guarded).collect();
    let route = match rarely(random, 4) {
        true => guarded[random.usize(..guarded.len())],
        false => &routes[random.usize(..routes.len())],
    };
    let method = if random.u8(..20) < 16 {
        route.methods[random.usize(..route.methods.len())].clone()
    } else {
        one(random, METHODS).to_owned()
    };
    let mut parameters = path::parameters(random, route);
    if let Some((_, value)) = parameters.last_mut()
        && rarely(random, 40)
    {
        value.clear();
    }
    let mut target = path::filled(route, &parameters);
    match random.u8(..40) {
        0 => target = format!("/nope{target}"),
        1 => target = format!("/{target}"),
        2..5 if target != "/" => target.push('/'),
        // Without one of them, the path is that of another resource.
        _ if target.ends_with('/') && target != "/" => target.push('/'),
        _ => {}
    }
    if random.bool() {
        target += &query(random);
    }
    let mut headers = headers::headers(random, false);
    if route.path == "/cog" && !rarely(random, 6) {
        headers.insert(headers::name(random, "authorization"), token(random).into());
    } else if random.u8(..10) < 7 {
        headers.insert(
            ["Authorization", "authorization"][random.usize(..2)].to_owned(),
            one(random, TOKENS).into(),
        );
    }
    let body = match method.as_str() {
        "GET" | "OPTIONS" | "DELETE" => None,
        _ => Some(body::text_body(random)),
    };
    json!({ "method": method, "path": target, "headers": headers, "body": body })
}

fn query(random: &mut Rng) -> String {
    let encode = |text: String| utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
    let parts: Vec<String> = (0..random.usize(..4))
        .map(|_| match random.u8(..8) {
            0 => "a".to_owned(),
            1 => "b=".to_owned(),
            2 => "a=x+y".to_owned(),
            3 => format!(
                "{}={}",
                ["a", "b"][random.usize(..2)],
                encode(text::text(random))
            ),
            _ => {
                let name: String = (0..random.usize(1..3))
                    .map(|_| random.lowercase())
                    .collect();
                format!("{name}={}", encode(text::text(random)))
            }
        })
        .collect();
    format!("?{}", parts.join("&"))
}

/// A token of a user pool, or what is none.
fn token(random: &mut Rng) -> String {
    if rarely(random, 6) {
        return one(random, &["x", "not a token", "{}"]).to_owned();
    }
    let mut claims = Map::from_iter([("sub".to_owned(), json!(text::text(random)))]);
    if random.bool() {
        claims.insert("cognito:username".to_owned(), json!(text::text(random)));
    }
    if random.bool() {
        claims.insert("exp".to_owned(), json!(random.u32(..)));
    }
    let payload = URL_SAFE_NO_PAD.encode(json!(claims).to_string());
    format!("e30.{payload}.c2ln")
}
