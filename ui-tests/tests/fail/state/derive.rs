//! What `AppState` cannot be derived for.

use chalice::prelude::*;

#[derive(AppState)]
enum Mode {
    Fast,
}

#[derive(AppState)]
union Bits {
    integer: u32,
    float: f32,
}

#[derive(AppState)]
struct Twice {
    first: String,
    second: String,
}

#[derive(AppState)]
struct Misspelt {
    #[state(skipp)]
    first: String,
    #[state(skip = true)]
    number: u32,
    #[state]
    flag: bool,
}

fn main() {}
