//! The diagram.

use std::collections::BTreeMap;

use super::{Graph, Node};

impl Graph {
    /// A flowchart in the language of Mermaid: what invokes which function, and the role that it has.
    pub fn mermaid(&self) -> String {
        let mut diagram = Diagram::default();
        diagram.line("flowchart LR");
        let functions: Vec<&Node> = self
            .resources
            .iter()
            .filter(|node| node.kind == "function")
            .collect();
        for function in &functions {
            diagram.node("function", &function.name, ("[", "]"), &function.name);
        }
        for node in self.resources.iter().filter(|node| node.kind == "role") {
            diagram.node("role", &node.name, ("{{", "}}"), &node.name);
        }
        for node in &self.resources {
            for child in &node.children {
                let target = match child.properties.get("function") {
                    Some(function) => function.as_str().unwrap_or_default(),
                    None if node.kind == "function" => &node.name,
                    None => continue,
                };
                let label = match child.kind {
                    "websocket_route" => &child.name,
                    _ => &child.summary,
                };
                let source = diagram.node(child.kind, &child.name, ("([", "])"), label);
                diagram.edge(&source, &("function", target), "-->");
            }
        }
        for function in functions {
            let role = function.properties.get("role").and_then(|it| it.as_str());
            if let Some(role) = role {
                diagram.edge_between(("function", &function.name), ("role", role), "-.->");
            }
        }
        diagram.text
    }
}

/// A flowchart while it is written.
#[derive(Debug, Default)]
struct Diagram {
    text: String,
    /// The words that stand for nodes, since their names may have characters that Mermaid reads.
    ids: BTreeMap<(String, String), String>,
}

impl Diagram {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn node(&mut self, kind: &str, name: &str, shape: (&str, &str), label: &str) -> String {
        let number = self.ids.len();
        let key = (kind.to_owned(), name.to_owned());
        let id = self.ids.entry(key).or_insert_with(|| format!("n{number}"));
        let id = id.clone();
        let (open, close) = shape;
        self.line(&format!("    {id}{open}\"{}\"{close}", escaped(label)));
        id
    }

    fn edge(&mut self, source: &str, target: &(&str, &str), arrow: &str) {
        let target = (target.0.to_owned(), target.1.to_owned());
        if let Some(target) = self.ids.get(&target).cloned() {
            self.line(&format!("    {source} {arrow} {target}"));
        }
    }

    fn edge_between(&mut self, source: (&str, &str), target: (&str, &str), arrow: &str) {
        let source = (source.0.to_owned(), source.1.to_owned());
        if let Some(source) = self.ids.get(&source).cloned() {
            self.edge(&source, &target, arrow);
        }
    }
}

/// Mermaid, "Entity codes to escape characters".
fn escaped(label: &str) -> String {
    label
        .replace('#', "#35;")
        .replace('"', "#quot;")
        .replace('<', "#lt;")
        .replace('>', "#gt;")
}
