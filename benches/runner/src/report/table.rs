//! The table on the terminal.

use super::{Section, number, verdict};

const HEADER: [&str; 8] = [
    "figure", "against", "ours", "peer", "unit", "ratio", "goal", "",
];

/// All figures in one aligned table; numbers stand at the right of their columns.
pub(crate) fn table(sections: &[Section]) -> String {
    let mut rows: Vec<Vec<String>> = vec![HEADER.map(str::to_owned).to_vec()];
    let mut headings = Vec::new();
    for section in sections {
        let mut heading = format!("{}: {}", section.part, section.about);
        if let Some(failure) = &section.failure {
            let problem = failure.lines().next().unwrap_or_default();
            heading += &format!("\n  not measured: {problem}");
        }
        headings.push((rows.len(), heading));
        for figure in &section.figures {
            let note = match figure.ours.overlaps(&figure.peer) {
                true if figure.ours.count > 1 => " (overlap: no difference)",
                _ => "",
            };
            rows.push(vec![
                format!("  {}", figure.name),
                figure.against.clone(),
                number(figure.ours.median),
                number(figure.peer.median),
                figure.unit.to_owned(),
                format!("{:.3}", figure.ratio()),
                figure.goal.to_string(),
                format!("{}{note}", verdict(figure)),
            ]);
        }
    }
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (_, heading) in headings.iter().filter(|(at, _)| *at == index) {
            text += &format!("\n{heading}\n");
        }
        let cells = row.iter().zip(&widths).enumerate();
        let line: Vec<String> = cells
            .map(|(column, (cell, width))| match column {
                2 | 3 | 5 => format!("{cell:>width$}"),
                _ => format!("{cell:<width$}"),
            })
            .collect();
        text += line.join("  ").trim_end();
        text.push('\n');
    }
    // Of a part at the end that has no figures.
    for (_, heading) in headings.iter().filter(|(at, _)| *at == rows.len()) {
        text += &format!("\n{heading}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::figure::{Figure, Goal, Sample};

    use super::*;

    #[test]
    fn columns_are_aligned_and_overlaps_said() {
        let figure = |name: &str, ours: Sample, peer: Sample| Figure {
            name: name.to_owned(),
            against: "peer".to_owned(),
            ours,
            peer,
            goal: Goal::Below(0.75),
            unit: "instructions",
            measured: "callgrind",
        };
        let noisy = |median: f64| Sample {
            median,
            low: median - 2.0,
            high: median + 2.0,
            count: 9,
        };
        let section = Section {
            part: "lookup",
            about: "a path to its route",
            figures: vec![
                figure(
                    "hits, 10 routes",
                    Sample::exact(120.0),
                    Sample::exact(1270.0),
                ),
                figure("hits", noisy(10.0), noisy(11.0)),
            ],
            failure: None,
        };
        let failed = Section {
            part: "cold-start",
            about: "a start",
            figures: Vec::new(),
            failure: Some("no Valgrind\nat all".to_owned()),
        };
        assert_eq!(
            table(&[section, failed]),
            "\
figure             against  ours   peer  unit          ratio  goal

lookup: a path to its route
  hits, 10 routes  peer      120  1,270  instructions  0.094  < 0.75  met
  hits             peer     10.0   11.0  instructions  0.909  < 0.75  missed (overlap: no difference)

cold-start: a start
  not measured: no Valgrind
"
        );
    }
}
