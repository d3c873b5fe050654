//! A lock held across an await, in a blueprint that nothing mounts.

use chalice::prelude::*;

use std::sync::Mutex;

static COUNT: Mutex<u32> = Mutex::new(0);

#[route("/")]
async fn index() -> Result<String> {
    let count = COUNT.lock().unwrap();
    std::future::ready(()).await;
    Ok(count.to_string())
}

#[blueprint]
pub static BLUEPRINT: Blueprint = Blueprint { handlers: [index] };

fn main() {}
