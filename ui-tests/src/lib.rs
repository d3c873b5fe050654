//! Programs with mistakes and programs without: `README.md` says how they are
//! organised. Everything is in `tests/`.
