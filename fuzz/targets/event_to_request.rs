//! See [`chalice_fuzz::event_to_request`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| chalice_fuzz::event_to_request::check(input));
