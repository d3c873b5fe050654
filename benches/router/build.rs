//! Writes the apps whose tables are searched: the definitions that `#[route]` makes of each route,
//! and the tables that `#[app]` makes of them.

use std::{
    env,
    error::Error,
    fmt::{self, Write},
    fs,
    path::PathBuf,
};

use chalice_core::{
    bytes::{SEED, hash},
    definition::SegmentDef,
    path::PathPattern,
};
use generated_apps::{Route, Set};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    let sets = [
        ("few.rs", Set::few()),
        ("github.rs", Set::github()),
        ("many.rs", Set::many()),
    ];
    for (file, set) in sets {
        fs::write(out.join(file), tables(&set.routes)?)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}

fn tables(routes: &[Route]) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let mut handlers = String::new();
    for (at, route) in routes.iter().enumerate() {
        let path = route.template();
        let segments: Vec<[u64; 2]> = PathPattern::parse(&path)
            .map(|pattern| pattern.definitions())
            .unwrap_or_default()
            .into_iter()
            .map(SegmentDef::parts)
            .collect();
        writeln!(
            text,
            "static R{at}: HandlerDef = route({path:?}, {}, &{segments:?}, {:?});",
            hash(SEED, path.as_bytes()),
            route.method
        )?;
        writeln!(handlers, "    handler(&R{at}, {path:?}),")?;
    }
    write!(
        text,
        "
const HANDLERS: &[FlatHandler] = &[
{handlers}];
const COUNT: usize = HANDLERS.len();
const MAX_NODES: usize = max_nodes(HANDLERS);
const BUILT: &Build<MAX_NODES, {{ edge_slots(MAX_NODES) }}, COUNT> =
    &build(HANDLERS, &None, &mut Conflicts::<{{ COUNT * PER_HANDLER }}>::new());
pub(super) static TABLES: Tables<
    {{ BUILT.node_count }},
    {{ power_of_two(BUILT.edge_count * 2) }},
    {{ BUILT.leaf_count }},
    {{ power_of_two(BUILT.leaf_count * 2) }},
    {{ BUILT.slot_count }},
    {{ BUILT.pool_bytes }},
> = pack(HANDLERS, BUILT);
"
    )?;
    Ok(text)
}
