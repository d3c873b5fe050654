//! More arguments than a handler can have.

use chalice::prelude::*;

#[route("/")]
#[expect(unused_variables, reason = "the fixture is about how many there are")]
fn index(
    request: &Request,
    a: State<u8>,
    b: State<u8>,
    c: State<u8>,
    d: State<u8>,
    e: State<u8>,
    f: State<u8>,
    g: State<u8>,
    h: State<u8>,
    i: State<u8>,
    j: State<u8>,
    k: State<u8>,
    l: State<u8>,
    m: State<u8>,
    n: State<u8>,
    o: State<u8>,
    p: State<u8>,
) {
}

fn main() {}
