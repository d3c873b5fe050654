//! Our apps of 1, 130 and 1,000 paths, one of which is `/orders/{id}`.

pub mod orders;
mod service;

pub use service::invoke;

/// The app whose only path is `/orders/{id}`.
pub mod routes_1 {
    include!(concat!(env!("OUT_DIR"), "/routes_1.rs"));
}

/// The app of 130 paths.
pub mod routes_130 {
    include!(concat!(env!("OUT_DIR"), "/routes_130.rs"));
}

/// The app of 1,000 paths.
pub mod routes_1000 {
    include!(concat!(env!("OUT_DIR"), "/routes_1000.rs"));
}
