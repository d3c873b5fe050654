//! Sets of routes, requests to look up in them, and the routers that look them up.
//!
//! Every router gets the same routes and gives the number of the route that answers a path, with
//! what its placeholders match.

mod apps;
mod case;
mod peer;
mod template;

pub use apps::{Few, Github, Many, Ours, OursCase};
pub use case::Case;
pub use peer::{Actix, Matchit, PathTree, Peer, Wayfind};
pub use template::{ByBoth, ByTemplate, MatchitTable, Table, TableCase};
