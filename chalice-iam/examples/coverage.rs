//! Of how many operations it is known what they take, and which are unknown:
//! `cargo run -p chalice-iam --example coverage`.

use std::io::{self, Write};

use chalice_iam::Catalog;

fn main() -> io::Result<()> {
    write!(io::stdout(), "{}", Catalog::get().coverage())
}
