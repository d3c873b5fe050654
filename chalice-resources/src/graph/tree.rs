//! The tree for people.

use std::fmt;

use super::{Graph, Node};

impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, stage {}", self.app, self.stage)?;
        write_all(&self.resources, "", f)
    }
}

fn write_all(nodes: &[Node], indent: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, node) in nodes.iter().enumerate() {
        let (branch, below) = match index + 1 == nodes.len() {
            true => ("└── ", "    "),
            false => ("├── ", "│   "),
        };
        writeln!(
            f,
            "{indent}{branch}{} {}: {}",
            node.kind, node.name, node.summary
        )?;
        write_all(&node.children, &format!("{indent}{below}"), f)?;
    }
    Ok(())
}
