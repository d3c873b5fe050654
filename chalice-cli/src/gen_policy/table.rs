//! Tables for people.

/// A table with aligned columns; a column without any entry is left out, and so is a table without rows.
pub(super) fn table<const COLUMNS: usize>(
    headings: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let used: Vec<usize> = (0..COLUMNS)
        .filter(|&column| rows.iter().any(|row| !row[column].is_empty()))
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([headings[column].len()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = used.iter().map(|&column| width(column)).collect();
    let line = |cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = used
            .iter()
            .zip(&widths)
            .map(|(&column, &width)| format!("{:width$}", cell(column)))
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    let head = line(&|column| headings[column].to_owned());
    let body = rows.iter().map(|row| line(&|column| row[column].clone()));
    std::iter::once(head).chain(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [["ä", "", "x"], ["bcd", "", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(
            table(["A", "EMPTY", "LAST"], &rows),
            "A    LAST\nä    x\nbcd\n"
        );
        assert_eq!(table(["A"], &[]), "");
    }
}
