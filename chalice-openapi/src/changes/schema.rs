//! Schemas: whether what one side sends is still what the other side takes.

use std::{collections::BTreeSet, rc::Rc};

use serde_json::{Map, Value};

use super::{
    Impact, Place, Report,
    extent::{Extent, extent_of, format_extent, is_type_within},
    members, shape,
};

/// Who sends what the schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    /// The client.
    Request,
    /// The API.
    Response,
}

/// Pairs of schemas that have been compared: of those that are referred to, their places.
pub(super) type Compared = BTreeSet<(String, String, Direction)>;

/// How deep schemas are looked into that are not told apart by references.
const MAX_DEPTH: usize = 64;

/// How many attempts at alternatives may be within each other.
const MAX_ATTEMPTS: usize = 2;

/// How many schemas the attempts at the alternatives of one schema compare, all together: dozens of
/// alternatives within dozens of others would take hours. What is not compared is taken for a change.
const MAX_COMPARISONS: usize = 5_000;

/// Bounds of values: the member's name, and whether a greater number lets less through.
const BOUNDS: [(&str, bool); 10] = [
    ("minimum", true),
    ("exclusiveMinimum", true),
    ("minLength", true),
    ("minItems", true),
    ("minProperties", true),
    ("maximum", false),
    ("exclusiveMaximum", false),
    ("maxLength", false),
    ("maxItems", false),
    ("maxProperties", false),
];

impl Report<'_> {
    /// Compares the schemas of a value that travels in that direction.
    pub(super) fn schemas(
        &mut self,
        place: &Place,
        old: &Value,
        new: &Value,
        direction: Direction,
    ) {
        self.schemas_within(place, old, new, direction, 0);
    }

    fn schemas_within(
        &mut self,
        place: &Place,
        old: &Value,
        new: &Value,
        direction: Direction,
        depth: usize,
    ) {
        let documents = self.documents;
        if depth > MAX_DEPTH {
            return;
        }
        if self.attempt > 0 && !self.take_one() {
            self.breaking(place, "not compared");
            return;
        }
        let (_, old_place) = shape::resolve(documents.old, old);
        let (_, new_place) = shape::resolve(documents.new, new);
        // What a schema has that is referred to is told there, and once.
        let key = |schema: &Value, place: Option<&str>| match place {
            Some(place) => place.to_owned(),
            None => schema.to_string(),
        };
        // References within `allOf` lead in circles, too.
        let is_combined = |schema: &Value| schema.get("allOf").is_some();
        if old_place.is_some() || new_place.is_some() || is_combined(old) || is_combined(new) {
            let pair = (key(old, old_place), key(new, new_place), direction);
            if !self.compared.insert(pair) {
                return;
            }
        }
        let place = match (old_place, new_place) {
            (Some(_), Some(new)) => &Place(new.to_owned()),
            _ => place,
        };
        let alternatives = (branches(documents.old, old), branches(documents.new, new));
        if alternatives.0.len() > 1 || alternatives.1.len() > 1 {
            self.alternatives(
                &place.at("anyOf"),
                &alternatives.0,
                &alternatives.1,
                direction,
                depth,
            );
            return;
        }
        let old = shape::flattened(documents.old, old);
        let new = shape::flattened(documents.new, new);
        if !self.types(place, &old, &new, direction) {
            // Values of other types have nothing that could be compared.
            return;
        }
        self.values(place, &old, &new, direction);
        self.bounds(place, &old, &new, direction);
        self.properties(place, &old, &new, direction, depth);
        self.parts(place, &old, &new, direction, depth);
    }

    fn extent(&mut self, place: &Place, extent: Extent, direction: Direction, what: &str) {
        let (impact, effect) = match (direction, extent) {
            (Direction::Request, Extent::Wider) => (Impact::Compatible, "more is taken"),
            (Direction::Request, Extent::Narrower) => {
                (Impact::Breaking, "some of what was taken is refused")
            }
            (Direction::Request, Extent::Other) => {
                (Impact::Breaking, "what was taken may be refused")
            }
            (Direction::Response, Extent::Narrower) => (Impact::Compatible, "less of it comes"),
            (Direction::Response, Extent::Wider | Extent::Other) => {
                (Impact::Breaking, "clients get what they do not know")
            }
        };
        let sent = match direction {
            Direction::Request => "in requests",
            Direction::Response => "in responses",
        };
        self.add(impact, place, format!("{sent}, {what}: {effect}"));
    }

    /// Whether there are values of both schemas' types.
    fn types(
        &mut self,
        place: &Place,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        direction: Direction,
    ) -> bool {
        let (old_types, new_types) = (types(old), types(new));
        if old_types != new_types {
            let shown = |types: &Option<BTreeSet<String>>| match types {
                None => "anything".to_owned(),
                Some(types) => types.iter().cloned().collect::<Vec<String>>().join(" or "),
            };
            let what = format!("{} is {} now", shown(&old_types), shown(&new_types));
            let extent = extent_of(old_types.as_ref(), new_types.as_ref(), is_type_within);
            self.extent(&place.at("type"), extent, direction, &what);
            return extent != Extent::Other;
        }
        let format = |schema: &Map<String, Value>| {
            let format = schema.get("format").and_then(Value::as_str);
            format.map(str::to_owned)
        };
        let (old_format, new_format) = (format(old), format(new));
        if old_format != new_format {
            let shown = |format: &Option<String>| format.clone().unwrap_or("no format".to_owned());
            let what = format!("{} is {} now", shown(&old_format), shown(&new_format));
            let extent = format_extent(old_format.as_deref(), new_format.as_deref());
            self.extent(&place.at("format"), extent, direction, &what);
        }
        true
    }

    fn values(
        &mut self,
        place: &Place,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        direction: Direction,
    ) {
        let (old, new) = (values(old), values(new));
        if old == new {
            return;
        }
        let shown = |values: &Option<BTreeSet<String>>| match values {
            None => "any value".to_owned(),
            Some(values) => values.iter().cloned().collect::<Vec<String>>().join(", "),
        };
        let what = match (&old, &new) {
            (Some(old), Some(new)) => {
                let only = |some: &BTreeSet<String>, other: &BTreeSet<String>| {
                    some.difference(other).cloned().collect::<Vec<String>>()
                };
                let (gone, added) = (only(old, new), only(new, old));
                let gone = (!gone.is_empty()).then(|| format!("{} no longer", gone.join(", ")));
                let added = (!added.is_empty()).then(|| format!("{} now", added.join(", ")));
                let parts: Vec<String> = added.into_iter().chain(gone).collect();
                format!("the value may be {}", parts.join(", and "))
            }
            _ => format!("{} may be {} now", shown(&old), shown(&new)),
        };
        let extent = extent_of(old.as_ref(), new.as_ref(), |value, values| {
            values.contains(value)
        });
        self.extent(&place.at("enum"), extent, direction, &what);
    }

    fn bounds(
        &mut self,
        place: &Place,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        direction: Direction,
    ) {
        for (name, greater_is_narrower) in BOUNDS {
            let number = |schema: &Map<String, Value>| schema.get(name).and_then(Value::as_f64);
            let is_greater = match (number(old), number(new)) {
                (None, None) => continue,
                (Some(old), Some(new)) if old == new => continue,
                (Some(old), Some(new)) => new > old,
                // A bound where there was none lets less through.
                (None, Some(_)) => greater_is_narrower,
                (Some(_), None) => !greater_is_narrower,
            };
            let extent = match is_greater == greater_is_narrower {
                true => Extent::Narrower,
                false => Extent::Wider,
            };
            self.extent(&place.at(name), extent, direction, &differ(name, old, new));
        }
        for name in ["pattern", "multipleOf", "uniqueItems", "not"] {
            let extent = match (old.get(name), new.get(name)) {
                (old, new) if old == new => continue,
                (None, Some(_)) => Extent::Narrower,
                (Some(_), None) => Extent::Wider,
                _ => Extent::Other,
            };
            self.extent(&place.at(name), extent, direction, &differ(name, old, new));
        }
    }

    fn properties(
        &mut self,
        place: &Place,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        direction: Direction,
        depth: usize,
    ) {
        let root = place.at("properties");
        let (old_required, new_required) = (required(old), required(new));
        let is_closed = |schema: &Map<String, Value>| {
            schema.get("additionalProperties") == Some(&Value::Bool(false))
        };
        let of = |schema: &Map<String, Value>, name: &str| {
            schema
                .get("properties")
                .and_then(|it| it.get(name))
                .cloned()
        };
        for (name, old_property) in members(old.get("properties")) {
            let place = root.at(name);
            if let Some(new_property) = of(new, name) {
                self.schemas_within(&place, old_property, &new_property, direction, depth + 1);
                continue;
            }
            match direction {
                Direction::Request if is_closed(new) => self.breaking(
                    &place,
                    "in requests, the property is gone: requests that have it are refused",
                ),
                Direction::Request => self.compatible(
                    &place,
                    "in requests, the property is gone: it is passed over",
                ),
                Direction::Response => {
                    self.breaking(&place, "in responses, the property does not come any more")
                }
            }
        }
        for (name, _) in members(new.get("properties")) {
            if of(old, name).is_some()
                || (direction, new_required.contains(name)) == (Direction::Request, true)
            {
                continue;
            }
            let sent = match direction {
                Direction::Request => "in requests, a new property, which may be left out",
                Direction::Response => "in responses, a new property",
            };
            self.compatible(&root.at(name), sent);
        }
        for name in new_required.difference(&old_required) {
            match direction {
                Direction::Request => self.breaking(
                    &root.at(name),
                    "in requests, the property is required now: requests without it are refused",
                ),
                Direction::Response if of(old, name).is_some() => self.compatible(
                    &root.at(name),
                    "in responses, the property always comes now",
                ),
                Direction::Response => {}
            }
        }
        for name in old_required.difference(&new_required) {
            if of(new, name).is_none() {
                continue;
            }
            match direction {
                Direction::Request => self.compatible(
                    &root.at(name),
                    "in requests, the property may be left out now",
                ),
                Direction::Response => self.breaking(
                    &root.at(name),
                    "in responses, the property does not always come any more",
                ),
            }
        }
        let additional = place.at("additionalProperties");
        match (is_closed(old), is_closed(new), direction) {
            (false, true, Direction::Request) => self.breaking(
                &additional,
                "in requests, properties that are not listed are refused now",
            ),
            (true, false, Direction::Request) => self.compatible(
                &additional,
                "in requests, properties that are not listed are passed over now",
            ),
            _ => {}
        }
        let schema = |schema: &Map<String, Value>| {
            let schema = schema.get("additionalProperties");
            schema.cloned().unwrap_or(Value::Bool(true))
        };
        let (old, new) = (schema(old), schema(new));
        if old.is_object() || new.is_object() {
            self.schemas_within(&additional, &old, &new, direction, depth + 1);
        }
    }

    fn parts(
        &mut self,
        place: &Place,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        direction: Direction,
        depth: usize,
    ) {
        let any = Value::Bool(true);
        let items = |schema: &Map<String, Value>| schema.get("items").cloned();
        if let (old, new) = (items(old), items(new))
            && (old.is_some() || new.is_some())
        {
            let place = place.at("items");
            let (old, new) = (old.unwrap_or(any.clone()), new.unwrap_or(any.clone()));
            self.schemas_within(&place, &old, &new, direction, depth + 1);
        }
        let prefix = |schema: &Map<String, Value>| {
            let items = schema.get("prefixItems").and_then(Value::as_array);
            items.cloned().unwrap_or_default()
        };
        for (number, (old, new)) in prefix(old).iter().zip(&prefix(new)).enumerate() {
            let place = place.at("prefixItems").at(&number.to_string());
            self.schemas_within(&place, old, new, direction, depth + 1);
        }
    }

    /// Compares alternatives, of which each one that may be sent has to be one that is taken.
    fn alternatives(
        &mut self,
        place: &Place,
        old_branches: &[Value],
        new_branches: &[Value],
        direction: Direction,
        depth: usize,
    ) {
        if self.attempt == 0 {
            self.left.set(MAX_COMPARISONS);
        }
        // Those that are the same, or have the same name, belong together.
        let (mut old_rest, mut new_rest) = (Vec::new(), new_branches.to_vec());
        for old in old_branches {
            match new_rest.iter().position(|new| new == old) {
                Some(position) => {
                    let new = new_rest.remove(position);
                    self.schemas_within(place, old, &new, direction, depth + 1);
                }
                None => old_rest.push(old.clone()),
            }
        }
        let gone: Vec<Value> = old_rest
            .into_iter()
            .filter(|old| {
                let mut branches = new_branches.iter();
                !branches.any(|new| self.fits(old, new, Direction::Request))
            })
            .collect();
        let added: Vec<Value> = new_rest
            .into_iter()
            .filter(|new| {
                let mut branches = old_branches.iter();
                !branches.any(|old| self.fits(old, new, Direction::Response))
            })
            .collect();
        // One that has changed is told by what has changed in it.
        if let ([gone], [added]) = (&gone[..], &added[..]) {
            self.schemas_within(place, gone, added, direction, depth + 1);
            return;
        }
        for gone in &gone {
            let what = format!("the alternative {} is gone", shown(gone));
            self.extent(place, Extent::Narrower, direction, &what);
        }
        for added in &added {
            let what = format!("the alternative {} is new", shown(added));
            self.extent(place, Extent::Wider, direction, &what);
        }
    }

    /// Takes one of the comparisons that are left.
    fn take_one(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether nothing breaks if one schema takes the place of the other.
    fn fits(&self, old: &Value, new: &Value, direction: Direction) -> bool {
        // Each attempt may lead to others, whose number must not multiply.
        if self.attempt >= MAX_ATTEMPTS || self.left.get() == 0 {
            return old == new;
        }
        let mut attempt = Report::new(self.documents);
        attempt.compared.clone_from(&self.compared);
        attempt.attempt = self.attempt + 1;
        attempt.left = Rc::clone(&self.left);
        attempt.schemas(&Place::new(""), old, new, direction);
        let mut changes = attempt.changes.iter();
        changes.all(|change| change.impact == Impact::Compatible)
    }
}

fn differ(name: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> String {
    match (old.get(name), new.get(name)) {
        (Some(old), Some(new)) => format!("`{name}` is {new} now and was {old}"),
        (None, Some(new)) => format!("`{name}` is {new} now"),
        (Some(old), None) => format!("`{name}` is not {old} any more"),
        (None, None) => format!("`{name}`"),
    }
}

/// A schema in a message: what it refers to, or itself.
fn shown(schema: &Value) -> String {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => format!("`{}`", reference.rsplit('/').next().unwrap_or(reference)),
        None => format!("`{schema}`"),
    }
}

/// The alternatives of a schema, or of what it refers to; a schema without is its own only one.
fn branches(document: &Value, schema: &Value) -> Vec<Value> {
    let (target, _) = shape::resolve(document, schema);
    let alternatives = target.get("anyOf").or_else(|| target.get("oneOf"));
    match alternatives {
        Some(Value::Array(alternatives)) => alternatives.clone(),
        _ => vec![schema.clone()],
    }
}

fn types(schema: &Map<String, Value>) -> Option<BTreeSet<String>> {
    match schema.get("type")? {
        Value::String(only) => Some(BTreeSet::from([only.clone()])),
        Value::Array(several) => Some(
            several
                .iter()
                .filter_map(|it| Some(it.as_str()?.to_owned()))
                .collect(),
        ),
        _ => None,
    }
}

/// The values of `enum` or `const`, as JSON.
fn values(schema: &Map<String, Value>) -> Option<BTreeSet<String>> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(only), _) => Some(BTreeSet::from([only.to_string()])),
        (None, Some(Value::Array(values))) => Some(values.iter().map(Value::to_string).collect()),
        _ => None,
    }
}

fn required(schema: &Map<String, Value>) -> BTreeSet<String> {
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}
